"""Public files over HTTP, and drafts' files that nobody outside sees."""

import datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from cms.publication.models import PinnedFile
from pages.models import OfficeImage
from tests.admin import browser, status
from tests.office import Office, document, image, png
from tests.publication.withdrawing import latest


def test_pinned_file_is_served_as_it_was_signed(open_office: Office, client: Any):
    papers = [("document", document(b"%PDF-1.4 signed"))]
    page = open_office.show(open_office.draft(attachments=papers))

    response = client.get(latest(page).files.get().path)

    assert b"".join(response.streaming_content) == b"%PDF-1.4 signed"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_pinned_file_is_not_sent_twice(open_office: Office, client: Any):
    papers = [("document", document(b"sent once"))]
    page = open_office.show(open_office.draft(attachments=papers))
    pinned = latest(page).files.get()

    response = client.get(pinned.path, headers={"if-none-match": f'"{pinned.sha256}"'})

    assert response.status_code == 304


def test_page_among_the_files_is_downloaded_not_shown(open_office: Office, client: Any):
    papers = [("document", document(b"<script>alert(1)</script>", name="page.html"))]
    page = open_office.show(open_office.draft(attachments=papers))

    response = client.get(latest(page).files.get().path)
    list(response)

    assert response["Content-Disposition"].startswith("attachment")


def test_file_of_a_pending_item_is_not_served(open_office: Office, client: Any):
    papers = [("document", document(b"pending"))]
    start = timezone.now() + datetime.timedelta(hours=1)
    page = open_office.show(open_office.draft(attachments=papers, go_live_at=start))

    assert status(client, latest(page).files.get().path) == 404


def test_file_under_another_name_is_not_served(open_office: Office, client: Any):
    papers = [("document", document(b"named"))]
    page = open_office.show(open_office.draft(attachments=papers))
    pinned = latest(page).files.get()

    assert status(client, f"/files/{pinned.sha256}/other.pdf") == 404


def test_drafts_file_is_refused_to_anonymous_readers(open_office: Office, client: Any):
    paper = document(b"secret draft")
    open_office.draft(attachments=[("document", paper)])

    response = client.get(paper.file.url)

    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


def test_drafts_document_page_is_refused_to_anonymous_readers(open_office: Office, client: Any):
    paper = document(b"secret draft")
    open_office.draft(attachments=[("document", paper)])

    response = client.get(paper.url)

    assert response.status_code in (302, 403, 404)


def test_drafts_image_is_refused_to_anonymous_readers(open_office: Office, client: Any):
    picture = image()

    assert status(client, picture.file.url) == 302


def test_drafts_file_is_shown_to_staff(open_office: Office):
    paper = document(b"secret draft")

    response = browser(open_office.reporter).get(paper.file.url)

    assert b"".join(response.streaming_content) == b"secret draft"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["../prakat.sqlite3", "..%2f..%2fetc/passwd", "/etc/passwd"])
def test_no_path_leads_out_of_the_drafts_files(open_office: Office, name: str):
    assert browser(open_office.reporter).get(f"/admin/media/{name}").status_code in (400, 404)


def test_image_gets_smaller_copies_never_larger_ones(open_office: Office):
    page = open_office.show(open_office.draft(lead_image=image("olive", size=(900, 600))))

    renditions = latest(page).files.get().renditions
    assert set(renditions.values_list("width", "height")) == {(400, 267), (800, 533), (900, 600)}
    assert set(renditions.values_list("content_type", flat=True)) == {"image/webp", "image/jpeg"}


def test_picture_saved_again_has_copies_of_its_own(open_office: Office, client: Any):
    again = ContentFile(png("maroon") + b"\0", name="again.png")  # other bytes, the same picture
    second = OfficeImage.objects.create(title="ภาพ", file=again)
    open_office.show(open_office.draft(lead_image=image("maroon")))
    page = open_office.show(open_office.draft(lead_image=second))

    assert latest(page).files.get().renditions.count() == 6


def test_image_that_is_also_attached_keeps_its_copies(open_office: Office):
    content = png("indigo")
    picture = OfficeImage.objects.create(title="ภาพ", file=ContentFile(content, name="b.png"))
    papers = [("document", document(content, name="a.png"))]

    page = open_office.show(open_office.draft(lead_image=picture, attachments=papers))

    assert latest(page).files.get().renditions.exists()
    assert latest(page).data["files"][latest(page).files.get().sha256]["width"] == 900


def test_same_file_is_pinned_once(open_office: Office):
    open_office.show(open_office.draft(attachments=[("document", document(b"twice"))]))
    open_office.show(open_office.draft(attachments=[("document", document(b"twice"))]))

    assert PinnedFile.objects.count() == 1


def test_same_file_under_two_names_is_served_under_both(open_office: Office, client: Any):
    first = open_office.draft(attachments=[("document", document(b"same", name="first.pdf"))])
    second = open_office.draft(attachments=[("document", document(b"same", name="second.pdf"))])

    for page in (open_office.show(first), open_office.show(second)):
        (sha256, described), *_others = latest(page).data["files"].items()
        assert status(client, f"/files/{sha256}/{described['filename']}") == 200


def test_rendition_keeps_no_camera_data(open_office: Office):
    page = open_office.show(open_office.draft(lead_image=image("plum")))

    for rendition in latest(page).files.get().renditions.all():
        with rendition.storage().open(rendition.storage_name) as stream:
            assert not dict(Image.open(stream).getexif())
