"""Tables as files: whatever stands in a text, the file can be written and opened."""

import io

from openpyxl import load_workbook

from cms.thai.spreadsheets import write_table


def test_control_characters_of_a_pasted_text_are_left_out_of_a_workbook():
    workbook = load_workbook(io.BytesIO(write_table([["หนึ่ง\x0bสอง", "\x00"]], "xlsx")))

    assert workbook.active.cell(1, 1).value == "หนึ่งสอง"
