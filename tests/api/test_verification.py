"""Whether a hash is, was or never was public; nothing is told of what is not public yet."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from cms.publication.models import Publication, PublicSettings
from cms.snapshot.snapshot import latest_snapshot
from tests.api.ask import ask, ask_for_result
from tests.office import Office, document, image
from tests.publication.withdrawing import REASON, latest, withdraw
from tests.website.reading import block, published, urgent

QUERY = """query ($hash: String!) { verification(hash: $hash) {
  hash state isFile isDerived periods { title locale contentHash fileName path isPublic publicFrom
    publicUntil supersededBy withdrawnAt withdrawalReason
    signOff { role position name signedAt } } } }"""
UNKNOWN = "0" * 64


def verification(hash_: str) -> dict:
    return ask(QUERY, hash=hash_)["verification"]


def never(hash_: str) -> dict:
    return {
        "hash": hash_,
        "state": "NEVER_PUBLIC",
        "isFile": False,
        "isDerived": False,
        "periods": [],
    }


def tomorrow() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=1)


def test_public_content_is_public(open_office: Office):
    page = published(open_office, title="ข่าววันนี้", slug="today")

    found = verification(latest(page).content_hash)
    (period,) = found["periods"]
    assert (found["state"], found["isFile"], period["isPublic"]) == ("PUBLIC", False, True)
    assert (period["title"], period["locale"], period["path"]) == (
        "ข่าววันนี้",
        "TH",
        "/th/news/today/",
    )
    assert period["publicUntil"] is period["withdrawnAt"] is period["supersededBy"] is None


def test_signers_are_told_by_role_and_position_without_names(open_office: Office):
    page = published(open_office, **urgent())

    steps = verification(latest(page).content_hash)["periods"][0]["signOff"]
    assert [step["role"] for step in steps] == ["REPORTER", "APPROVER", "EXECUTIVE", "PUBLISHER"]
    assert steps[0]["position"] == open_office.reporter.user.position
    assert {step["name"] for step in steps} == {None}


def test_names_are_told_where_the_office_shows_them(open_office: Office):
    page = published(open_office)
    site = Site.objects.get(is_default_site=True)
    PublicSettings.objects.update_or_create(site=site, defaults={"show_signer_names": True})

    steps = verification(latest(page).content_hash)["periods"][0]["signOff"]
    assert steps[0]["name"] == open_office.reporter.user.get_full_name()


def test_superseded_content_names_its_follower(open_office: Office):
    page = published(open_office, title="เดิม")
    old = latest(page)
    page = open_office.show(open_office.edit(page, title="ใหม่"))
    old.refresh_from_db()

    found = verification(old.content_hash)
    (period,) = found["periods"]
    assert (found["state"], period["isPublic"]) == ("FORMERLY_PUBLIC", False)
    assert period["supersededBy"] == latest(page).content_hash
    assert period["publicUntil"] is not None
    assert period["path"] is not None  # where the item stands now


def test_withdrawn_content_tells_when_and_why(open_office: Office):
    page = published(open_office, title="ถอนแล้ว")
    content_hash = latest(page).content_hash
    withdraw(open_office, page)

    found = verification(content_hash)
    (period,) = found["periods"]
    assert (found["state"], period["withdrawalReason"]) == ("WITHDRAWN", REASON)
    assert period["withdrawnAt"] == period["publicUntil"]
    assert period["path"] is None


def test_earlier_version_of_a_withdrawn_item_does_not_tell_its_own_title(open_office: Office):
    page = published(open_office, title="ชื่อที่มีข้อมูลส่วนบุคคล")
    content_hash = latest(page).content_hash
    page = open_office.show(open_office.edit(page, title="ชื่อกลาง"))
    withdraw(open_office, page)

    assert verification(content_hash)["periods"][0]["title"] == "ชื่อกลาง"


def test_same_content_published_again_has_two_periods(open_office: Office):
    page = published(open_office, title="หนึ่ง")
    content_hash = latest(page).content_hash
    page = open_office.show(open_office.edit(page, title="สอง"))
    page = open_office.show(open_office.edit(page, title="หนึ่ง"))

    found = verification(content_hash)
    assert [period["isPublic"] for period in found["periods"]] == [True, False]
    assert found["state"] == "PUBLIC"


def test_republished_after_withdrawal_is_public(open_office: Office):
    page = published(open_office)
    content_hash = latest(page).content_hash
    withdraw(open_office, page)
    open_office.show(open_office.fresh(page))

    found = verification(content_hash)
    assert found["state"] == "PUBLIC"
    assert [bool(period["withdrawnAt"]) for period in found["periods"]] == [False, True]


@pytest.mark.parametrize(
    "stage", ["draft", "signed by one", "scheduled", "replaced before it began"]
)
def test_what_is_not_public_yet_looks_like_what_never_was(open_office: Office, stage: str):
    page = open_office.draft(go_live_at=tomorrow() if "draft" not in stage else None)
    content_hash = latest_snapshot(page).content_hash
    if stage == "signed by one":
        open_office.reporter.submit(page)
        open_office.reporter.sign(page)
    if stage in ("scheduled", "replaced before it began"):
        page = open_office.show(page)
    if stage == "replaced before it began":
        open_office.show(open_office.edit(page, title="อื่น", go_live_at=None))

    with CaptureQueriesContext(connection) as unknown:
        assert verification(UNKNOWN) == never(UNKNOWN)
    with CaptureQueriesContext(connection) as known:
        assert verification(content_hash) == never(content_hash)
    assert len(known) == len(unknown)


def test_scheduled_follower_is_not_told(open_office: Office):
    page = published(open_office, title="ปัจจุบัน")
    content_hash = latest(page).content_hash
    page = open_office.show(open_office.edit(page, title="พรุ่งนี้", go_live_at=tomorrow()))

    (period,) = verification(content_hash)["periods"]
    assert (period["isPublic"], period["supersededBy"]) == (True, None)


def test_note_of_a_withdrawal_is_no_content(open_office: Office):
    note = withdraw(open_office, published(open_office))

    assert verification(note.content_hash)["state"] == "NEVER_PUBLIC"


def test_file_of_a_public_page_is_found_by_its_hash(open_office: Office):
    attached = json.dumps([block("document", document(b"plan", "แผน.txt").pk)])
    page = open_office.show(open_office.edit(open_office.draft(), attachments=attached))
    ((sha256, described),) = latest(page).data["files"].items()

    found = verification(sha256)
    (period,) = found["periods"]
    assert (found["state"], found["isFile"]) == ("PUBLIC", True)
    assert period["fileName"] == described["filename"]
    assert period["contentHash"] == latest(page).content_hash


def test_file_of_a_withdrawn_page_has_no_name(open_office: Office):
    attached = json.dumps([block("document", document(b"list", "รายชื่อ.txt").pk)])
    page = open_office.show(open_office.edit(open_office.draft(), attachments=attached))
    sha256 = next(iter(latest(page).data["files"]))
    withdraw(open_office, page)

    found = verification(sha256)
    assert (found["state"], found["periods"][0]["fileName"]) == ("WITHDRAWN", None)


def test_file_of_a_draft_was_never_public(open_office: Office):
    attached = json.dumps([block("document", document(b"secret", "ลับ.txt").pk)])
    page = open_office.edit(open_office.draft(), attachments=attached)
    sha256 = next(iter(latest_snapshot(page).data["files"]))

    assert verification(sha256) == never(sha256)


def test_scaled_picture_is_told_to_be_derived(open_office: Office):
    page = published(open_office, lead_image=image(), lead_image_alt="ภาพ")
    original = latest(page).files.get()
    rendition = original.renditions.first()

    found = verification(rendition.sha256)
    assert (found["isFile"], found["isDerived"], found["state"]) == (True, True, "PUBLIC")
    assert verification(original.sha256)["isDerived"] is False


@pytest.mark.parametrize(
    "spelling",
    [
        str.upper,
        lambda text: f"  {text[:32]} \n{text[32:]}",
        lambda text: f"sha256:{text}",
        lambda text: text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
    ],
)
def test_spelling_does_not_matter(open_office: Office, spelling):
    content_hash = latest(published(open_office)).content_hash

    assert verification(spelling(content_hash))["hash"] == content_hash


@pytest.mark.parametrize("typed", ["", "abc", "g" * 64, "a" * 63, "a" * 65, "%" * 64])
def test_what_is_no_hash_is_refused(db, typed: str):
    assert ask_for_result(QUERY, hash=typed).errors


def test_queries_do_not_grow_with_the_periods(open_office: Office):
    attached = json.dumps([block("document", document(b"same", "เหมือน.txt").pk)])
    page = open_office.show(open_office.edit(open_office.draft(), attachments=attached))
    sha256 = next(iter(latest(page).data["files"]))
    with CaptureQueriesContext(connection) as one:
        verification(sha256)
    for number in range(3):
        page = open_office.show(open_office.edit(page, title=f"ฉบับ {number}"))
    with CaptureQueriesContext(connection) as four:
        assert len(verification(sha256)["periods"]) == 4

    assert len(four) == len(one)
    assert Publication.objects.filter(files__sha256=sha256).count() == 4
