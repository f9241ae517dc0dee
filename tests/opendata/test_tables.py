"""Tables in every format, opened again by other programs than the one that wrote them."""

import csv
import datetime
import json
from pathlib import Path

import pytest
from defusedxml import ElementTree
from odf import opendocument
from odf.table import Table, TableCell, TableRow
from odf.teletype import extractText

from cms.opendata import limits
from cms.opendata.tables.cells import column_names, is_number, without_formula
from tests.opendata import uploads
from tests.opendata.converting import converted, preview, refusal

VILLAGES = "รหัส,ชื่อหมู่บ้าน,ครัวเรือน\n0632,บ้านทะเล,12\n0007,บ้านเกาะ,7\n"


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def read_ods(path: Path) -> list[list[tuple[str, str]]]:
    """The type and text of every cell."""
    sheet = opendocument.load(str(path)).spreadsheet.getElementsByType(Table)[0]
    return [
        [
            (cell.getAttribute("valuetype"), extractText(cell))
            for cell in row.getElementsByType(TableCell)
        ]
        for row in sheet.getElementsByType(TableRow)
    ]


def test_csv_is_utf_8_with_a_byte_order_mark(tmp_path: Path):
    result = converted(uploads.csv(tmp_path, VILLAGES), "csv")

    assert result.read_bytes().startswith(b"\xef\xbb\xbf")
    assert read_csv(result)[1] == ["0632", "บ้านทะเล", "12"]


def test_json_is_an_array_of_objects_in_which_codes_stay_text(tmp_path: Path):
    result = converted(uploads.csv(tmp_path, VILLAGES), "json")

    rows = json.loads(result.read_text(encoding="utf-8"))
    assert rows[0] == {"รหัส": "0632", "ชื่อหมู่บ้าน": "บ้านทะเล", "ครัวเรือน": 12}


def test_xml_names_thai_columns_by_an_attribute(tmp_path: Path):
    result = converted(uploads.csv(tmp_path, VILLAGES), "xml")

    first = ElementTree.parse(result).getroot()[0]
    assert [(cell.get("name"), cell.text) for cell in first][:2] == [
        ("รหัส", "0632"),
        ("ชื่อหมู่บ้าน", "บ้านทะเล"),
    ]


def test_ods_keeps_codes_as_text_and_numbers_as_numbers(tmp_path: Path):
    result = converted(uploads.csv(tmp_path, VILLAGES), "ods")

    assert read_ods(result)[1] == [("string", "0632"), ("string", "บ้านทะเล"), ("float", "12")]


def test_ods_keeps_spaces_lines_and_signs_of_xml(tmp_path: Path):
    table = uploads.csv(tmp_path, 'ก\n"  สอง  ช่อง <b>&\nบรรทัด"\n')

    assert read_ods(converted(table, "ods"))[1] == [("string", "  สอง  ช่อง <b>&บรรทัด")]


def test_column_with_one_code_is_text_altogether(tmp_path: Path):
    table = uploads.csv(tmp_path, "เลขที่\n12\n007\n")

    assert json.loads(converted(table, "json").read_text()) == [{"เลขที่": "12"}, {"เลขที่": "007"}]


def test_same_table_gives_the_same_bytes_every_day(tmp_path: Path):
    table = uploads.csv(tmp_path, VILLAGES)

    for target in ("csv", "json", "xml", "ods"):
        assert converted(table, target).read_bytes() == converted(table, target).read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620", "utf-16"])
def test_thai_encodings_are_recognised(tmp_path: Path, encoding: str):
    table = uploads.csv(tmp_path, VILLAGES, encoding)

    assert read_csv(converted(table, "csv"))[1][1] == "บ้านทะเล"


def test_thai_beyond_the_first_megabyte_is_recognised(tmp_path: Path):
    table = uploads.csv(tmp_path, "ก\n" + "ascii only\n" * 120_000 + "บ้าน\n", "cp874")

    assert read_csv(converted(table, "csv"))[-1] == ["บ้าน"]


def test_text_in_another_encoding_is_refused(tmp_path: Path):
    assert refusal("table", uploads.csv(tmp_path, "café,crème\nété,là\n", "latin-1")) == "encoding"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found(tmp_path: Path, separator: str):
    table = uploads.csv(tmp_path, VILLAGES.replace(",", separator))

    assert [column["name"] for column in preview(table)["columns"]][2] == "ครัวเรือน"


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1+1"])
def test_formula_in_csv_is_only_text(tmp_path: Path, cell: str):
    table = uploads.csv(tmp_path, f'ก,ข\n"{cell}",x\n')

    assert read_csv(converted(table, "csv"))[1] == [f"'{cell}", "x"]


def test_formula_in_ods_is_a_text_cell(tmp_path: Path):
    table = uploads.csv(tmp_path, "ก\n=HYPERLINK(1)\n")

    assert read_ods(converted(table, "ods"))[1] == [("string", "=HYPERLINK(1)")]


def test_formula_as_a_column_name_is_only_text(tmp_path: Path):
    assert read_csv(converted(uploads.csv(tmp_path, "=1+1\nx\n"), "csv"))[0] == ["'=1+1"]


@pytest.mark.parametrize("number", ["-5", "+66", "-1,250.50", "-", "-3%", "-1e5"])
def test_plain_number_and_dash_are_no_formula(number: str):
    assert without_formula(number) == number


@pytest.mark.parametrize("text", ["007", "1,234", "1234567890123456", "๑๒", "", "1.", "+5", "1e5"])
def test_what_is_no_plain_number_stays_text(text: str):
    assert not is_number(text)


@pytest.mark.parametrize("text", ["0", "-0.5", "12", "123456789012345", "-1.25"])
def test_plain_number(text: str):
    assert is_number(text)


def test_characters_that_xml_forbids_are_left_out(tmp_path: Path):
    table = uploads.csv(tmp_path, "ก\na\x01\x0bb\x1f\ufffe\n")

    assert ElementTree.parse(converted(table, "xml")).getroot()[0][0].text == "ab"


def test_empty_and_repeated_column_names_are_told_apart():
    assert column_names(["ปี", "", "ปี", " ปี\n", "ปี (2)"]) == [
        "ปี",
        "column_2",
        "ปี (2)",
        "ปี (3)",
        "ปี (2) (2)",
    ]


def test_preview_tells_columns_types_count_and_first_rows(tmp_path: Path):
    rows = "".join(f"{i:03d},{i}\n" for i in range(1, 51))

    found = preview(uploads.csv(tmp_path, f"รหัส,จำนวน\n{rows}"))

    assert found["columns"] == [
        {"name": "รหัส", "type": "text"},
        {"name": "จำนวน", "type": "number"},
    ]
    assert found["count"] == 50
    assert found["rows"][-1] == ["020", "20"]


def test_workbook_gives_codes_dates_and_numbers_as_they_are_meant(tmp_path: Path):
    day = datetime.datetime(2026, 10, 1)
    rows = [["รหัส", "วันที่", "ร้อยละ", "ใช่"], [632, day, 0.25, True], ["007", None, 3, False]]

    table = uploads.xlsx(tmp_path, rows, {"A2": "00000"})

    assert read_csv(converted(table, "csv"))[1:] == [
        ["00632", "2026-10-01", "0.25", "TRUE"],
        ["007", "", "3", "FALSE"],
    ]


def test_spreadsheet_gives_its_rows(tmp_path: Path):
    table = uploads.ods(tmp_path, [["รหัส", "ชื่อ"], ["007", "บ้าน"], ["", ""], ["008", "=1"]])

    assert read_csv(converted(table, "csv"))[1:] == [["007", "บ้าน"], ["008", "'=1"]]


def test_our_own_ods_is_read_again(tmp_path: Path):
    first = converted(uploads.csv(tmp_path, VILLAGES), "ods")

    assert read_csv(converted(first, "csv"))[1] == ["0632", "บ้านทะเล", "12"]


def test_empty_rows_and_short_rows_are_no_problem(tmp_path: Path):
    table = uploads.csv(tmp_path, "\nก,ข\n\n1\n,\n2,x,\n")

    assert read_csv(converted(table, "csv")) == [["ก", "ข"], ["1", ""], ["2", "x"]]


def test_row_with_more_cells_than_columns_is_named(tmp_path: Path):
    assert refusal("table", uploads.csv(tmp_path, "ก,ข\n1,2\n1,2,3\n")) == "row_too_long"


def test_open_quotation_mark_is_named_with_its_row(tmp_path: Path):
    assert refusal("table", uploads.csv(tmp_path, 'ก,ข\n1,2\n"1,2\n3,4\n')) == "unclosed_quote"


@pytest.mark.parametrize("text", ["ก,ข\n", "\n\n"])
def test_table_without_rows_is_refused(tmp_path: Path, text: str):
    assert refusal("table", uploads.csv(tmp_path, text)) == "no_rows"


def test_sheet_of_too_many_rows_is_refused_as_ods_only(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(limits, "SHEET_ROWS", 2)
    table = uploads.csv(tmp_path, VILLAGES)

    assert len(read_csv(converted(table, "csv"))) == 3
    with pytest.raises(Exception, match="too_many_sheet_rows"):
        converted(table, "ods")
