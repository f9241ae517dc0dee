"""Rich text: links by expressions as a parser would make them, and Markdown that renders alike."""

import re
from html import escape

import nh3
from bs4 import BeautifulSoup as Soup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cms.snapshot.rich_text import ALLOWED_ATTRIBUTES, ALLOWED_SCHEMES, ALLOWED_TAGS
from content_api.markdown import markdown_of
from content_api.markup import expanded, text_of, tree_of

ADDRESSES = {"data-subject": {"public": "/th/ข่าว/?a=1&b=2"}, "data-file": {"pdf": '/files/"x"'}}
TEXTS = st.text("กำปู่ a1*_[]()<>&\"'`#-+.\\~|=!:\n\u00a0", max_size=8) | st.sampled_from(
    ["&amp;", "1. ", "https://e.go.th/", "&copy;", "</p>", "<br>", "<!-- x -->"]
)
ATTRIBUTES = st.sampled_from(
    [
        'data-subject="public"',
        'data-subject="draft"',
        'data-file="pdf"',
        'data-file="gone"',
        'href="https://e.go.th/?a=1&amp;b=&quot;2&quot;>"',
        "href",
        'href="javascript:x()"',
        'href="http://x/" data-subject="draft"',
        'href="mailto:a_b@e.th"',
        'onclick="x"',
        "",
    ]
)


def element(children):
    tags = st.sampled_from([*sorted(ALLOWED_TAGS - {"a"}), "object", "table", "div"])
    inner = st.lists(children, max_size=3).map("".join)
    plain = st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", tags, inner)
    links = st.builds(lambda attributes, text: f"<a {attributes}>{text}</a>", ATTRIBUTES, inner)
    return plain | links


WRITTEN = st.lists(st.recursive(TEXTS, element, max_leaves=12), max_size=5).map("".join)


def canonical(source: str) -> str:
    """As every snapshot holds it."""
    return nh3.clean(
        source,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel=None,
    )


def address_of(attributes: dict[str, str]) -> str:
    for name, known in ADDRESSES.items():
        if attributes.get(name):
            return escape(known.get(attributes[name], "")) or attributes.get("href", "")
    return attributes.get("href", "")


def soup_of(source: str) -> Soup:
    """In an element, or a parser would take a bare address for a mistake."""
    return Soup(f"<main>{source}</main>", "html.parser").main


def parsed(source: str) -> str:
    """The same by a parser: the reference."""
    soup = soup_of(source)
    for link in soup.find_all("a"):
        named = {name: link.attrs.pop(name, None) for name in ADDRESSES}
        for name, known in ADDRESSES.items():
            if named[name]:
                link["href"] = known.get(named[name]) or link.get("href") or ""
                break
        if not link.get("href"):
            link.unwrap()
    return str(soup)


def words_of(source: str) -> str:
    return "".join(soup_of(source).get_text().split())


@settings(deadline=None)
@given(WRITTEN)
def test_links_are_resolved_as_a_parser_would(written):
    source = canonical(written)

    assert str(soup_of(expanded(source, address_of))) == parsed(source)


@settings(deadline=None)
@given(WRITTEN)
def test_tree_holds_what_a_parser_reads(written):
    source = expanded(canonical(written), address_of)

    def html(nodes) -> str:
        return "".join(
            escape(node)
            if isinstance(node, str)
            else f"<{node['tag']} {escape(node.get('href', ''))}>{html(node['children'])}</>"
            for node in nodes
        )

    def read(soup) -> str:
        return "".join(
            escape(str(node))
            if isinstance(node, str)
            else f"<{node.name} {escape(node.get('href', ''))}>{read(node)}</>"
            for node in soup.children
        )

    # A parser folds spaces that stand alone.
    assert "".join(html(tree_of(source)).split()) == "".join(read(soup_of(source)).split())


@settings(deadline=None)
@given(WRITTEN)
def test_markdown_renders_the_same_words(written):
    tree = tree_of(expanded(canonical(written), address_of))
    rendered = MarkdownIt("commonmark").render(markdown_of(tree))

    assert words_of(rendered) == "".join(text_of(tree).split())


def test_markdown_has_the_usual_marks():
    source = (
        "<h3>หัวข้อ</h3><p>คำ<b>หนา</b>ต่อ <i>เอียง</i><br>2. ไม่ใช่รายการ</p>"
        '<ul><li>ก<ol><li>ข</li></ol></li><li><a href="/th/a(b)/">ค_</a></li></ul>'
    )

    assert markdown_of(tree_of(source)) == (
        "### หัวข้อ\n\nคำ**หนา**ต่อ *เอียง*\\\n2\\. ไม่ใช่รายการ\n\n- ก\n  1. ข\n- [ค\\_](/th/a%28b%29/)"
    )


def test_bold_quotation_between_thai_letters_stays_bold():
    made = markdown_of(tree_of("<p>คำ<b>“หนา”</b>ต่อ</p>"))

    assert re.search("<b>“หนา”</b>", MarkdownIt("commonmark").render(made))


def test_text_has_a_line_for_each_block():
    assert text_of(tree_of("<p>ก<br>ข</p><ul><li>ค &amp; ง</li></ul>")) == "ก\nข\nค & ง"
