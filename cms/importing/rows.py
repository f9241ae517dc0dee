"""From a row as its source has it to what a draft says; every objection with its column."""

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.blocks.stream_block import StreamValue

from cms.importing import limits
from cms.importing.bodies import body_of
from cms.importing.columns import FIELD_COLUMNS, normal
from cms.importing.kinds import (
    BY_NAME,
    KINDS,
    body_field,
    choices_of,
    field_of,
    kinds_by_name,
    lacking,
)
from cms.importing.places import Places
from cms.importing.problems import Problem, named, objection
from cms.importing.sources import RawRow
from cms.snapshot.snapshot import canonical_json
from cms.thai.digits import to_arabic_digits
from cms.thai.typed_dates import read_date
from pages.models import ContentPage, Department, DisclosureItem, SectionPage

_KEY_LENGTH = 200
_ADDRESS_LENGTH = 500


@dataclass
class Defaults:
    """What the uploader chose for all rows that say nothing themselves."""

    section: SectionPage | None = None
    department: Department | None = None
    disclosure_item: DisclosureItem | None = None


@dataclass
class Row:
    """A row as it was understood. Without `problems` it can become a draft."""

    number: int
    key: str = ""
    model: type[ContentPage] | None = None
    section: SectionPage | None = None
    fields: dict[str, Any] = field(default_factory=dict)  # by the names of attributes
    blocks: list[dict[str, Any]] = field(default_factory=list)
    old_address: str = ""
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    is_left_out: bool = False

    @property
    def title(self) -> str:
        """What readers will call it."""
        return self.fields.get("title", "")

    def draft(self) -> ContentPage:
        """A page of its type with what the row says, not saved."""
        assert self.model is not None  # noqa: S101  # asked only of rows without problems
        page = self.model(live=False)
        self.write_to(page)
        return page

    def write_to(self, page: ContentPage) -> None:
        """Sets every field that a row can say something about, the empty ones too."""
        for name, value in self.fields.items():
            setattr(page, name, value)
        name = body_field(type(page))
        stream = type(page)._meta.get_field(name).stream_block
        setattr(page, name, StreamValue(stream, self.blocks, is_lazy=True))

    def digest(self) -> str:
        """Tells whether the row says the same as at the last import; where it stands aside."""
        said = {
            "type": self.model.__name__ if self.model else "",
            "fields": {name: str(value) for name, value in self.fields.items()},
            "blocks": [(block["type"], block["value"]) for block in self.blocks],
            "old": self.old_address,
        }
        return hashlib.sha256(canonical_json(said).encode()).hexdigest()


class RowReader:
    """Understands the rows of one file for one user."""

    def __init__(self, places: Places, defaults: Defaults) -> None:
        self.places, self.defaults = places, defaults
        self._kinds = kinds_by_name()
        self._choices: dict[models.Field, dict[str, str]] = {}
        self._seen: dict[str, int] = {}

    def read(self, raw: RawRow) -> Row:
        """Every problem of a row at once, not only the first."""
        row = Row(raw.number)
        if raw.left_out:
            row.is_left_out = True
            row.notes.append(raw.left_out)
            return row
        values = raw.values
        self._read_key(row, values)
        row.model = self._kind(row, values.get("type", ""))
        row.section = self._section(row, raw)
        self._read_department(row, values.get("department", ""))
        self._read_item(row, values.get("disclosure_item", ""))
        row.fields["title"] = " ".join(values.get("title", "").split())
        if not row.title:
            row.problems.append(Problem("empty", row.number, "title"))
        self._read_fields(row, values)
        self._read_body(row, raw)
        if row.model and not row.problems:
            self._judge(row)
        return row

    def _read_key(self, row: Row, values: dict[str, str]) -> None:
        row.old_address = values.get("old_address", "")
        row.key = normal(values.get("code", "")) or row.old_address
        if not row.key:
            row.problems.append(Problem("no_key", row.number, "code"))
        elif len(row.key) > _KEY_LENGTH or len(row.old_address) > _ADDRESS_LENGTH:
            row.problems.append(Problem("too_long", row.number, "code", {"limit": _KEY_LENGTH}))
        elif row.key in self._seen:
            other = {"other": self._seen[row.key]}
            row.problems.append(Problem("key_twice", row.number, "code", other))
        self._seen.setdefault(row.key, row.number)
        if urlsplit(row.old_address.split("#")[0]).query if _is_address(row.old_address) else False:
            address = {"address": row.old_address}
            row.notes.append(Problem("redirect_by_hand", row.number, "old_address", address))

    def _kind(self, row: Row, name: str) -> type[ContentPage] | None:
        if not name:
            row.problems.append(Problem("empty", row.number, "type"))
            return None
        found = self._kinds.get(normal(name)) or BY_NAME.get(name)
        if found is None:
            choices = [named(model._meta.verbose_name) for model in KINDS]
            params = {"value": name, "choices": choices}
            row.problems.append(Problem("unknown_type", row.number, "type", params))
        return found

    def _section(self, row: Row, raw: RawRow) -> SectionPage | None:
        name = raw.values.get("section", "")
        if name:
            found = self.places.sections(name)
            if len(found) != 1:
                code = "ambiguous_section" if found else "unknown_section"
                row.problems.append(Problem(code, row.number, "section", {"value": name}))
                return None
            section: SectionPage | None = found[0]
        else:
            by_category = self.places.section_of_category(raw.categories)
            section = by_category or self.defaults.section
        if section is None:
            row.problems.append(Problem("no_section", row.number, "section"))
        elif not self.places.may_add(section):
            value = {"value": section.title}
            row.problems.append(Problem("closed_section", row.number, "section", value))
        return section

    def _read_department(self, row: Row, name: str) -> None:
        found = self.places.department(name) if name else self.defaults.department
        row.fields["department_id"] = found.pk if found else None
        if name and not found:
            code = "unknown_department"
        elif not self.places.works_for(row.fields["department_id"]):
            code = "other_department" if found else "no_department"
        else:
            return
        value = {"value": name or str(found)}
        row.problems.append(Problem(code, row.number, "department", value))

    def _read_item(self, row: Row, name: str) -> None:
        found = self.places.item(name) if name else self.defaults.disclosure_item
        row.fields["disclosure_item_id"] = found.pk if found else None
        if name and not found:
            value = {"value": name}
            row.problems.append(Problem("unknown_item", row.number, "disclosure_item", value))

    def _read_fields(self, row: Row, values: dict[str, str]) -> None:
        for name in FIELD_COLUMNS:
            target = field_of(row.model or ContentPage, name)
            if target is not None:
                row.fields[name] = self._value(row, target, values.get(name, ""))
            elif name in values and row.model:
                kind = {"kind": named(row.model._meta.verbose_name)}
                row.notes.append(Problem("no_such_field", row.number, name, kind))

    def _value(self, row: Row, target: models.Field, text: str) -> Any:
        """The value of one field; None or empty where there is none, or a problem was noted."""
        empty = target.get_default() if target.has_default() else None if target.null else ""
        if not text:
            return empty
        if target.choices:
            return self._choice(row, target, text)
        if isinstance(target, models.DateField):
            return self._read(row, target.name, lambda: read_date(text))
        if isinstance(target, models.PositiveIntegerField):
            digits = to_arabic_digits(text).removeprefix("พ.ศ.").strip().removesuffix(".0")
            if not digits.isascii() or not digits.isdigit() or len(digits) != 4:
                problem = Problem("not_a_year", row.number, target.name, {"value": text})
                row.problems.append(problem)
                return None
            return int(digits)
        return text

    def _choice(self, row: Row, target: models.Field, text: str) -> str:
        choices = self._choices.setdefault(target, choices_of(target))
        found = choices.get(normal(text))
        if found is None:
            labels = [named(label) for _key, label in target.choices or ()]
            params = {"value": text, "choices": labels}
            row.problems.append(Problem("unknown_choice", row.number, target.name, params))
        return found or ""

    def _read(self, row: Row, column: str, act: Callable[[], datetime.date]) -> Any:
        try:
            return act()
        except ValueError:
            row.problems.append(Problem("rule", row.number, column, objection(act) or {}))
            return None

    def _read_body(self, row: Row, raw: RawRow) -> None:
        text = raw.values.get("body", "")
        if len(text) > limits.TEXT_CHARACTERS:
            limit = {"limit": f"{limits.TEXT_CHARACTERS:,}"}
            row.problems.append(Problem("too_long", row.number, "body", limit))
            return
        body = body_of(text, raw.base_url)
        row.blocks = body.blocks
        files = list(dict.fromkeys([*raw.files, *body.files]))
        files = [urljoin(raw.base_url, one) for one in files if one][: limits.LISTED_FILES]
        if files:
            row.notes.append(Problem("files", row.number, "attachments", {"files": files}))
        if body.shortcodes:
            names = {"names": body.shortcodes[: limits.LISTED_FILES]}
            row.notes.append(Problem("shortcodes", row.number, "body", names))

    def _judge(self, row: Row) -> None:
        """What the fields and the type itself say of the values."""
        draft = row.draft()
        for name in ("title", *FIELD_COLUMNS):
            target = field_of(type(draft), name)
            if target is None or not getattr(draft, name):
                continue
            most = getattr(target, "max_length", None)
            if most and len(getattr(draft, name)) > most:  # which no text field asks by itself
                row.problems.append(Problem("too_long", row.number, name, {"limit": most}))
            elif words := objection(lambda: target.clean(getattr(draft, name), draft)):  # noqa: B023
                row.problems.append(Problem("rule", row.number, name, words))
        if row.problems:
            return
        try:
            draft.clean()
        except ValidationError as error:
            column = next(iter(error.error_dict), "") if hasattr(error, "error_dict") else ""
            column = column if column in FIELD_COLUMNS else ""
            words = objection(draft.clean) or {}
            row.problems.append(Problem("rule", row.number, column, words))
        if fields := lacking(draft):
            row.notes.append(Problem("lacks", row.number, "", {"fields": list(map(named, fields))}))


def _is_address(text: str) -> bool:
    try:
        urlsplit(text)
    except ValueError:
        return False
    return True
