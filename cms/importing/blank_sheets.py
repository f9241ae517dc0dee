"""The empty spreadsheet that is offered for download: headings, choices, and what each is for."""

import csv
import io
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from cms.divisions.scope import scope_of
from cms.importing.columns import COLUMNS, headings
from cms.importing.kinds import KINDS, field_of, name_of
from cms.importing.limits import ROWS
from cms.importing.permissions import check_may_import
from cms.importing.places import Places
from cms.opendata.tables.cells import without_formula
from pages.models import DisclosureItem

_BOM = "\ufeff"  # tells spreadsheet programs that the Thai is UTF-8
_WIDTH = 24


def as_csv(user: Any) -> bytes:
    """The headings alone, in the language of now. Raises `PermissionDenied`."""
    check_may_import(user)
    text = io.StringIO()
    csv.writer(text).writerow(headings())
    return (_BOM + text.getvalue()).encode()


def as_xlsx(user: Any) -> bytes:
    """The headings; a sheet that explains each column; a sheet of choices, offered in the cells.

    Only the first sheet is read when it is uploaded again. Raises `PermissionDenied`.
    """
    check_may_import(user)
    workbook = Workbook()
    rows, explained, lists = (
        workbook.active,
        workbook.create_sheet(_("Columns")),
        workbook.create_sheet(_("Choices")),
    )
    rows.title = _("Rows")
    rows.append(headings())
    explained.append([_("Column"), _("What to write"), _("Example")])
    for column in COLUMNS:
        explained.append([capfirst(str(column.label)), str(column.help), column.example])
    _offer(rows, lists, _choices(Places(user)))
    for sheet in workbook.worksheets:
        sheet.freeze_panes = "A2"
        for number in range(1, sheet.max_column + 1):
            sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
        for cell in sheet[1]:
            cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True)
    explained.column_dimensions["B"].width = 3 * _WIDTH
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _choices(places: Places) -> dict[str, list[str]]:
    """What may be written in a column, for those with a list."""
    scope = scope_of(places.user)
    departments = [
        department.title for department in places.departments if scope.covers_ids({department.pk})
    ]
    items = DisclosureItem.objects.filter(locale=places.locale).order_by("sort_order", "pk")
    kinds = []
    for model in KINDS:
        field = field_of(model, "kind")
        kinds += [str(label) for _key, label in field.choices] if field else []
    return {
        "type": [name_of(model) for model in KINDS],
        "section": places.open_paths(),
        "department": departments,
        "disclosure_item": [item.code for item in items],
        "kind": list(dict.fromkeys(kinds)),
    }


def _offer(rows: Any, lists: Any, choices: dict[str, list[str]]) -> None:
    """Writes the lists side by side and lets the cells of the first sheet offer them."""
    keys = [column.key for column in COLUMNS]
    for number, (key, values) in enumerate(choices.items(), start=1):
        letter = get_column_letter(number)
        lists.cell(1, number, headings()[keys.index(key)])
        for line, value in enumerate(values, start=2):
            cell = lists.cell(line, number, without_formula(value))
            cell.data_type = "s"  # text, whatever it looks like
        source = f"'{lists.title}'!${letter}$2:${letter}${len(values) + 1}"
        offered = DataValidation(type="list", formula1=source, allow_blank=True)
        offered.showErrorMessage = False  # the check says what is wrong, in a sentence
        target = get_column_letter(keys.index(key) + 1)
        offered.add(f"{target}2:{target}{ROWS + 1}")
        if values:
            rows.add_data_validation(offered)
