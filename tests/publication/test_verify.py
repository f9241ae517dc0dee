"""`verify_publications` holds on what the office did and finds whatever else was done."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cms.publication.models import Address, PinnedFile, Publication, facets
from cms.signoff.models import Signature
from tests.office import Office, document, image
from tests.publication.tampering import overwrite, remove, undone
from tests.publication.withdrawing import latest, withdraw

ASSESSMENT = {"benefits": "ประโยชน์", "harms": "ผลกระทบ", "after_effects": "ผลหลังเผยแพร่"}
HOUR = datetime.timedelta(hours=1)
NOBODY = "00000000-0000-0000-0000-000000000001"
OTHER_FACETS = {
    "title": "อื่น",
    "posted_on": datetime.date(2026, 8, 17),
    "type": "SectionPage",
    "category": "procurement",
    "parent": None,
    "department": NOBODY,
    "disclosure_item": NOBODY,
    "is_urgent": True,
    "in_menu": True,
    "sort_order": 9,
    "locale": "en",
    "subject": NOBODY,
}
OTHER_WORDS = {
    "full_name": "คนอื่น",
    "position": "ตำแหน่งอื่น",
    "role": "publisher",
    "decision": "reject",
    "title": "อื่น",
    "comment": "อื่น",
    "checklist": '["อื่น"]',
    "content_hash": "0" * 64,
    "signed_at": datetime.datetime(2026, 8, 17, tzinfo=datetime.UTC),
}


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    """A public storage of its own for each test, as some damage it."""
    public = {**settings.STORAGES["public"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "public": public}


@pytest.fixture
def ordinary(open_office: Office) -> Publication:
    """An ordinary item with an image and a document."""
    papers = [("document", document(b"paper"))]
    draft = open_office.draft(title="ปกติ", lead_image=image(), attachments=papers)
    return latest(open_office.show(draft))


@pytest.fixture
def world(open_office: Office) -> Office:
    """An office that published, scheduled, superseded, moved and withdrew."""
    office, tomorrow = open_office, timezone.now() + datetime.timedelta(days=1)
    papers = [("document", document(b"ordinary"))]
    office.ordinary = office.show(office.draft(lead_image=image(), attachments=papers))
    office.urgent = office.show(office.draft(is_urgent=True, **ASSESSMENT))
    office.scheduled = office.show(office.draft(go_live_at=tomorrow))
    office.superseded = office.show(office.edit(office.show(office.draft()), title="ใหม่"))
    office.moved = office.show(office.edit(office.show(office.draft()), slug="elsewhere"))
    papers = [("document", document(b"withdrawn"))]
    office.withdrawn = office.show(office.draft(attachments=papers))
    withdraw(office, office.withdrawn)
    return office


def first(item: Any) -> Publication:
    return Publication.objects.filter(subject=item.translation_key).last()


def file_path(pinned: PinnedFile) -> Path:
    return Path(PinnedFile.storage().path(pinned.storage_name))


def append_again(old: Publication, signatures: str) -> None:
    """What a script inside the application could do, having ended the present version."""
    now = timezone.now()
    Publication.objects.effective().filter(address=old.address).update(effective_until=now)
    again = Publication.append(
        address=old.address,
        kind=old.kind,
        snapshot=old.snapshot,
        content_hash=old.content_hash,
        signatures=signatures,
        published_at=now,
        effective_from=now,
        **facets(old.data),
    )
    again.files.set(old.files.all())


def assert_found(message: str) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("verify_publications")


def test_untouched_record_holds(world: Office, capsys: pytest.CaptureFixture):
    call_command("verify_publications")

    assert "The public record holds" in capsys.readouterr().out


def test_empty_record_holds(closed_office: Office):
    call_command("verify_publications")

    assert not Publication.objects.exists()


def test_changed_snapshot(ordinary: Publication):
    overwrite(ordinary, snapshot=ordinary.snapshot.replace("ปกติ", "แก้ไข"))

    assert_found("the snapshot was changed")


def test_snapshot_with_spaces(ordinary: Publication):
    overwrite(ordinary, snapshot=ordinary.snapshot.replace(":", ": ", 1))

    assert_found("not canonical")


def test_changed_sealed_columns(ordinary: Publication):
    moment = timezone.now() - HOUR
    others = {"kind": "withdrawal", "content_hash": "0" * 64, "signatures": "[1]"}

    for column, value in {**others, "published_at": moment, "effective_from": moment}.items():
        with undone():
            overwrite(ordinary, **{column: value})
            assert_found("Publication .* was changed")


def test_changed_filter_columns(ordinary: Publication):
    for column, value in OTHER_FACETS.items():
        with undone():
            overwrite(ordinary, **{column: value})
            assert_found(f"the column {column} was changed")


def test_changed_signatures(ordinary: Publication, open_office: Office):
    signature = Signature.objects.filter(role="approver").last()

    for column, value in {**OTHER_WORDS, "user": open_office.executive.user}.items():
        with undone():
            overwrite(signature, **{column: value})
            assert_found("Signature .* was changed")


def test_deleted_last_but_one_signature(ordinary: Publication):
    remove(Signature.objects.order_by("-sequence")[1])

    assert_found("Signature .* is missing")


def test_deleted_last_signature(ordinary: Publication):
    remove(Signature.objects.last())

    assert_found("signatures are missing")


def test_deleted_publications(world: Office):
    for item in (world.ordinary, world.superseded, world.moved):
        with undone():
            remove(latest(item))
            assert_found("is missing|effective_until was changed")


def test_deleted_last_publication(ordinary: Publication):
    remove(ordinary)

    assert_found("nothing was published there")


def test_deleted_note_of_a_withdrawal(world: Office):
    remove(latest(world.withdrawn))

    assert_found("effective_until was changed")


def test_publication_that_nobody_signed(ordinary: Publication):
    append_again(ordinary, signatures="[]")

    assert_found("signatures are missing")


def test_superseded_version_published_again_with_its_old_signatures(world: Office):
    old = first(world.superseded)

    append_again(old, signatures=old.signatures)

    assert_found("[Ss]ignature")


def test_end_that_nobody_signed(ordinary: Publication):
    for moment in (timezone.now() - HOUR, timezone.now() + HOUR):
        with undone():
            overwrite(ordinary, effective_until=moment)
            assert_found("effective_until was changed")


def test_superseded_version_without_an_end(world: Office):
    overwrite(first(world.superseded), effective_until=None)

    assert_found("effective_until was changed")


def test_public_item_marked_as_withdrawn(ordinary: Publication):
    overwrite(ordinary, withdrawn_at=timezone.now())

    assert_found("withdrawn_at was changed")


def test_withdrawn_item_back_in_public(world: Office):
    overwrite(first(world.withdrawn), withdrawn_at=None)

    assert_found("withdrawn_at was changed")


def test_pinned_file_changed_on_disk(ordinary: Publication):
    file_path(ordinary.files.first()).write_bytes(b"something else")

    assert_found("File .*: changed")


def test_rendition_changed_on_disk(ordinary: Publication):
    file_path(PinnedFile.objects.filter(sources__isnull=False).first()).write_bytes(b"else")

    assert_found("File .*: changed")


def test_pinned_file_missing_on_disk(ordinary: Publication):
    file_path(ordinary.files.first()).unlink()

    assert_found("File .*: missing")


def test_publication_without_its_files(ordinary: Publication):
    ordinary.files.clear()

    assert_found("its files are not pinned")


def test_publication_with_a_file_it_does_not_name(ordinary: Publication):
    Publication.objects.last().files.add(PinnedFile.objects.first())

    assert_found("its files are not pinned")


def test_pinned_file_described_otherwise(ordinary: Publication):
    for column, value in {"content_type": "text/html", "size": 1, "width": 1}.items():
        with undone():
            ordinary.files.filter(width__isnull=False).update(**{column: value})
            assert_found("File")


def test_changed_addresses(ordinary: Publication):
    for path in ("/other/", None):
        with undone():
            Address.objects.filter(pk=ordinary.address_id).update(path=path)
            assert_found("Address .*: it should be /news/")


def test_address_of_a_withdrawn_item(world: Office):
    Address.objects.filter(pk=latest(world.withdrawn).address_id).update(path="/news/back/")

    assert_found("Address .*: it should be None")


def test_publication_at_another_address(ordinary: Publication):
    overwrite(ordinary, address=Publication.objects.last().address)

    assert_found("stands at another's address|effective_until was changed")
