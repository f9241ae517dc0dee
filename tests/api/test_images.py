"""Images in any allowed width, format and proportion."""

import io
import json
from contextlib import closing

import pytest
from PIL import Image
from pypdf import PdfWriter
from wagtail.models import PageViewRestriction

from cms.publication.models import PinnedFile
from cms.publication.pictures import Copy, stored_copy
from tests.api.ask import ask, ask_for_result
from tests.office import Office, document, image

IMAGE = """query ($width: Int! = 640, $format: ImageFormat! = AVIF, $ratio: AspectRatio) {
  page(path: "/news/content/") { ... on NewsPage { leadImage {
    placeholder
    rendition(width: $width, format: $format, aspectRatio: $ratio) { url width height contentType }
    srcset(widths: [2400, 320, 800], format: $format, aspectRatio: $ratio)
  } } } }"""


@pytest.fixture
def item(open_office: Office):
    picture = image(size=(900, 600))
    picture.focal_point_x, picture.focal_point_y = 850, 300
    picture.focal_point_width = picture.focal_point_height = 20
    picture.save()
    return open_office.show(open_office.draft(slug="content", lead_image=picture))


def lead(**variables):
    return ask(IMAGE, **variables)["page"]["leadImage"]


def opened(client, url: str) -> tuple[str, Image.Image]:
    """The media type and the picture at an address."""
    with closing(client.get(url)) as response:
        assert response.status_code == 200
        content = b"".join(response.streaming_content)
        return response["Content-Type"], Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("AVIF", "image/avif"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("JPEG", "image/jpeg")],
)
def test_copy_is_what_the_api_says(item, client, name, media_type):
    found = lead(format=name)["rendition"]
    served_type, picture = opened(client, found["url"])

    assert (found["width"], found["height"], found["contentType"]) == (640, 427, media_type)
    assert (served_type, picture.size) == (media_type, (640, 427))


def test_copy_is_never_wider_than_the_original(item, client):
    found = lead(width=2400)["rendition"]
    _type, picture = opened(client, found["url"])

    assert (found["width"], picture.width) == (900, 900)


def test_copy_of_the_publication_is_used_where_it_fits(item):
    assert lead(width=800, format="WEBP")["rendition"]["url"].startswith("/files/")


def test_crop_has_the_proportion(item, client):
    found = lead(ratio="RATIO_SQUARE", width=320)["rendition"]
    _type, picture = opened(client, found["url"])

    assert (found["width"], found["height"]) == (320, 320) == picture.size
    assert "840.0-290.0-860.0-310.0" in found["url"]


def test_srcset_ends_with_the_original(item):
    widths = [part.split()[1] for part in lead()["srcset"].split(", ")]

    assert widths == ["320w", "800w", "900w"]


def test_placeholder_is_a_tiny_picture(item):
    found = lead()["placeholder"]

    assert found.startswith("data:image/webp;base64,")
    assert len(found) < 600


def test_other_widths_are_refused(item):
    result = ask_for_result(IMAGE, width=641)

    assert "2400" in str(result.errors[0])


@pytest.mark.parametrize(
    "name",
    [
        "641.avif",
        "640.gif",
        "0640.avif",
        "640_square_1-2-3-4.avif",
        "640_5-4.avif",
        "640_square_.avif",
        "../640.avif",
    ],
)
def test_what_the_api_never_names_is_not_made(item, client, name):
    base = lead()["rendition"]["url"].rpartition("/")[0]

    assert client.get(f"{base}/{name}").status_code == 404


def test_copy_is_made_once(item):
    sha256, _slash, name = lead()["rendition"]["url"].removeprefix("/pictures/").partition("/")
    original, copy = PinnedFile.objects.get(sha256=sha256), Copy.named(name)
    storage = PinnedFile.storage()
    made_at = storage.get_modified_time(stored_copy(original, copy))

    assert storage.get_modified_time(stored_copy(original, copy)) == made_at


def test_copy_of_a_page_that_is_restricted_is_not_served(item, client):
    url = lead()["rendition"]["url"]
    PageViewRestriction.objects.create(page=item, restriction_type="login")

    assert client.get(url).status_code == 404


def test_crop_keeps_the_point_of_focus():
    name = "320_square_840.0-290.0-860.0-310.0.avif"
    copy = Copy.named(name)

    assert copy.name == name
    assert copy.size(900, 600) == (320, 320)


def test_file_tells_its_size_and_pages(open_office):
    attached = [{"id": "1", "type": "document", "value": document(pdf(), "plan.pdf").pk}]
    page = open_office.draft(slug="content")
    open_office.show(open_office.edit(page, attachments=json.dumps(attached)))
    query = """{ page(path: "/news/content/") { ... on NewsPage { attachments {
      ... on DocumentBlock { document { pageCount sizeFormatted(locale: EN) } } } } } }"""

    found = ask(query)["page"]["attachments"][0]["document"]
    assert found["pageCount"] == 2
    assert found["sizeFormatted"].split()[1] in ("bytes", "KB")


def pdf() -> bytes:
    """A document of two pages."""
    writer, buffer = PdfWriter(), io.BytesIO()
    for _page in range(2):
        writer.add_blank_page(100, 100)
    writer.write(buffer)
    return buffer.getvalue()
