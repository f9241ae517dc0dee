"""Exports: opened again by other programs, harmless, complete, logged."""

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from cms.engagement.models import Case, CaseEvent
from tests.admin import browser
from tests.engagement.desk import act, desk_url, handler
from tests.engagement.standing import DAY, NAME, TELEPHONE, WORDS, Form, asks
from tests.office import Office

FORMULA = '=HYPERLINK("http://evil.example","x")'


@pytest.fixture
def desk(open_office: Office) -> Any:
    """A browser at the questions desk, where one dangerous case waits."""
    form = Form("question")
    typed = {
        NAME["id"]: FORMULA,
        WORDS["id"]: "@SUM(A1)\nสองบรรทัด",
        TELEPHONE["id"]: "+66 38 123 456",
        DAY["id"]: "24/11/2569",
    }
    form.send(form.typed(**typed))
    return browser(handler(open_office, "question"))


def as_csv(desk: Any, query: str = "") -> list[dict[str, str]]:
    content = desk.get(f"{desk_url('question', 'export', 'csv')}?{query}").content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def as_xlsx(desk: Any) -> list[list[Any]]:
    content = desk.get(desk_url("question", "export", "xlsx")).content
    sheet = load_workbook(io.BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows()]


def test_csv_holds_every_answer_and_no_formula(desk: Any):
    (row,) = as_csv(desk)

    assert row["ชื่อ"] == f"'{FORMULA}"
    assert row["ข้อความ"] == "'@SUM(A1)\nสองบรรทัด"
    assert row["โทรศัพท์"] == "'+66 38 123 456"
    assert row["วันที่"] == "2026-11-24"
    assert Case.objects.get().reference in row.values()


def test_xlsx_holds_texts_only(desk: Any):
    _headings, row = as_xlsx(desk)

    assert FORMULA in [cell.value for cell in row]
    assert {cell.data_type for cell in row if cell.value is not None} <= {"s", "inlineStr"}


def test_negative_number_stays_a_number(open_office: Office):
    field = asks("number_field", "จำนวน")
    form = Form("question", form_fields=[field])
    form.send({"token": form.token(), field["id"]: "-๑๒"})

    (row,) = as_csv(browser(handler(open_office, "question")))

    assert row["จำนวน"] == "-12"


def test_export_follows_the_filters(desk: Any):
    assert len(as_csv(desk, "state=new")) == 1
    assert as_csv(desk, "state=answered") == []


def test_export_has_the_secret_of_no_receipt(desk: Any):
    content = desk.get(desk_url("question", "export", "csv")).content.decode()

    assert Case.objects.get().receipt_token not in content


def test_each_export_is_logged(desk: Any):
    as_csv(desk)
    as_xlsx(desk)

    events = CaseEvent.objects.filter(kind="exported")
    assert [event.detail for event in events] == ["csv: 1", "xlsx: 1"]
    assert {event.user.username for event in events} == {"desk-question"}


@pytest.mark.parametrize("query", ["export=csv", "export=xlsx"])
def test_wagtails_own_export_is_closed(desk: Any, query: str):
    response = desk.get(f"{desk_url('question')}?{query}")

    assert response["Content-Type"].startswith("text/html")
    assert not CaseEvent.objects.filter(kind="exported").exists()


def test_answer_of_the_office_is_harmless_too(desk: Any):
    act(desk, Case.objects.get(), "reply", text="=1+1", state="answered")

    (row,) = as_csv(desk)

    assert "'=1+1" in row.values()
