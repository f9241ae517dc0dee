"""Everything of a release becomes public at one moment, or nothing does."""

import datetime
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from cms.publication import publish as door
from cms.publication.models import Publication
from cms.publication.publish import publish
from cms.signoff.models import Release, ReleaseAct, Signature
from cms.signoff.release_signing import sign_release
from cms.signoff.release_sittings import sitting_of
from cms.signoff.signing import issue_token
from pages.models import BudgetPage, Listing
from tests.office import Office, document, image
from tests.publication.tampering import drop_triggers, overwrite, remove, undone
from tests.publication.withdrawing import latest, withdraw
from tests.releasing import fresh, is_public, signed_by, submitted, translated

HOUR = datetime.timedelta(hours=1)
WORDS = {"full_name": "ผู้เผยแพร่", "position": "ตำแหน่ง", "checklist": [], "comment": ""}


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    """A public storage of its own for each test."""
    public = {**settings.STORAGES["public"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "public": public}


def ready(office: Office, *items: Any) -> Release:
    """A release that lacks the publisher's signature only."""
    return signed_by(office, submitted(office, *items), "reporter", "approver")


def records(office: Office) -> tuple:
    return Signature.objects.count(), ReleaseAct.objects.count(), office.public()


def assert_nothing_happens(office: Office, release: Release, *words: str) -> None:
    """The publisher's act fails, names the item, and leaves every record as it was."""
    before = records(office)
    with pytest.raises(PermissionDenied) as refusal:
        office.publisher.sign_release(release)
    assert records(office) == before
    assert fresh(release).state == Release.State.SIGNING
    for word in words:
        assert word in str(refusal.value)


def test_budget_with_its_news_in_both_languages_and_a_record(open_office: Office):
    office = open_office
    department = office.department()
    news = office.draft(title="ข่าวงบประมาณ")
    english = translated(office, news, title="Budget news")
    line = {"name": "แผนงานบริหารทั่วไป", "amount": "100.00", "note": ""}
    lines = json.dumps([{"id": "1", "type": "budget_line", "value": line}])
    figures = {"fiscal_year": 2569, "total_budget": "100.00", "lines": lines}
    budget = office.page(office.news, BudgetPage, title="งบประมาณ", **figures)

    signed_by(office, ready(office, english, news, department, budget), "publisher")

    items = [department, news, english, budget]
    assert all(map(is_public, items))
    rows = [latest(item) for item in items]
    assert len({row.published_at for row in rows}) == 1
    call_command("verify_publications")


def test_new_section_and_new_page_below_it_in_any_order(open_office: Office):
    office = open_office
    section = office.section(office.home, title="ใหม่", slug="new-section", listing=Listing.NEWS)
    page = office.draft(section, slug="below")

    signed_by(office, ready(office, page, section), "publisher")

    assert latest(page).address.path == "/new-section/below/"
    call_command("verify_publications")


def test_addresses_follow_a_section_that_moves_with_its_release(open_office: Office):
    office = open_office
    section = office.publish(office.section(office.home, title="เก่า", slug="old-place"))
    section = office.edit(section, slug="new-place")
    page = office.draft(section, slug="below")

    signed_by(office, ready(office, page, section), "publisher")

    assert latest(page).address.path == "/new-place/below/"


def test_section_above_is_not_public_and_not_in_the_release(open_office: Office):
    office = open_office
    section = office.section(office.home, title="ใหม่", slug="new-section")
    child, other = office.draft(section, title="ลูก"), office.draft()

    assert_nothing_happens(office, ready(office, other, child), "ลูก")


def test_section_above_begins_later_than_what_is_below(open_office: Office):
    office = open_office
    later = timezone.now() + HOUR
    section = office.section(office.home, title="ใหม่", slug="new-section", go_live_at=later)
    child = office.draft(section, title="ลูก")

    assert_nothing_happens(office, ready(office, section, child), "ลูก")
    assert not Publication.objects.filter(subject=section.translation_key).exists()


def test_address_that_is_taken(open_office: Office):
    office = open_office
    one, two = office.draft(), office.draft(title="สอง", slug="same")
    release = ready(office, one, two)
    taken = office.draft(slug="elsewhere")
    taken = office.edit(office.publish(taken))
    address = latest(taken).address
    address.path = "/news/same/"
    address.save()

    assert_nothing_happens(office, release, "สอง")


def test_time_window_that_is_over(open_office: Office, monkeypatch: pytest.MonkeyPatch):
    office = open_office
    soon = timezone.now() + HOUR
    release = ready(office, office.draft(), office.draft(title="สอง", expire_at=soon))
    monkeypatch.setattr("django.utils.timezone.now", lambda: soon + HOUR)
    monkeypatch.setattr("time.time", lambda: (soon + HOUR).timestamp())

    assert_nothing_happens(office, release, "สอง")


def test_file_that_is_missing(open_office: Office):
    office = open_office
    picture = image("teal")
    page = office.draft(title="มีภาพ", lead_image=picture)
    release = signed_by(office, submitted(office, page, office.draft()), "reporter")
    Path(picture.file.path).unlink()
    before = office.public()

    with pytest.raises(PermissionDenied, match="มีภาพ"):
        office.approver.sign_release(release)
    assert office.public() == before


def test_file_that_was_replaced_voids_the_round(open_office: Office):
    office = open_office
    paper = document(b"%PDF-1.4 one")
    page = office.draft(attachments=[("document", paper)])
    release, before = ready(office, page, office.draft()), office.public()
    Path(paper.file.path).write_bytes(b"%PDF-1.4 two")

    office.publisher.sign_release(release)

    assert fresh(release).round == 2
    assert office.public() == before


@pytest.mark.parametrize("fails", ["pin_files", "move_address", "close_earlier"])
def test_failure_at_the_second_item_undoes_the_first(
    open_office: Office, monkeypatch: pytest.MonkeyPatch, fails: str
):
    release = ready(open_office, open_office.draft(), open_office.draft())
    before, real, calls = records(open_office), getattr(door, fails), []

    def second_fails(*args: Any) -> Any:
        calls.append(args)
        if len(calls) == 2:
            raise OSError("disk full")
        return real(*args)

    monkeypatch.setattr(door, fails, second_fails)
    with pytest.raises(OSError, match="disk full"):
        open_office.publisher.sign_release(release)

    assert len(calls) == 2
    assert records(open_office) == before
    monkeypatch.undo()
    signed_by(open_office, release, "publisher")
    assert fresh(release).state == Release.State.PUBLISHED


def test_item_is_not_published_without_its_release(open_office: Office):
    one, two = open_office.draft(), open_office.draft()
    ready(open_office, one, two)

    with pytest.raises(PermissionDenied):
        publish(open_office.fresh(one).current_workflow_state)
    with pytest.raises(PermissionDenied):
        open_office.fresh(one).current_workflow_state.finish(user=open_office.publisher.user)
    assert not is_public(one)


def test_signatures_of_a_single_item_do_not_serve_in_a_release(open_office: Office):
    item = open_office.draft()
    open_office.reporter.submit(item)
    open_office.reporter.sign(item)
    state = open_office.fresh(item).current_workflow_state
    release = submitted(open_office, open_office.draft(), open_office.draft())
    release.items.create(
        content_type=item.get_base_content_type(), object_id=str(item.pk), run=state
    )

    open_office.approver.user.refresh_from_db()
    with pytest.raises(PermissionDenied):
        open_office.approver.sign_release(release)
    assert not is_public(item)


def test_differing_windows_are_kept(open_office: Office):
    later = timezone.now().replace(microsecond=0) + HOUR
    now, then = open_office.draft(), open_office.draft(go_live_at=later)

    signed_by(open_office, ready(open_office, now, then), "publisher")

    assert is_public(now)
    assert not is_public(then)
    assert latest(then).effective_from == later
    call_command("verify_publications")


def test_released_item_is_edited_and_withdrawn_alone_afterwards(open_office: Office):
    one, two = open_office.draft(), open_office.draft()
    signed_by(open_office, ready(open_office, one, two), "publisher")

    open_office.publish(open_office.edit(open_office.fresh(one), title="แก้ภายหลัง"))
    withdraw(open_office, two)

    call_command("verify_publications")


# --- verify_publications ---------------------------------------------------------------------


@pytest.fixture
def released(open_office: Office) -> list[Any]:
    items = [open_office.draft(title="หนึ่ง"), open_office.draft(title="สอง")]
    signed_by(open_office, ready(open_office, *items), "publisher")
    return items


def assert_found(message: str) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("verify_publications")


def test_untouched_release_holds(released: list, capsys: pytest.CaptureFixture):
    call_command("verify_publications")

    assert "3 " in capsys.readouterr().out


def test_changed_act_is_found(released: list):
    act = ReleaseAct.objects.last()
    other = json.dumps({**act.data, "items": act.data["items"][:1]})

    for column, value in {
        "manifest": other,
        "signatures": "[]",
        "release": "x",
        "role": "approver",
        "round": 9,
        "decision": "reject",
        "signed_at": timezone.now(),
    }.items():
        with undone():
            overwrite(act, **{column: value})
            assert_found("ReleaseAct .* was changed")


def test_removed_act_is_found(released: list):
    remove(ReleaseAct.objects.last())

    assert_found("a release that nobody signed")


def test_item_left_out_is_found(released: list):
    """The last publication is deleted with its address, as if it had never been released."""
    row = Publication.objects.order_by("-sequence").first()
    drop_triggers()
    row.files.clear()
    Publication.objects.filter(pk=row.pk)._raw_delete("default")
    row.address.delete()

    assert_found("an item of it is not public")


def test_release_name_taken_off_a_signature_is_found(released: list):
    overwrite(Signature.objects.last(), release="")

    assert_found("Signature .* was changed")


def test_forged_release_of_fewer_items_is_found(released: list, open_office: Office):
    """A script inside the application appends an act that claims one item alone."""
    act = ReleaseAct.objects.last()
    ReleaseAct.append(
        release=act.release,
        round=act.round,
        role=act.role,
        decision=act.decision,
        user=open_office.publisher.user,
        manifest=act.manifest,
        manifest_hash=act.manifest_hash,
        signatures=json.dumps(act.signature_sequences[:1]),
        signed_at=act.signed_at,
    )

    assert_found("belong to another act")


def test_signature_that_names_a_release_by_itself_is_found(released: list, open_office: Office):
    old = Signature.objects.last()
    values = {
        name: getattr(old, name) for name in Signature.sealed_fields if name != "subject_text"
    }
    Signature.append(**values, subject=old.subject, release=old.release)

    assert_found("a release that nobody signed")


@pytest.mark.parametrize("table", ["signoff_releaseact"])
def test_database_refuses_to_change_an_act(released: list, table: str):
    from django.db import DatabaseError, transaction

    for statement in (f"UPDATE {table} SET role = 'x'", f"DELETE FROM {table}"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


# --- at the same time ------------------------------------------------------------------------


def together(acts: list[Callable[[], Any]]) -> list[Any]:
    """Runs acts in threads that begin at once; the answer or the exception of each."""
    barrier, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int) -> None:
        try:
            barrier.wait()
            found[number] = acts[number]()
        except Exception as error:  # noqa: BLE001
            found[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_last_signature_given_twice_at_once_publishes_once(own_database: None):
    office = Office()
    second = office.clerk("publisher2", "publisher")
    items = [office.draft(), office.draft()]
    release = ready(office, *items)
    acts = []
    for clerk in (office.publisher, second, office.publisher, second):
        sitting = sitting_of(fresh(release))
        token = issue_token(
            clerk.user, sitting.purpose("approve"), sitting.manifest.content_hash, WORDS
        )
        acts.append(
            lambda clerk=clerk, token=token: sign_release(release, clerk.user, "approve", token)
        )

    answers = together(acts)

    assert sum(isinstance(answer, ReleaseAct) for answer in answers) == 1
    assert sum(isinstance(answer, PermissionDenied) for answer in answers) == 3
    for item in items:
        assert Publication.objects.filter(subject=item.translation_key).count() == 1
    call_command("verify_publications")
