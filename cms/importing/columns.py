"""The columns of a spreadsheet: what each is called in both languages, and what it is for."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cms.thai.digits import to_arabic_digits


@dataclass(frozen=True)
class Column:
    """One column. `key` is the name of a field of the page types, or one that `rows` knows."""

    key: str
    label: Any
    help: Any
    example: str = ""


COLUMNS = (
    Column(
        "code", _("row code"), _("Of the row at its source; it stays the same for ever"), "N-0012"
    ),
    Column("type", _("type"), _("What it becomes; see the list beside")),
    Column("title", _("title"), _("In one line")),
    Column("summary", _("summary"), _("One or two sentences")),
    Column("body", _("body"), _("The text; an empty line parts paragraphs. HTML is understood")),
    Column("section", _("section"), _("Path or title of the section in which it is to stand")),
    Column("department", _("responsible division"), _("Name or short name")),
    Column("disclosure_item", _("disclosure item"), _("Its code"), "1.4(1)"),
    Column("posted_on", _("date posted"), _("Day/month/year"), "24/11/2569"),
    Column("review_due", _("review due"), _("Day/month/year"), "30/09/2570"),
    Column("kind", _("kind"), _("Of news, a report, a plan, a law or knowledge")),
    Column("fiscal_year", _("fiscal year (B.E.)"), _("Of a report or a plan"), "2570"),
    Column("last_fiscal_year", _("last fiscal year (B.E.)"), _("Of a plan of several years")),
    Column("period_from", _("period from"), _("Of a report")),
    Column("period_until", _("period until"), _("Of a report")),
    Column("source", _("source"), _("Of a law: whose text, taken from where")),
    Column("source_url", _("address of the source"), _("Of a law")),
    Column("issued_on", _("issued on"), _("Of a law")),
    Column("effective_on", _("in force from"), _("Of a law")),
    Column("author", _("author"), _("Of knowledge: a division or a position")),
    Column("topic", _("topic"), _("Of a question")),
    Column("question", _("question"), _("Of a question; the answer stands in the text")),
    Column("asked_on", _("asked on"), _("Of a question")),
    Column("answered_on", _("answered on"), _("Of a question")),
    Column("old_address", _("old address"), _("Where it stood on the old site")),
    Column("attachments", _("attachments"), _("Addresses of its files, to be uploaded by hand")),
)
BY_KEY = {column.key: column for column in COLUMNS}
# These are read by `rows`; the others are fields of the page types, read by their kind.
SPECIAL = (
    "code",
    "type",
    "title",
    "body",
    "section",
    "department",
    "disclosure_item",
    "old_address",
    "attachments",
)
FIELD_COLUMNS = tuple(column.key for column in COLUMNS if column.key not in SPECIAL)


def label_of(key: str) -> str:
    """What a column is called in the language of now."""
    return str(BY_KEY[key].label)


def headings() -> list[str]:
    """The first row of the template in the language of now."""
    return [capfirst(str(column.label)) for column in COLUMNS]


def keys_of(columns: list[str]) -> tuple[list[str], list[str]]:
    """The key of each column of an upload, empty for an unknown one; and the unknown headings.

    A heading may be in any language. Of two columns that mean the same the first counts.
    """
    known = _known()
    keys: list[str] = []
    unknown = []
    for heading in columns:
        key = known.get(normal(heading.rstrip(" *")), "")
        if not key or key in keys:
            unknown.append(heading)
            key = ""
        keys.append(key)
    return keys, unknown


def normal(text: str) -> str:
    """A text for comparison: without case, doubled spaces and Thai digits."""
    return " ".join(to_arabic_digits(unicodedata.normalize("NFC", text)).casefold().split())


def _known() -> dict[str, str]:
    known = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for column in COLUMNS:
                known[normal(str(column.label))] = column.key
    return known
