"""What becomes of rich text in a snapshot: safe HTML, with links as ids."""

import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cms.snapshot.fields import References
from cms.snapshot.rich_text import (
    ALLOWED_ATTRIBUTES,
    ALLOWED_SCHEMES,
    ALLOWED_TAGS,
    normalised_html,
)
from tests.office import Office, document
from tests.snapshot.drafts import TEXT

PIECES = st.sampled_from(
    [
        "<script>", "</script>", "<p>", "</p>", "<a href='javascript:x()'>", "</a>", "<b>", "<!--",
        "<svg onload=x()>", "<img src=x onerror=x()>", "<iframe src=//x>", "<style>", "-->",
        "<p onclick='x()'>", "<a href='data:text/html,x'>", "<embed embedtype='image' id='1'>", "<",
        ">", "<math>", '"', "'", "&lt;script&gt;", "&#60;", "&#x338;", "\u0338", "\u0300", " ",
        "=", "ก", "ำ",
    ]
)  # fmt: skip


class Seen(HTMLParser):
    """What a reader's browser would find in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attributes]


def html_of(source: str) -> str:
    return normalised_html(source, References())


def assert_safe(html: str) -> None:
    seen = Seen(html)
    assert set(seen.tags) <= ALLOWED_TAGS
    for tag, name, value in seen.attributes:
        assert name in ALLOWED_ATTRIBUTES.get(tag, ())
        scheme, colon, _rest = (value or "").partition(":")
        assert not colon or scheme in ALLOWED_SCHEMES


@given(source=st.lists(PIECES | TEXT, max_size=12).map("".join))
@example("<b>\u0338 onmouseover=alert(1) </b>")
@example("<p>\u0338 onmouseover=alert(1) </p>")
def test_whatever_is_written_is_safe(source: str):
    assert_safe(html_of(source))


def test_mark_after_a_tag_does_not_change_the_tag():
    html = html_of("<p>\u0338 onmouseover=alert(1) </p>")

    assert Seen(html).tags == ["p"]
    assert Seen(html).attributes == []


@given(source=TEXT)
def test_words_are_kept_in_nfc(source: str):
    escaped = source.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    html = html_of(f"<p>ก{escaped}</p>")

    assert unicodedata.is_normalized("NFC", html)


@pytest.mark.parametrize(
    "source",
    [
        "<p>ก</p><script>alert(1)</script>",
        '<p onclick="alert(1)">ก</p>',
        '<p style="position:fixed">ก</p>',
        '<p>ก</p><iframe src="//x"></iframe>',
        "<p>ก</p><!-- ซ่อน -->",
        "<div><p>ก</p></div>",
    ],
)
def test_nothing_but_the_words_survives(source: str):
    assert html_of(source) == "<p>ก</p>"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:x",
        "data:text/html,x",
        "vbscript:x",
    ],
)
def test_link_that_runs_code_loses_its_address(address: str):
    html = html_of(f'<p><a href="{address}">ก</a></p>')

    assert Seen(html).attributes == []
    assert "ก" in html


@pytest.mark.parametrize(
    "address", ["https://example.org/", "mailto:office@example.org", "tel:+6600000000"]
)
def test_link_to_elsewhere_is_kept(address: str):
    html = html_of(f'<p><a href="{address}">ก</a></p>')

    assert html == f'<p><a href="{address}">ก</a></p>'


def test_bold_and_italic_have_one_spelling():
    assert html_of("<p><strong>ก</strong><em>ข</em></p>") == "<p><b>ก</b><i>ข</i></p>"


def test_link_to_a_page_becomes_its_subject(open_office: Office):
    html = html_of(f'<p><a linktype="page" id="{open_office.home.pk}">ก</a></p>')

    assert html == f'<p><a data-subject="{open_office.home.translation_key}">ก</a></p>'


def test_link_to_a_page_survives_a_new_slug(open_office: Office):
    section = open_office.section(open_office.home, title="ข่าว", slug="linked")
    source = f'<p><a linktype="page" id="{section.pk}">ก</a></p>'
    before = html_of(source)

    section.slug = "press"
    section.save()

    assert html_of(source) == before


def test_link_to_a_document_becomes_its_hash(open_office: Office):
    files, paper = References(), document(b"paper")

    html = normalised_html(f'<p><a linktype="document" id="{paper.pk}">ก</a></p>', files)

    (sha256,) = files.described
    assert html == f'<p><a data-file="{sha256}">ก</a></p>'


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["page", "document"])
@pytest.mark.parametrize("number", ["999999", "", "nonsense", "99999999999999999999"])
def test_link_to_nothing_keeps_its_words(kind: str, number: str):
    assert html_of(f'<p><a linktype="{kind}" id="{number}">ก</a></p>') == "<p>ก</p>"


def test_ids_cannot_be_written_by_hand():
    html = html_of('<p><a data-subject="1" data-file="2">ก</a></p>')

    assert html == "<p>ก</p>"
