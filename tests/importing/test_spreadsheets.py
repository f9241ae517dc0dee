"""Spreadsheets of every encoding become drafts with division, item and dates."""

import datetime
import io
import zipfile

import pytest
from django.utils import translation
from openpyxl import load_workbook

from cms.importing import blank_sheets, limits
from cms.importing.models import ImportRun
from cms.publication.models import Publication
from pages.models import DisclosureItem, LawPage, NewsPage, PlanPage, QuestionAnswerPage
from tests.importing.uploads import (
    ROW,
    checked,
    csv,
    drafts,
    headings,
    imported,
    noted,
    said,
    xlsx,
)
from tests.office import Office

State = ImportRun.State


def test_row_becomes_a_draft_with_division_item_and_dates(open_office: Office):
    finance = open_office.department(title="กองคลัง", short_title="คลัง")
    item = open_office.record(DisclosureItem, title="ข่าว", code="1.4(1)")
    published = Publication.objects.count()
    row = {
        **ROW,
        "summary": "สรุป",
        "body": "ย่อหน้าแรก\n\nย่อหน้าที่สอง",
        "department": "คลัง",
        "disclosure_item": "๑.๔ (๑)",
        "posted_on": "๒๔/๑๑/๒๕๖๒",
        "review_due": datetime.date(2027, 1, 31),
        "kind": "ประกาศ",
    }

    (page,) = drafts(imported(open_office.reporter, xlsx([row])))

    assert isinstance(page, NewsPage)
    assert (page.title, page.summary, page.kind) == ("ข่าวเก่า", "สรุป", "announcement")
    assert (page.department, page.disclosure_item) == (finance, item)
    assert page.posted_on == datetime.date(2019, 11, 24)
    assert page.review_due == datetime.date(2027, 1, 31)
    assert str(page.body[0].value) == "<p>ย่อหน้าแรก</p><p>ย่อหน้าที่สอง</p>"
    assert page.get_parent().pk == open_office.news.pk
    assert not NewsPage.objects.get(pk=page.pk).live
    assert page.latest_revision.user == page.owner == open_office.reporter.user
    assert Publication.objects.count() == published


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_csv_of_every_thai_encoding_is_read(open_office: Office, encoding: str):
    run = imported(open_office.reporter, csv([ROW], encoding), "rows.csv")

    assert [page.title for page in drafts(run)] == ["ข่าวเก่า"]


def test_english_headings_and_names_are_understood(open_office: Office):
    row = {**ROW, "type": "News", "kind": "Procurement notice", "section": "ข่าว"}

    (page,) = drafts(imported(open_office.reporter, xlsx([row], "en")))

    assert page.kind == "procurement"


def test_buddhist_year_typed_into_a_date_cell_is_understood(open_office: Office):
    row = {**ROW, "posted_on": datetime.date(2567, 2, 28)}

    (page,) = drafts(imported(open_office.reporter, xlsx([row])))

    assert page.posted_on == datetime.date(2024, 2, 28)


def test_each_kind_takes_its_own_fields(open_office: Office):
    section = {"section": "/th/news/"}
    rows = [
        {
            **section,
            "code": "a",
            "type": "แผน",
            "title": "แผนพัฒนา",
            "kind": "แผนพัฒนาท้องถิ่น",
            "fiscal_year": "๒๕๖๖",
            "last_fiscal_year": 2570,
        },
        {
            **section,
            "code": "b",
            "type": "กฎหมาย",
            "title": "ข้อบัญญัติ",
            "source": "ราชกิจจานุเบกษา",
            "effective_on": "1/2/2566",
        },
        {
            **section,
            "code": "c",
            "type": "คำถามพร้อมคำตอบ",
            "title": "ภาษี",
            "question": "เสียภาษีที่ไหน",
            "body": "ที่กองคลัง",
            "asked_on": "1/2/2566",
            "answered_on": "3/2/2566",
        },
    ]

    plan, law, answer = drafts(imported(open_office.reporter, xlsx(rows)))

    assert isinstance(plan, PlanPage)
    assert (plan.kind, plan.fiscal_year, plan.last_fiscal_year) == ("development", 2566, 2570)
    assert isinstance(law, LawPage)
    assert (law.source, law.effective_on) == ("ราชกิจจานุเบกษา", datetime.date(2023, 2, 1))
    assert isinstance(answer, QuestionAnswerPage)
    assert str(answer.answer[0].value) == "<p>ที่กองคลัง</p>"
    assert answer.posted_on == datetime.date(2023, 2, 3)


def test_every_error_is_listed_with_its_row_and_column(open_office: Office):
    rows = [
        ROW,
        {"code": "2", "type": "นิยาย", "title": "ก", "section": "/nowhere/"},
        {**ROW, "code": "1", "title": "", "posted_on": "31/2/2566", "kind": "ไม่มี"},
        {**ROW, "code": "", "department": "กองบิน", "disclosure_item": "9.9"},
        {**ROW, "code": "5", "type": "รายงาน", "kind": "", "fiscal_year": "66"},
        {**ROW, "code": "6", "summary": "ย" * 501},
    ]

    run = checked(open_office.reporter, xlsx(rows))

    assert run.state == State.REFUSED
    assert [(row, column) for row, column, _words in said(run)] == [
        (3, "type"),
        (3, "section"),
        (4, "code"),
        (4, "title"),
        (4, "posted_on"),
        (4, "kind"),
        (5, "code"),
        (5, "department"),
        (5, "disclosure_item"),
        (6, "fiscal_year"),
        (7, "summary"),
    ]
    assert said(run)[4][2] == "There is no such day. Check the day and the month."
    assert said(run, "th")[4][2] == "ไม่มีวันที่นี้ โปรดตรวจสอบวันและเดือน"
    assert not NewsPage.objects.filter(title="ข่าวเก่า").exists()


def test_empty_rows_do_not_shift_the_numbers(open_office: Office):
    content = csv([ROW, {}, {**ROW, "title": "", "code": "3"}]).replace(b",,,", b"")

    run = checked(open_office.reporter, content, "rows.csv")

    assert [row for row, _column, _words in said(run)] == [4]


def test_dates_in_the_wrong_order_are_refused_by_the_rules_of_the_type(open_office: Office):
    row = {**ROW, "type": "รายงาน", "period_from": "2/1/2566", "period_until": "1/1/2566"}

    run = checked(open_office.reporter, xlsx([row]))

    assert said(run) == [(2, "period_until", "This is before the period begins.")]


def test_what_a_draft_still_lacks_is_a_note_and_no_error(open_office: Office):
    run = imported(open_office.reporter, xlsx([{**ROW, "type": "รายงาน"}]))

    (note,) = run.listed_notes
    with translation.override("en"):
        words = "The draft still lacks: Kind, Fiscal year (B.E.). Fill it in before it is signed."
        assert note.words == words


def test_unknown_column_is_named(open_office: Office):
    content = csv([ROW]).replace(b"\r\n", ",หมายเหตุภายใน\r\n".encode(), 1)

    assert (1, "unknown_column") in noted(
        checked(open_office.reporter, content + b",x", "rows.csv")
    )


def test_files_are_listed_to_be_uploaded_by_hand(open_office: Office):
    body = (
        '<p>ดู <a href="https://old.example/a.pdf">ไฟล์</a></p><img src="https://old.example/b.jpg">'
    )
    run = imported(
        open_office.reporter,
        xlsx([{**ROW, "body": body, "attachments": "https://old.example/c.zip"}]),
    )

    (note,) = run.listed_notes
    assert note.params["files"] == [
        f"https://old.example/{name}" for name in ("c.zip", "a.pdf", "b.jpg")
    ]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "rows.csv", "empty"),
        (b"%PDF-1.4", "rows.csv", "not_a_file_of_rows"),
        (b"PK\x03\x04broken", "rows.xlsx", "broken_archive"),
        ("ก,ข\r\n1,2".encode(), "rows.csv", "no_column"),
        ("ชื่อเรื่อง\r\n".encode(), "rows.csv", "no_rows"),
    ],
)
def test_file_that_holds_no_rows_is_refused(open_office: Office, content, name, code):
    run = checked(open_office.reporter, content, name)

    assert run.state == State.REFUSED
    assert [problem.code for problem in run.listed_problems] == [code]
    assert said(run, "th")[0][2]


def test_more_rows_than_may_be_imported_at_once_are_refused(open_office: Office, monkeypatch):
    monkeypatch.setattr(limits, "ROWS", 2)
    rows = [{**ROW, "code": str(number)} for number in range(3)]

    run = checked(open_office.reporter, xlsx(rows))

    assert [problem.code for problem in run.listed_problems] == ["too_many_to_import"]


def test_workbook_that_unpacks_to_too_much_is_refused_unread(open_office: Office):
    buffer = io.BytesIO(xlsx([ROW]))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b"\0" * (limits.UNPACKED_BYTES + 1))

    run = checked(open_office.reporter, buffer.getvalue())

    assert [problem.code for problem in run.listed_problems] == ["unpacks_too_large"]


def test_workbook_with_entities_is_refused(open_office: Office):
    original = zipfile.ZipFile(io.BytesIO(xlsx([ROW])))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in original.namelist():
            text = original.read(name)
            if name == "xl/worksheets/sheet1.xml":
                prolog = b'<!DOCTYPE worksheet [<!ENTITY a "aaaa">]>'
                text = text.replace(b"<worksheet", prolog + b"<worksheet", 1)
            archive.writestr(name, text)

    run = checked(open_office.reporter, buffer.getvalue())

    assert [problem.code for problem in run.listed_problems] == ["xml_entities"]


@pytest.mark.parametrize("language", ["th", "en"])
def test_template_has_every_heading_and_offers_the_choices(open_office: Office, language: str):
    with translation.override(language):
        workbook = load_workbook(io.BytesIO(blank_sheets.as_xlsx(open_office.reporter.user)))
        first_line = blank_sheets.as_csv(open_office.reporter.user).decode("utf-8-sig").strip()

    cells = [cell.value.lower() for cell in workbook.worksheets[0][1]]
    assert cells[:3] == [one.lower() for one in headings(["code", "type", "title"], language)]
    assert first_line.lower().split(",") == cells
    assert "/news/" in [cell.value for cell in workbook.worksheets[2]["B"]]
    assert len(workbook.worksheets[0].data_validations.dataValidation) >= 3
