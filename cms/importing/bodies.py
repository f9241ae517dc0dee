"""From the text of an old site to the blocks of a page: HTML made clean, or plain paragraphs."""

import re
import uuid
from dataclasses import dataclass, field
from html import unescape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit

import nh3
from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.html import escape

_HEADING_LENGTH = 250
_DEEPEST_RAW = 3_000  # paragraphs and list items that nobody closed count too
_DEEPEST = 60  # no text needs more tags within tags; the work grows with the square of it
# `[gallery ids="1,2"]`, `[/caption]`: of WordPress and its plug-ins. A Thai or numbered bracket
# is text.
_SHORTCODE = re.compile(r"\[/?([a-z][a-z0-9_-]*)(?:[ =/][^\[\]]*)?\]")
_MARKUP = re.compile(r"<(?:p|br|div|span|h[1-6]|ul|ol|li|table|a|b|i|em|strong|img)\b", re.I)
_PARAGRAPH_TAGS = re.compile(r"<(?:p|div|table|ul|ol|h[1-6])\b", re.I)
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>", re.I)
_BLANK_PARAGRAPH = re.compile(r"<p>(?:\s|&nbsp;|\u00a0|<br\s*/?>)*</p>")

_TAGS = {"p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "i", "em"}
_TAGS |= {"ul", "ol", "li", "a", "blockquote", "table", "thead", "tbody", "tr", "th", "td"}
_BREAKING = {"div", "section", "article", "figure", "figcaption", "dl", "dt", "dd", "center"}
_DROPPED = {"script", "style", "iframe", "object", "noscript", "form", "button", "select"}
_INLINE = {"b", "i", "a", "br"}
_RENAMED = {"strong": "b", "em": "i", "h5": "h4", "h6": "h4"}
_FILES = {".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".csv"}
_FILES |= {".zip", ".rar", ".7z", ".txt", ".tif", ".tiff", ".jpg", ".jpeg", ".png", ".gif"}
_FILES |= {".webp", ".mp3", ".mp4"}
_OPENING = re.compile(r"<(a|img|iframe|video|audio|source|embed)\b([^<>]*)>", re.I)
_ATTRIBUTE = re.compile(r"""\b(src|href)\s*=\s*(["'])([^"'<>]*)\2""", re.I)


@dataclass
class Body:
    """The blocks of a text, as a StreamField keeps them; and what did not come along.

    `files`: addresses of pictures and files that the text showed or linked.
    """

    blocks: list[dict[str, Any]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    shortcodes: list[str] = field(default_factory=list)


def body_of(text: str, base_url: str = "") -> Body:
    """Text with or without HTML. `base_url` makes its relative addresses of files whole."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        return Body()
    if not _MARKUP.search(text) and "<!--" not in text:
        return Body(blocks=_rich_text([_plain(text)]))
    shortcodes = list(dict.fromkeys(found[1] for found in _SHORTCODE.finditer(text)))
    text = _SHORTCODE.sub("", text)
    return Body(_blocks(_clean(text)), _files(text, base_url), shortcodes)


def is_file(address: str) -> bool:
    """Whether an address leads to a file rather than to a page."""
    try:
        return PurePosixPath(urlsplit(address).path).suffix.lower() in _FILES
    except ValueError:  # not even an address
        return False


def _plain(text: str) -> str:
    paragraphs = _EMPTY_LINES.split(text) if _EMPTY_LINES.search(text) else text.split("\n")
    lines = ["<br/>".join(map(escape, one.strip().split("\n"))) for one in paragraphs]
    return "".join(f"<p>{line}</p>" for line in lines if line)


def _clean(html: str) -> str:
    """Only what the editor itself could write; comments, scripts and styles gone."""
    if not _PARAGRAPH_TAGS.search(html):
        # WordPress makes paragraphs of empty lines when it shows a page.
        html = "".join(f"<p>{part}</p>".replace("\n", "<br>") for part in _EMPTY_LINES.split(html))
    if _depth(html.lower()) > _DEEPEST_RAW:
        return f"<p>{escape(_TAG.sub(' ', html))}</p>"
    cleaned = _with_tags(html, _TAGS | _BREAKING)
    return _with_tags(html, {"p", "br"}) if _depth(cleaned) > _DEEPEST else cleaned


def _with_tags(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        clean_content_tags=_DROPPED,
        attributes={"a": {"href"}} if "a" in tags else {},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def _depth(html: str) -> int:
    """How many tags stand within each other at most."""
    depth = most = 0
    for closing, name in _TAG.findall(html):
        if name != "br":
            depth += -1 if closing else 1
            most = max(most, depth)
    return most


def _files(html: str, base_url: str) -> list[str]:
    found: list[str] = []
    for name, attributes in _OPENING.findall(html):
        values = {key.lower(): unescape(value) for key, _q, value in _ATTRIBUTE.findall(attributes)}
        if name.lower() == "a":
            found += [values["href"]] if is_file(values.get("href", "")) else []
        elif values.get("src"):
            found.append(values["src"])
    addresses = [_whole(base_url, one.strip()) for one in found]
    return [one for one in dict.fromkeys(addresses) if not one.startswith("data:")]


def _whole(base_url: str, address: str) -> str:
    try:
        return urljoin(base_url, address)
    except ValueError:
        return address


def _blocks(html: str) -> list[dict[str, Any]]:
    soup = BeautifulSoup(html, "html.parser")
    _rename(soup)
    blocks: list[dict[str, Any]] = []
    texts: list[str] = []
    for node in _pieces(soup):
        name = node.name if isinstance(node, Tag) else None
        words = node.get_text(" ", strip=True)
        if name in ("h1", "h2") and 0 < len(words) <= _HEADING_LENGTH:
            blocks += [*_rich_text(texts), _block("heading", words)]
            texts = []
        elif name == "table":
            blocks += [*_rich_text(texts), *_table(node)]
            texts = []
        elif name in _INLINE or name is None:
            texts = _joined(texts, str(node) if name else escape(str(node)))
        elif words:
            texts.append(f"<p>{escape(words)}</p>" if name in ("h1", "h2") else str(node))
    return blocks + _rich_text(texts)


def _rename(soup: BeautifulSoup) -> None:
    for tag in soup.find_all(list(_RENAMED)):
        tag.name = _RENAMED[tag.name]
    for tag in soup.find_all("a"):
        # A relative address would lead to a page of this site.
        if not str(tag.get("href", "")).startswith(("http:", "https:", "mailto:", "tel:")):
            tag.unwrap()
    for tag in soup.find_all(["blockquote", *_BREAKING]):
        if tag.find_parent(["table", "li"]):
            tag.unwrap()


def _pieces(soup: BeautifulSoup) -> Any:
    """What stands on the top level, in order, seen through boxes; without recursion."""
    waiting: list[Any] = list(reversed(soup.contents))
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag) and node.name in {"blockquote", *_BREAKING}:
            waiting += [NavigableString("\n\n"), *reversed(node.contents), NavigableString("\n\n")]
        elif isinstance(node, Tag) and node.name == "p" and node.find("table"):
            waiting += reversed(node.contents)
        else:
            yield node


def _joined(texts: list[str], piece: str) -> list[str]:
    """Loose words continue the paragraph before them; an empty line ends it."""
    if not piece.strip():
        return [*texts, ""] if "\n\n" in piece else texts
    if texts and texts[-1].startswith("<p loose>"):
        return [*texts[:-1], f"{texts[-1][: -len('</p>')]}{piece}</p>"]
    return [*texts, f"<p loose>{piece}</p>"]


def _rich_text(texts: list[str]) -> list[dict[str, Any]]:
    html = "".join(texts).replace("<p loose>", "<p>")
    html = _BLANK_PARAGRAPH.sub("", html).strip()
    return [_block("rich_text", html)] if html else []


def _table(table: Any) -> list[dict[str, Any]]:
    """A table of text; its first row names the columns. Cells that span several stand once."""
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in table.find_all("tr")
    ]
    rows = [row for row in rows if any(row)]
    if not rows:
        return []
    width = max(map(len, rows))
    filled = [row + [""] * (width - len(row)) for row in rows]
    value = {
        "columns": [{"type": "text", "heading": heading} for heading in filled[0]],
        "rows": [{"values": row} for row in filled[1:]],
        "caption": "",
    }
    return [_block("table", {"caption": "", "table": value})]


def _block(name: str, value: Any) -> dict[str, Any]:
    """With an id of its own: without one wagtail-localize would skip it."""
    return {"id": str(uuid.uuid4()), "type": name, "value": value}
