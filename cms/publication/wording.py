"""The values of a snapshot as people read them: files by name, records by title, dates, choices."""

import re
from collections.abc import Iterable
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag
from django.apps import apps
from django.template.defaultfilters import filesizeformat
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.publication.models import Publication
from cms.thai.dates import format_date
from pages.models import SignableSnippet

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z")
_HASH = re.compile(r"[0-9a-f]{64}")
_SUBJECT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LINE_TAGS = ("p", "li", "h3", "h4", "br", "ul", "ol")
SHOWN_HASH = 12  # digits of a file's hash: enough to compare by eye


def model_of(data: dict[str, Any]) -> Any:
    """The type of page or record that a snapshot is of; None where there is none any more."""
    try:
        return apps.get_model("pages", data["type"])
    except LookupError:
        return None


def child_of(definition: Any, name: str) -> Any:
    """The field of a model or the block of a struct or stream by its name; None where unknown."""
    if isinstance(definition, StreamField):
        definition = definition.stream_block
    if isinstance(definition, blocks.BaseStructBlock | blocks.BaseStreamBlock):
        return definition.child_blocks.get(name)
    if isinstance(definition, blocks.ListBlock):
        return definition.child_block
    if definition is not None and hasattr(definition, "_meta"):
        names = {field.name for field in definition._meta.get_fields()}
        return definition._meta.get_field(name) if name in names else None
    return None


def label_of(definition: Any, name: str) -> str:
    """What the editors call it."""
    if definition is None:
        known = {
            "file": _("File"),
            "title": _("Title"),
            "alt": _("Alternative text"),
            "credit": _("Credit"),
            "focalPoint": _("Point of focus"),
        }
        return known.get(name, name)
    label = definition.label if isinstance(definition, blocks.Block) else definition.verbose_name
    return capfirst(str(label or name))


def is_stream(value: Any) -> bool:
    """Whether these are the blocks of a StreamField."""
    return isinstance(value, list) and all(
        isinstance(item, dict) and set(item) == {"type", "id", "value"} for item in value
    )


def is_table(value: Any) -> bool:
    """Whether this is a table of text cells."""
    return isinstance(value, dict) and set(value) == {"columns", "rows"}


class Wording:
    """Reads the values of snapshots in the language of the person who asks.

    `drafts_too`: a record that is not public is named as well; never for the public.
    """

    def __init__(self, snapshots: Iterable[dict[str, Any]], drafts_too: bool) -> None:
        self.files: dict[str, dict[str, Any]] = {}
        subjects: set[str] = set()
        locale = ""
        for data in snapshots:
            self.files = {**data["files"], **self.files}
            subjects |= {*data["references"], *filter(None, [data["parent"]])}
            locale = data["locale"]
        self.titles = _titles(subjects, locale, drafts_too)

    def text(self, value: Any, definition: Any, files: dict[str, Any] | None = None) -> str:
        """One value as text, empty for nothing. `files` are those of its own snapshot."""
        files = self.files if files is None else files
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, str):
            return self._string(value, definition, files)
        if is_table(value):
            return "\n".join(" | ".join(row) for row in [value["columns"], *value["rows"]])
        if isinstance(value, list):
            return "\n".join(self._items(value, definition, files))
        if isinstance(value, dict):
            return "\n".join(self._parts(value, definition, files))
        return "" if value is None else str(value)

    def file(self, sha256: str, files: dict[str, Any]) -> str:
        """Name, size and the beginning of the hash of a file."""
        described = files.get(sha256)
        if described is None:
            return sha256
        size = filesizeformat(described["size"])
        return f"{described['filename']} ({size}, SHA-256 {sha256[:SHOWN_HASH]}…)"

    def _string(self, value: str, definition: Any, files: dict[str, Any]) -> str:
        if isinstance(definition, RichTextField | blocks.RichTextBlock):
            return self._html(value, files)
        if (label := choices_of(definition).get(value)) is not None:
            return str(label)
        if _HASH.fullmatch(value) and value in files:
            return self.file(value, files)
        if _SUBJECT.fullmatch(value):
            return self.titles.get(value) or _("a record that is not public")
        language = get_language() or "th"
        if _MOMENT.fullmatch(value) and (moment := parse_datetime(value)):
            return format_date(moment, language, "j F Y H:i")
        if _DATE.fullmatch(value) and (day := _day(value)):
            return format_date(day, language)
        return value

    def _items(self, value: list[Any], definition: Any, files: dict[str, Any]) -> list[str]:
        if value and is_stream(value):
            return [
                self.text(block["value"], child_of(definition, block["type"]), files)
                for block in value
            ]
        # Of several choices, the list's own definition knows the labels.
        inner = child_of(definition, "") if isinstance(definition, blocks.ListBlock) else definition
        return [self.text(item, inner, files) for item in value]

    def _parts(self, value: dict[str, Any], definition: Any, files: dict[str, Any]) -> list[str]:
        found = []
        for name, part in value.items():
            child = child_of(definition, name)
            if text := self.text(part, child, files):
                found.append(f"{label_of(child, name)}: {text}")
        return found

    def _html(self, source: str, files: dict[str, Any]) -> str:
        """Rich text as lines: list items with a dot, the target of a link after its words."""
        soup = BeautifulSoup(source, "html.parser")
        for link in soup.find_all("a"):
            if target := self._target(link, files):
                link.append(f" ({target})")
        lines = "".join(_lines(soup)).split("\n")
        return "\n".join(line for line in lines if line.strip())

    def _target(self, link: Tag, files: dict[str, Any]) -> str:
        if subject := link.get("data-subject"):
            return self.titles.get(str(subject)) or _("a record that is not public")
        if sha256 := link.get("data-file"):
            return self.file(str(sha256), files)
        return str(link.get("href") or "")


def _lines(element: PageElement) -> Iterable[str]:
    for child in getattr(element, "children", ()):
        if isinstance(child, Tag):
            is_line = child.name in _LINE_TAGS
            yield "\n• " if child.name == "li" else "\n" if is_line else ""
            yield from _lines(child)
            yield "\n" if is_line else ""
        else:
            yield str(child)


def choices_of(definition: Any) -> dict[Any, Any]:
    """The labels of a field's or block's choices by key; none where it has no choices."""
    options = getattr(definition, "options", None)  # of several choices
    if options is not None and hasattr(options, "choices"):
        return dict(options.choices)
    if isinstance(definition, blocks.field_block.BaseChoiceBlock):
        choices: Any = definition.field.choices
        return dict(choices() if callable(choices) else choices)
    return dict(getattr(definition, "flatchoices", None) or [])


def _day(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:  # 2026-02-30, in a text that somebody typed
        return None


def _titles(subjects: set[str], locale: str, drafts_too: bool) -> dict[str, str]:
    """The titles of records by subject: as they are public, else as they are drafted."""
    public = Publication.objects.in_force() if drafts_too else Publication.objects.effective()
    rows = public.filter(subject__in=subjects, locale=locale)
    found = {str(subject): title for subject, title in rows.values_list("subject", "title")}
    models = [Page, *(m for m in apps.get_models() if issubclass(m, SignableSnippet))]
    for model in models if drafts_too else []:
        missing = subjects - set(found)
        if not missing:
            break
        drafts = model._default_manager.filter(
            translation_key__in=missing, locale__language_code=locale
        )
        found |= {str(key): title for key, title in drafts.values_list("translation_key", "title")}
    return found
