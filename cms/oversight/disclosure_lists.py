"""The obligations as a spreadsheet: exported, edited by many hands, imported as drafts.

An import publishes nothing: what it changes is signed like everything else, in bulk by a release.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.models import Locale

from cms.oversight.english_drafts import english_draft, write_english
from cms.oversight.sheets import (
    Column,
    ListErrors,
    RowError,
    SheetRow,
    choice,
    choices,
    code,
    codes,
    headings,
    label_of,
    line,
    read_rows,
    whole_number,
)
from cms.publication.versions import ORIGINAL
from cms.thai.spreadsheets import read_table, write_table
from pages.disclosure_items import DisclosureItem, Period, RequiredLanguage
from pages.models import Department

SHIPPED = Path(__file__).parent / "data" / "announcement.csv"
TEXTS = ("title", "description", "legal_basis", "fulfilled_when")


def _text_columns(name: str, thai: Any, english: Any) -> list[Column]:
    return [
        Column(f"{name}_th", thai, required=name == "title"),
        Column(f"{name}_en", english),
    ]


COLUMNS = [
    Column("code", gettext_lazy("code"), code, required=True),
    Column("parent", gettext_lazy("is a part of"), code),
    *_text_columns("title", gettext_lazy("name in Thai"), gettext_lazy("name in English")),
    *_text_columns(
        "description", gettext_lazy("description in Thai"), gettext_lazy("description in English")
    ),
    *_text_columns(
        "legal_basis", gettext_lazy("legal basis in Thai"), gettext_lazy("legal basis in English")
    ),
    Column("division", gettext_lazy("responsible division")),
    Column(
        "languages",
        gettext_lazy("languages required"),
        choices(RequiredLanguage),
        write=lambda keys: ", ".join(map(label_of(RequiredLanguage), keys)),
    ),
    Column("period", gettext_lazy("period covered"), choice(Period), write=label_of(Period)),
    Column("first_fiscal_year", gettext_lazy("first fiscal year (B.E.)"), whole_number(2400, 3000)),
    Column("owed_after_months", gettext_lazy("owed after how many months"), whole_number(0, 120)),
    Column("minimum", gettext_lazy("how many"), whole_number(1)),
    Column("counts", gettext_lazy("what counts"), codes),
    *_text_columns(
        "fulfilled_when",
        gettext_lazy("when it is fulfilled, in Thai"),
        gettext_lazy("when it is fulfilled, in English"),
    ),
    Column("review_months", gettext_lazy("review interval in months"), whole_number(0, 120)),
    Column("sort_order", pgettext_lazy("place in a list", "order"), whole_number(0, 100_000)),
]
_LABELS = {column.key: column.label for column in COLUMNS}
# Fields whose name is not that of their column.
_COLUMN_OF = {"responsible_division": "division", **{name: f"{name}_th" for name in TEXTS}}


@dataclass
class Imported:
    """What an import did: drafts in the order of the list, and how many lines changed nothing."""

    created: list[DisclosureItem] = field(default_factory=list)
    changed: list[DisclosureItem] = field(default_factory=list)
    translated: list[DisclosureItem] = field(default_factory=list)
    unchanged: int = 0


def shipped_count() -> int:
    """How many obligations the shipped list holds."""
    return len(read_rows(read_table(SHIPPED.read_bytes()), COLUMNS))


def export_disclosure_items(user: Any, file_format: str) -> bytes:
    """Every obligation as its newest draft says. Raises `PermissionDenied`."""
    if not user.has_perm("pages.view_disclosureitem"):
        raise PermissionDenied(_("You may not see the list of obligations."))
    drafts = sorted(_drafts().values(), key=lambda draft: (draft.sort_order, draft.code))
    lines = [line(COLUMNS, _values_of(draft)) for draft in drafts]
    return write_table([headings(COLUMNS), *lines], file_format)


@transaction.atomic
def import_disclosure_items(data: bytes, user: Any) -> Imported:
    """Makes drafts of the lines that differ from what there is, all of them or none.

    Lines are matched by their code; what is not in the file stays. An empty cell of an English
    text leaves the English as it is. Raises `Unreadable`, `ListErrors`, `PermissionDenied`.
    """
    if not all(user.has_perm(f"pages.{act}_disclosureitem") for act in ("add", "change")):
        raise PermissionDenied(_("You may not change the list of obligations."))
    return _Import(read_rows(read_table(data), COLUMNS), user).run()


def _drafts() -> dict[str, DisclosureItem]:
    """The newest Thai draft of each obligation, by code."""
    rows = DisclosureItem.objects.filter(locale__language_code=ORIGINAL)
    drafts = [row.get_latest_revision_as_object() for row in rows.select_related("latest_revision")]
    return {draft.code: draft for draft in drafts}


def _values_of(draft: DisclosureItem) -> dict[str, Any]:
    values = {column.key: getattr(draft, column.key, None) for column in COLUMNS}
    division = draft.responsible_division
    values |= {
        "parent": draft.parent.code if draft.parent else "",
        "division": division.title if division else "",
    }
    english = english_draft(draft)
    for name in TEXTS:
        thai = getattr(draft, name)
        other = getattr(english, name) if english else ""
        # Without a translation the draft shows the Thai: that is no English text.
        values |= {f"{name}_th": thai, f"{name}_en": other if other != thai else ""}
    return values


class _Import:
    """One file on its way into drafts."""

    def __init__(self, rows: list[SheetRow], user: Any) -> None:
        self.rows = rows
        self.user = user
        self.thai = Locale.objects.get(language_code=ORIGINAL)
        self.drafts = _drafts()
        self.divisions = _divisions()
        self.errors: list[RowError] = []
        self.done = Imported()

    def run(self) -> Imported:
        """Raises `ListErrors` with everything that is wrong."""
        self._refuse_twice()
        for row in self._parents_first():
            self._take(row)
        if self.errors:
            raise ListErrors(sorted(self.errors, key=lambda error: error.row))
        return self.done

    def _refuse_twice(self) -> None:
        seen: dict[str, int] = {}
        for row in self.rows:
            first = seen.setdefault(row.values["code"], row.number)
            if first != row.number:
                message = _("This code stands in row %(row)s already.") % {"row": first}
                self._note(row, "code", message)
        if self.errors:
            raise ListErrors(self.errors)

    def _parents_first(self) -> Iterator[SheetRow]:
        waiting = list(self.rows)
        while waiting:
            expected = {row.values["code"] for row in waiting}
            ready = [row for row in waiting if row.values.get("parent") not in expected]
            if not ready:
                for row in waiting:
                    self._note(row, "parent", _("An item cannot be a part of itself."))
                return
            yield from ready
            waiting = [row for row in waiting if row not in ready]

    def _take(self, row: SheetRow) -> None:
        values = self._fields(row)
        draft = self.drafts.get(row.values["code"])
        is_new = draft is None
        draft = draft or DisclosureItem(locale=self.thai, live=False)
        before = {name: getattr(draft, name) for name in values}
        for name, value in values.items():
            setattr(draft, name, value)
        differs = is_new or before != values
        if differs and draft.workflow_in_progress:
            self._note(row, "code", _("It is being signed: it cannot be changed now."))
        if self._is_wrong(row, draft):
            return
        if is_new:
            draft.save()
        if differs:
            draft.save_revision(user=self.user)
            draft = DisclosureItem.objects.get(pk=draft.pk)
            (self.done.created if is_new else self.done.changed).append(draft)
        self.drafts[draft.code] = draft
        translated = self._translate(row, draft, differs)
        self.done.unchanged += not differs and not translated

    def _fields(self, row: SheetRow) -> dict[str, Any]:
        """By field; an empty cell means the field's default."""
        values = {}
        for key, value in row.values.items():
            name = key.removesuffix("_th")
            if key.endswith("_en"):
                continue
            if key == "parent":
                value = self._parent(row, value)
            elif key == "division":
                name, value = "responsible_division", self._division(row, value)
            elif value in (None, "", []):
                field: Any = DisclosureItem._meta.get_field(name)
                value = field.get_default()
            values[name] = value
        return values

    def _parent(self, row: SheetRow, parent: str) -> DisclosureItem | None:
        if not parent:
            return None
        found = self.drafts.get(parent)
        if found is None or found.pk is None:
            self._note(row, "parent", _("There is no item %(code)s.") % {"code": parent})
            return None
        return found

    def _division(self, row: SheetRow, name: str) -> Department | None:
        if name and name.casefold() not in self.divisions:
            self._note(row, "division", _("There is no division “%(name)s”.") % {"name": name})
        return self.divisions.get(name.casefold())

    def _is_wrong(self, row: SheetRow, draft: DisclosureItem) -> bool:
        before = len(self.errors)
        try:
            draft.full_clean(exclude=["parent", "responsible_division"])
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                for message in messages:
                    self._note(row, _COLUMN_OF.get(name, name), message)
        return len(self.errors) > before or any(e.row == row.number for e in self.errors)

    def _translate(self, row: SheetRow, draft: DisclosureItem, differs: bool) -> bool:
        texts = {name: row.values.get(f"{name}_en") or "" for name in TEXTS}
        texts = {name: text for name, text in texts.items() if text}
        if not texts:
            return False
        english = english_draft(draft)
        is_there = all(getattr(english, name, "") == text for name, text in texts.items())
        if is_there and not differs:
            return False
        self.done.translated.append(write_english(draft, texts, self.user))
        return True

    def _note(self, row: SheetRow, key: str, message: str) -> None:
        label = capfirst(str(_LABELS.get(key, "")))
        self.errors.append(RowError(row.number, label, message))


def _divisions() -> dict[str, Department]:
    """The Thai records of divisions by every name that they have."""
    rows = list(Department.objects.select_related("locale"))
    thai = {row.translation_key: row for row in rows if row.locale.language_code == ORIGINAL}
    return {
        name.casefold(): thai[row.translation_key]
        for row in rows
        for name in (row.title, row.short_title)
        if name and row.translation_key in thai
    }
