"""Why an uploaded file is refused, in words that tell a clerk what to do."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# Kept as a code with its values, so that each reader gets the words in their own language.
PROBLEMS = {
    "not_a_table": _(
        "This file is not a table: its content is %(found)s. Save the table as CSV, XLSX or ODS "
        "and choose that file."
    ),
    "not_a_map": _(
        "This file is not a map: its content is %(found)s. Choose a GeoJSON, KML, KMZ or GPKG "
        "file, or a ZIP of a shapefile."
    ),
    "misnamed": _(
        "The file is named %(suffix)s, but its content is %(found)s. Give it its true name, or "
        "save it again in the format of its name."
    ),
    "empty": _("The file is empty. Choose the file again."),
    "too_large": _(
        "The file has more than %(limit)s MB. Split it into several files and add each as a "
        "resource."
    ),
    "unpacks_too_large": _(
        "The archive unpacks to more than %(limit)s MB. Pack only the files of one map or table."
    ),
    "too_many_entries": _(
        "The archive holds more than %(limit)s files. Pack only the files of one map or table."
    ),
    "broken_archive": _(
        "The archive is broken or uses an unknown compression. Save or pack the file again."
    ),
    "encrypted": _("The file is protected by a password. Save it without one."),
    "macros": _("The workbook holds macros. Save it as XLSX without macros, or as CSV."),
    "xml_entities": _(
        "The file holds XML entities or a document type, which are not accepted. Save it again "
        "with another program."
    ),
    "encoding": _(
        "The text is neither UTF-8 nor TIS-620 (Windows-874). Save the file as “CSV UTF-8”."
    ),
    "broken": _(
        "The file cannot be read as %(found)s. Open it in the program that made it and save it "
        "again."
    ),
    "unclosed_quote": _(
        "The table cannot be read from row %(row)s on: a quotation mark is opened there and not "
        "closed, or a cell is longer than %(limit)s characters. Correct that row."
    ),
    "no_rows": _(
        "The table has no rows. The first row must hold the column names and the rows below it "
        "the data."
    ),
    "row_too_long": _(
        "Row %(row)s has %(cells)s cells, but the first row names only %(columns)s columns. "
        "Correct the row, or name every column in the first row."
    ),
    "too_many_columns": _(
        "The table has more than %(limit)s columns. Split it into several tables."
    ),
    "too_many_rows": _("The table has more than %(limit)s rows. Split it into several tables."),
    "too_many_sheet_rows": _(
        "ODS holds at most %(limit)s rows, the column names included, and this table has more. "
        "The other formats are complete; split the table if ODS is needed."
    ),
    "shapefile_parts": _(
        "The shapefile %(name)s lacks its part %(part)s. Pack the files .shp, .shx, .dbf and "
        ".prj of the map into one ZIP."
    ),
    "no_features": _("The map has no places: no point, line or area was found in the file."),
    "no_coordinate_system": _(
        "The file does not say which coordinate system its coordinates are in. Add the .prj file "
        "to the ZIP, or export the map in WGS 84 (EPSG:4326)."
    ),
    "outside_the_world": _(
        "Coordinates lie outside the world: longitude must be within ±180 and latitude within "
        "±90 degrees. Export the map in WGS 84 (EPSG:4326)."
    ),
    "geometry": _(
        "The map holds shapes that are neither points, lines nor areas (curves or surfaces). "
        "Export it with straight lines."
    ),
    "too_much_work": _(
        "The file needs more memory or time than one conversion may use. Split it into smaller "
        "files."
    ),
    "interrupted": _("The conversion was interrupted and will be tried again."),
    "failed": _(
        "The conversion failed for a reason in the system, not in the file. Try again; if it "
        "fails again, tell the administrator."
    ),
}


class Refused(Exception):
    """A file that cannot be accepted. `code` names a text of `PROBLEMS`, `params` its values."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code, self.params = code, params


def problem_text(code: str, params: dict[str, Any]) -> str:
    """The words of a problem in the language of now; empty for no problem."""
    return str(PROBLEMS[code]) % params if code else ""
