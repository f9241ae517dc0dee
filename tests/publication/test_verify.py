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
from tests.publication.tampering import overwrite, remove
from tests.publication.withdrawing import latest, withdraw

ASSESSMENT = {"benefits": "ประโยชน์", "harms": "ผลกระทบ", "after_effects": "ผลหลังเผยแพร่"}
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def world(open_office: Office, settings: Any, tmp_path: Path) -> Office:
    """An office that published, scheduled, superseded, moved and withdrew."""
    public = {**settings.STORAGES["public"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "public": public}
    office, tomorrow = open_office, timezone.now() + datetime.timedelta(days=1)
    papers = [("document", document(b"ordinary"))]
    office.ordinary = office.publish(
        office.draft(title="ปกติ", lead_image=image(), attachments=papers)
    )
    office.urgent = office.publish(office.draft(is_urgent=True, **ASSESSMENT))
    office.scheduled = office.publish(office.draft(go_live_at=tomorrow))
    office.superseded = office.publish(office.edit(office.publish(office.draft()), title="ใหม่"))
    office.moved = office.publish(office.edit(office.publish(office.draft()), slug="elsewhere"))
    papers = [("document", document(b"withdrawn"))]
    office.withdrawn = office.publish(office.draft(attachments=papers))
    withdraw(office, office.withdrawn)
    return office


def first(item: Any) -> Publication:
    return Publication.objects.filter(subject=item.translation_key).last()


def file_path(pinned: PinnedFile) -> Path:
    return Path(PinnedFile.storage().path(pinned.storage_name))


def assert_found(message: str) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("verify_publications")


def test_untouched_record_holds(world: Office, capsys: pytest.CaptureFixture):
    call_command("verify_publications")

    assert "The public record holds" in capsys.readouterr().out


def test_empty_record_holds(office: Office):
    call_command("verify_publications")

    assert not Publication.objects.exists()


def test_changed_snapshot(world: Office):
    publication = latest(world.ordinary)

    overwrite(publication, snapshot=publication.snapshot.replace("ปกติ", "แก้ไข"))

    assert_found("the snapshot was changed")


def test_snapshot_with_spaces(world: Office):
    publication = latest(world.ordinary)

    overwrite(publication, snapshot=publication.snapshot.replace(":", ": ", 1))

    assert_found("not canonical")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "withdrawal"),
        ("content_hash", "0" * 64),
        ("signatures", "[1]"),
        ("published_at", timezone.now() - HOUR),
        ("effective_from", timezone.now() - HOUR),
    ],
)
def test_changed_sealed_column(world: Office, column: str, value: object):
    overwrite(latest(world.ordinary), **{column: value})

    assert_found("Publication .* was changed")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("full_name", "คนอื่น"),
        ("position", "ตำแหน่งอื่น"),
        ("role", "publisher"),
        ("decision", "reject"),
        ("title", "อื่น"),
        ("comment", "อื่น"),
        ("checklist", "[]"),
        ("content_hash", "0" * 64),
        ("signed_at", timezone.now() - HOUR),
    ],
)
def test_changed_signature(world: Office, column: str, value: object):
    overwrite(Signature.objects.filter(role="approver").last(), **{column: value})

    assert_found("Signature .* was changed")


def test_signature_given_to_somebody_else(world: Office):
    overwrite(Signature.objects.filter(role="approver").last(), user=world.executive.user)

    assert_found("Signature .* was changed")


def test_deleted_last_but_one_signature(world: Office):
    remove(Signature.objects.order_by("-sequence")[1])

    assert_found("Signature .* is missing")


def test_deleted_last_signature(world: Office):
    remove(Signature.objects.last())

    assert_found("signatures are missing")


@pytest.mark.parametrize("item", ["superseded", "moved", "withdrawn", "ordinary"])
def test_deleted_publication(world: Office, item: str):
    remove(latest(getattr(world, item)))

    assert_found("is missing|effective_until|nothing was published")


def test_deleted_last_publication(world: Office):
    remove(Publication.objects.first())

    assert_found("effective_until was changed")


def test_publication_that_nobody_signed(world: Office):
    old = latest(world.ordinary)

    Publication.append(
        address=old.address,
        kind=old.kind,
        snapshot=old.snapshot,
        content_hash=old.content_hash,
        signatures="[]",
        published_at=timezone.now(),
        effective_from=timezone.now(),
        **facets(old.data),
    )

    assert_found("signatures are missing|effective_until")


def test_superseded_version_published_again_with_its_old_signatures(world: Office):
    old, current, now = first(world.superseded), latest(world.superseded), timezone.now()
    overwrite(current, effective_until=now)

    Publication.append(
        address=old.address,
        kind=old.kind,
        snapshot=old.snapshot,
        content_hash=old.content_hash,
        signatures=old.signatures,
        published_at=now,
        effective_from=now,
        **facets(old.data),
    )

    assert_found("signature")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", "อื่น"),
        ("posted_on", datetime.date(2026, 8, 17)),
        ("type", "SectionPage"),
        ("category", "procurement"),
        ("parent", None),
        ("department", "00000000-0000-0000-0000-000000000001"),
        ("disclosure_item", "00000000-0000-0000-0000-000000000001"),
        ("is_urgent", True),
        ("in_menu", True),
        ("sort_order", 9),
        ("locale", "en"),
        ("subject", "00000000-0000-0000-0000-000000000001"),
    ],
)
def test_changed_filter_column(world: Office, column: str, value: object):
    overwrite(latest(world.ordinary), **{column: value})

    assert_found(f"the column {column} was changed")


@pytest.mark.parametrize("moment", [timezone.now() - HOUR, timezone.now() + HOUR])
def test_end_that_nobody_signed(world: Office, moment: datetime.datetime):
    overwrite(latest(world.ordinary), effective_until=moment)

    assert_found("effective_until was changed")


def test_superseded_version_without_an_end(world: Office):
    overwrite(first(world.superseded), effective_until=None)

    assert_found("effective_until was changed")


def test_public_item_marked_as_withdrawn(world: Office):
    overwrite(latest(world.ordinary), withdrawn_at=timezone.now())

    assert_found("withdrawn_at was changed")


def test_withdrawn_item_back_in_public(world: Office):
    overwrite(first(world.withdrawn), withdrawn_at=None)

    assert_found("withdrawn_at was changed")


def test_pinned_file_changed_on_disk(world: Office):
    file_path(latest(world.ordinary).files.first()).write_bytes(b"something else")

    assert_found("File .*: changed")


def test_rendition_changed_on_disk(world: Office):
    file_path(PinnedFile.objects.filter(source__isnull=False).first()).write_bytes(b"something")

    assert_found("File .*: changed")


def test_pinned_file_missing_on_disk(world: Office):
    file_path(latest(world.ordinary).files.first()).unlink()

    assert_found("File .*: missing")


def test_publication_without_its_files(world: Office):
    latest(world.ordinary).files.clear()

    assert_found("its files are not pinned")


def test_publication_with_a_file_it_does_not_name(world: Office):
    latest(world.urgent).files.add(PinnedFile.objects.first())

    assert_found("its files are not pinned")


@pytest.mark.parametrize(
    ("column", "value"), [("content_type", "text/html"), ("size", 1), ("width", 1)]
)
def test_pinned_file_described_otherwise(world: Office, column: str, value: object):
    picture = latest(world.ordinary).files.filter(width__isnull=False)

    picture.update(**{column: value})

    assert_found("File")


@pytest.mark.parametrize("path", ["/other/", None])
def test_changed_address(world: Office, path: str | None):
    Address.objects.filter(pk=latest(world.ordinary).address_id).update(path=path)

    assert_found("Address .*: it should be /news/")


def test_address_of_a_withdrawn_item(world: Office):
    Address.objects.filter(pk=latest(world.withdrawn).address_id).update(path="/news/back/")

    assert_found("Address .*: it should be None")


def test_publication_at_another_address(world: Office):
    other = latest(world.urgent).address

    overwrite(latest(world.ordinary), address=other)

    assert_found("stands at another's address|effective_until")
