"""WordPress exports (WXR): entries read one by one; entities and document types are refused."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import nh3
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from cms.importing import limits
from cms.importing.problems import Problem
from cms.importing.sources import RawRow, Source
from cms.opendata.problems import Refused

# What becomes a page. Menus, revisions, orders of plug-ins and so on do not.
_TYPES = {"post": "NewsPage", "page": "SectionPage"}
_PUBLIC = "publish"
_MOST_ATTACHMENTS = 20_000
_TITLE_LENGTH, _SUMMARY_LENGTH = 255, 500


class WordPressExport(Source):
    """The posts and pages of an export, with the addresses of the files attached to them."""

    def __init__(self, path: Path, filename: str) -> None:
        super().__init__(path, filename)
        self._path = path
        self._base_url, self._files = self._outline()

    def rows(self) -> Iterator[RawRow]:
        """Every post and page, numbered as the entries stand in the file."""
        number = 0
        for _tag, entry in _elements(self._path):
            if entry is None:
                continue
            number += 1
            if _text(entry, "post_type") in _TYPES:
                yield self._row(number, entry)

    def _outline(self) -> tuple[str, dict[str, list[str]]]:
        """The address of the site, and the files of each entry. Reads through the whole file."""
        base_url, is_export, count = "", False, 0
        files: dict[str, list[str]] = {}
        for tag, entry in _elements(self._path):
            if entry is None:
                is_export = is_export or tag[0] == "wxr_version"
                if tag[0] == "base_blog_url" or (tag[0] == "link" and not base_url):
                    base_url = tag[1].strip()
                continue
            if _text(entry, "post_type") == "attachment" and count < _MOST_ATTACHMENTS:
                count += 1
                files.setdefault(_text(entry, "post_parent"), []).append(
                    _text(entry, "attachment_url")
                )
        if not is_export:
            raise Refused("not_wordpress")
        return base_url, files

    def _row(self, number: int, entry: Any) -> RawRow:
        key = _text(entry, "post_id")
        values = {
            "code": f"wp-{key}",
            "type": _TYPES[_text(entry, "post_type")],
            "title": _plain(_text(entry, "title"), _TITLE_LENGTH),
            "summary": _plain(_text(entry, "encoded", "excerpt"), _SUMMARY_LENGTH),
            "body": _text(entry, "encoded", "content"),
            "posted_on": _day(_text(entry, "post_date")),
            "old_address": _text(entry, "link"),
        }
        row = RawRow(number, {name: value for name, value in values.items() if value})
        row.base_url, row.files = self._base_url, list(self._files.get(key, []))
        for child in entry:
            if _name(child.tag)[0] == "category" and child.get("domain", "category") == "category":
                row.categories += [child.text or "", child.get("nicename", "")]
        row.left_out = _left_out(number, entry)
        return row


def _left_out(number: int, entry: Any) -> Problem | None:
    status = _text(entry, "status")
    if status != _PUBLIC:
        return Problem("not_published", number, params={"status": status or "–"})
    if _text(entry, "post_password"):
        return Problem("protected", number)
    return None


def _plain(html: str, most: int) -> str:
    """A text without tags on one line. Nobody can shorten it in an export: it is cut here."""
    words = " ".join(unescape(nh3.clean(html, tags=set())).split())
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _day(moment: str) -> str:
    """The day of a moment of WordPress; empty for none, which it writes as zeros."""
    day = moment[:10]
    return "" if day.startswith("0000") else day


def _elements(path: Path) -> Iterator[tuple[tuple[str, str], Any]]:
    """What stands in the channel: an entry (`item`), or name and text of anything else (None).

    Each is forgotten before the next one is read.
    """
    try:
        depth, channel = 0, None
        for event, element in iterparse(str(path), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                depth += 1
                channel = element if depth == 2 else channel
                continue
            depth -= 1
            if depth != 2 or channel is None:
                continue
            name = _name(element.tag)[0]
            yield (name, element.text or ""), element if name == "item" else None
            channel.clear()
    except DefusedXmlException as error:
        raise Refused("xml_entities") from error
    except ParseError as error:
        raise Refused("broken_xml", line=error.position[0]) from error
    except (LookupError, ValueError) as error:  # an encoding that it names and nobody knows
        raise Refused("broken_xml", line=1) from error


def _name(tag: str) -> tuple[str, str]:
    """The local name of a tag and its namespace: the version of the format stands there."""
    namespace, _brace, name = tag.rpartition("}")
    return name, namespace


def _text(entry: Any, name: str, namespace: str = "") -> str:
    """The text of a child; `namespace` is a word in its namespace, where two have one name."""
    for child in entry:
        local, of = _name(child.tag)
        if local == name and namespace in of:
            return (child.text or "").strip()
    return ""


def is_xml(path: Path) -> bool:
    """Whether a file is XML rather than a spreadsheet, by its first bytes."""
    with path.open("rb") as stream:
        head = stream.read(limits.HEAD_BYTES)
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return text.startswith((b"<?xml", b"<rss"))
