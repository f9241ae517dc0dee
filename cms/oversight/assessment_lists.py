"""An assessment as a spreadsheet, copied to the next year, and the lists that are shipped.

One line for each component; an item with several has its own words in its first line alone.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.oversight.frameworks import Assessment, AssessmentItem, Component, Framework
from cms.oversight.sheets import (
    Column,
    ListErrors,
    RowError,
    SheetRow,
    code,
    codes,
    headings,
    line,
    read_rows,
    whole_number,
)
from cms.publication.models import Address
from cms.thai.spreadsheets import read_table, write_table

FOLDER = Path(__file__).parent / "data"
CHANGE = "oversight.change_assessment"
ADD = "oversight.add_assessment"
VIEW = "oversight.view_assessment"
COLUMNS = [
    Column("code", gettext_lazy("code"), code, required=True),
    Column("group", gettext_lazy("group")),
    Column("title_th", gettext_lazy("name in Thai")),
    Column("title_en", gettext_lazy("name in English")),
    Column("note", gettext_lazy("note")),
    Column("component_th", gettext_lazy("component in Thai")),
    Column("component_en", gettext_lazy("component in English")),
    Column("year_offset", gettext_lazy("of which year"), whole_number(-10, 10)),
    Column("disclosure_codes", gettext_lazy("disclosure items"), codes),
    Column("addresses", gettext_lazy("pages that show it")),
]
_LABELS = {column.key: column.label for column in COLUMNS}
_ITEM_FIELDS = ("group", "title_th", "title_en", "note")


@dataclass
class Taken:
    """How many items an import made or changed, and how many stood there as they are."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0


def export_assessment(assessment: Assessment, user: Any, file_format: str) -> bytes:
    """Every item with its components. Raises `PermissionDenied`."""
    _check(user, VIEW)
    items = assessment.items.prefetch_related("components__addresses")
    lines = [line(COLUMNS, values) for item in items for values in _values_of(item)]
    return write_table([headings(COLUMNS), *lines], file_format)


@transaction.atomic
def import_assessment(assessment: Assessment, data: bytes, user: Any) -> Taken:
    """Makes and updates the items of a file by their codes, all or none; others stay.

    The components of an item become those of the file. Raises `Unreadable`, `ListErrors`,
    `PermissionDenied`.
    """
    _check(user, CHANGE)
    assessment = Assessment.locked(assessment.pk)
    if assessment.submitted_at:
        raise PermissionDenied(_("The answers were submitted: this list cannot be changed."))
    return _take_rows(assessment, read_rows(read_table(data), COLUMNS))


@transaction.atomic
def copy_forward(assessment: Assessment, user: Any) -> Assessment:
    """The next year's assessment with the items, components and pages of this one.

    Raises `ValidationError` where there is one already, `PermissionDenied`.
    """
    _check(user, ADD)
    year = assessment.fiscal_year + 1
    if Assessment.objects.filter(framework=assessment.framework, fiscal_year=year).exists():
        message = _("There is an assessment of this framework for %(year)s already.")
        raise ValidationError(message % {"year": year})
    words = {"year": assessment.fiscal_year, "source": assessment.source}
    copy = Assessment.objects.create(
        framework=assessment.framework,
        fiscal_year=year,
        source=_("Copied from %(year)s: to be compared with the new list. %(source)s") % words,
    )
    for item in assessment.items.prefetch_related("components__addresses"):
        new = AssessmentItem.objects.create(assessment=copy, **_copied(item, "assessment"))
        for component in item.components.all():
            made = Component.objects.create(item=new, **_copied(component, "item"))
            made.addresses.set(component.addresses.all())
    return copy


def _copied(row: Any, above: str) -> dict[str, Any]:
    """The columns of a row, but for its key and what it belongs to."""
    names = [field.name for field in row._meta.concrete_fields if not field.primary_key]
    return {name: getattr(row, name) for name in names if name != above}


def shipped_frameworks() -> dict[str, dict[str, str]]:
    """What the frameworks of the shipped lists are called, by their keys and by language."""
    return {
        entry["framework"]: {"th": entry["title_th"], "en": entry["title_en"]}
        for entry in _shipped_entries()
    }


def _shipped_entries() -> list[dict[str, str]]:
    with (FOLDER / "assessments.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_shipped(user: Any = None) -> list[Assessment]:
    """The shipped lists that are not there yet; what the office has is left as it is.

    `user` is who asks for it, None for a command. Raises `PermissionDenied`.
    """
    if user is not None:
        _check(user, ADD)
    entries = _shipped_entries()
    return [made for entry in entries if (made := _load(entry))]


@transaction.atomic
def _load(entry: dict[str, str]) -> Assessment | None:
    framework, _created = Framework.objects.get_or_create(
        key=entry["framework"],
        defaults={"title_th": entry["title_th"], "title_en": entry["title_en"]},
    )
    assessment, created = Assessment.objects.get_or_create(
        framework=framework,
        fiscal_year=int(entry["fiscal_year"]),
        defaults={"source": entry["source"]},
    )
    if not created:
        return None
    table = read_table((FOLDER / entry["file"]).read_bytes())
    _take_rows(assessment, read_rows(table, COLUMNS))
    return assessment


def _check(user: Any, permission: str) -> None:
    if not user.has_perm(permission):
        raise PermissionDenied(_("Assessments are kept by the administrators."))


def _values_of(item: AssessmentItem) -> Iterator[dict[str, Any]]:
    own = {name: getattr(item, name) for name in _ITEM_FIELDS}
    for component in item.components.all() or [None]:
        values: dict[str, Any] = {"code": item.code, **own}
        if component:
            values |= {
                "component_th": component.title_th,
                "component_en": component.title_en,
                "year_offset": component.year_offset,
                "disclosure_codes": component.disclosure_codes,
                "addresses": " ".join(map(address_text, component.addresses.all())),
            }
        yield values
        own = {}


def address_text(address: Address) -> str:
    """As people write it: `/th/contact/`, or the permanent id where it has no page now."""
    return str(address) if address.path else f"#{address.locale}:{address.short_id}"


def addresses_of(text: str) -> tuple[list[Address], list[str]]:
    """The addresses that a text names, with blanks between them, and the words that name none."""
    found, unknown = [], []
    for word in text.replace(",", " ").split():
        if word.startswith("#"):
            locale, _colon, short_id = word[1:].partition(":")
            address = Address.objects.filter(locale=locale, short_id=short_id).first()
        else:
            locale, _slash, path = word.removeprefix("/").partition("/")
            path = f"/{path}"
            path = path if path.endswith("/") else f"{path}/"
            address = Address.objects.filter(locale=locale, path=path).order_by("pk").first()
        if address:
            found.append(address)
        else:
            unknown.append(word)
    return found, unknown


def _take_rows(assessment: Assessment, rows: list[SheetRow]) -> Taken:
    errors: list[RowError] = []
    done = Taken()
    there = {item.code: item for item in assessment.items.all()}
    grouped: dict[str, list[SheetRow]] = {}
    for row in rows:
        grouped.setdefault(row.values["code"], []).append(row)
    for order, (item_code, lines) in enumerate(grouped.items(), start=1):
        is_new = item_code not in there
        item = there.get(item_code) or AssessmentItem(assessment=assessment, code=item_code)
        values: dict[str, Any] = {
            name: lines[0].values[name] for name in _ITEM_FIELDS if name in lines[0].values
        }
        if is_new:
            values |= {"code": item_code, "sort_order": order}
            values.setdefault("title_th", "")
        if _note_problems(item, values, lines, errors):
            continue
        differs = _set(item, values)
        if is_new or differs:
            item.save()
        differs = _take_components(item, lines, errors) or differs
        done.created += is_new
        done.changed += differs and not is_new
        done.unchanged += not differs and not is_new
    if errors:
        raise ListErrors(sorted(errors, key=lambda error: error.row))
    return done


def _note_problems(
    item: AssessmentItem, values: dict[str, Any], lines: list[SheetRow], errors: list[RowError]
) -> bool:
    for name, value in values.items():
        try:
            field: Any = item._meta.get_field(name)
            field.clean(value, item)
        except ValidationError as error:
            label = capfirst(str(_LABELS.get(name, "")))
            errors += [RowError(lines[0].number, label, message) for message in error.messages]
    return any(error.row == lines[0].number for error in errors)


def _set(instance: Any, values: dict[str, Any]) -> bool:
    """Sets what differs, and tells whether anything did."""
    differs = False
    for name, value in values.items():
        if getattr(instance, name) != value:
            setattr(instance, name, value)
            differs = True
    return differs


def _take_components(item: AssessmentItem, lines: list[SheetRow], errors: list[RowError]) -> bool:
    """In place, in the order of the lines; those that are too many go."""
    there = list(item.components.prefetch_related("addresses"))
    differs = False
    number = 0
    for row in lines:
        given = row.values
        if not any(given.get(key) for key in ("component_th", "disclosure_codes", "addresses")):
            continue
        component = there[number] if number < len(there) else Component(item=item)
        number += 1
        addresses, unknown = addresses_of(given.get("addresses") or "")
        for word in unknown:
            message = _("No page stands at %(address)s.") % {"address": word}
            errors.append(RowError(row.number, capfirst(str(_LABELS["addresses"])), message))
        values = {
            "title_th": given.get("component_th") or item.title_th,
            "title_en": given.get("component_en") or "",
            "year_offset": given.get("year_offset") or 0,
            "disclosure_codes": given.get("disclosure_codes") or "",
            "sort_order": number,
        }
        if _set(component, values) or component.pk is None:
            try:
                component.clean_fields(exclude=["item"])
            except ValidationError as error:
                errors += [RowError(row.number, "", message) for message in error.messages]
                continue
            component.save()
            differs = True
        if set(addresses) != set(component.addresses.all()):
            component.addresses.set(addresses)
            differs = True
    for component in there[number:]:
        component.delete()
        differs = True
    return differs
