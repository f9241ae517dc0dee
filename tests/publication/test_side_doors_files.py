"""Files replaced under the same name: what was signed for stays, byte for byte."""

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from cms.publication.models import PinnedFile
from pages.models import NewsPage
from tests.office import Office, document, image, png


def pinned_bytes() -> dict[str, bytes]:
    pinned = PinnedFile.objects.all()
    return {p.sha256: Path(p.storage().path(p.storage_name)).read_bytes() for p in pinned}


def stored_bytes(record: Any) -> bytes:
    return Path(record.file.path).read_bytes()


def test_image_replaced_on_disk(open_office: Office):
    picture = image("teal")
    open_office.publish(open_office.draft(lead_image=picture))
    before, files = open_office.public(), pinned_bytes()

    Path(picture.file.path).write_bytes(png("red"))

    assert stored_bytes(picture) == png("red")
    assert png("teal") in files.values()
    assert pinned_bytes() == files
    assert open_office.public() == before


def test_image_replaced_through_its_record(open_office: Office):
    picture = image("teal")
    open_office.publish(open_office.draft(lead_image=picture))
    before, files = open_office.public(), pinned_bytes()

    picture.file = ContentFile(png("red"), name=picture.filename)
    picture.save()

    assert stored_bytes(open_office.fresh(picture)) == png("red")
    assert pinned_bytes() == files
    assert open_office.public() == before


def test_document_replaced_on_disk(open_office: Office):
    paper = document(b"first")
    open_office.publish(open_office.draft(attachments=[("document", paper)]))
    before, files = open_office.public(), pinned_bytes()

    Path(paper.file.path).write_bytes(b"second")

    assert stored_bytes(paper) == b"second"
    assert list(files.values()) == [b"first"]
    assert pinned_bytes() == files
    assert open_office.public() == before


def test_document_deleted(open_office: Office):
    paper = document(b"first")
    open_office.publish(open_office.draft(attachments=[("document", paper)]))
    before, files = open_office.public(), pinned_bytes()

    paper.file.delete(save=False)
    paper.delete()

    assert pinned_bytes() == files
    assert open_office.public() == before


def test_draft_with_another_image(open_office: Office):
    page: NewsPage = open_office.publish(open_office.draft(lead_image=image("teal")))
    before, files = open_office.public(), pinned_bytes()

    open_office.edit(page, lead_image=image("red")).get_latest_revision().publish()

    assert stored_bytes(open_office.fresh(page).lead_image) == png("red")
    assert pinned_bytes() == files
    assert open_office.public() == before
