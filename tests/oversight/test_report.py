"""The oversight report: rows, filters, any past day, who sees drafts, and its files."""

import csv
import datetime
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook
from wagtail.users.models import UserProfile

from cms.audit.models import AuditEvent
from cms.oversight.coverage import State, coverage, totals
from cms.oversight.history import record_coverage
from cms.oversight.models import LinkCheck
from cms.oversight.report_rows import labelled
from cms.thai.typed_dates import write_date
from pages.models import DisclosureItem
from tests.admin import browser
from tests.oversight.duties import owe, show, traveller
from tests.publication.withdrawing import latest, withdraw
from tests.thai.pdf_reading import with_pdfium as pdf_text
from tests.website.reading import thai, words

DAY = datetime.timedelta(days=1)


@pytest.fixture
def travel(monkeypatch):
    return traveller(monkeypatch)


@pytest.fixture
def owing(open_office):
    """Two chapters of two divisions: missing, incomplete, fresh, and fresh with a broken link."""
    finance = open_office.show(open_office.department(title="กองคลัง"))
    works = open_office.show(open_office.department(title="กองช่าง"))
    money = owe(open_office, "1", title="การเงิน", responsible_division=finance)
    roads = owe(open_office, "2", title="ถนน", responsible_division=works)
    owe(open_office, "1.1", parent=money)
    show(open_office, owe(open_office, "1.2", parent=money, languages=["th", "en"]))
    show(open_office, owe(open_office, "2.1", parent=roads))
    broken = show(open_office, owe(open_office, "2.2", parent=roads))
    check = LinkCheck.objects.create(url="https://example.org/", failing_since=timezone.now())
    check.publications.add(latest(broken))
    open_office.finance, open_office.works, open_office.roads = finance, works, roads
    return open_office


def page_of(clerk: Any, **params: Any) -> BeautifulSoup:
    response = browser(clerk).get(reverse("coverage_report"), params)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def codes(page: BeautifulSoup) -> list[str]:
    return [words(cell).split()[0] for cell in page.select(".oversight-table tbody th")]


def numbers(page: BeautifulSoup) -> dict[str, int]:
    return {words(pair.dt): int(words(pair.dd)) for pair in page.select(".oversight-totals > div")}


def file_of(clerk: Any, file_format: str, **params: Any) -> bytes:
    response = browser(clerk).get(reverse("coverage_report"), {"export": file_format, **params})
    assert response.status_code == 200
    return b"".join(response)


def expected_numbers() -> dict[str, int]:
    with translation.override("th"):
        return dict(labelled(totals(coverage().standings)))


def test_the_report_tells_of_every_duty(owing):
    page = page_of(owing.reporter)

    assert codes(page) == ["1.1", "1.2", "2.1", "2.2"]
    first, _second, _third, last = (words(row) for row in page.select(".oversight-table tbody tr"))
    assert thai("missing") in first
    assert "กองคลัง" in first
    assert thai("public and reviewed") in last


def test_the_totals_are_those_of_coverage(owing):
    found = numbers(page_of(owing.reporter))

    assert found == expected_numbers()
    assert list(found.values())[:3] == [4, 2, 1]


@pytest.mark.parametrize(
    ("params", "left"),
    [
        ({"state": State.MISSING.value}, ["1.1"]),
        ({"flag": "broken"}, ["2.2"]),
        ({"flag": "language"}, ["1.1", "1.2"]),
        ({"flag": "english"}, ["1.2"]),
        ({"flag": "outdated"}, []),
        ({"flag": "unfulfilled"}, ["1.1", "1.2", "2.2"]),
        ({"state": "nonsense"}, ["1.1", "1.2", "2.1", "2.2"]),
    ],
)
def test_filters_narrow_the_rows_and_their_totals(owing, params, left):
    page = page_of(owing.reporter, **params)

    assert codes(page) == left
    assert next(iter(numbers(page).values())) == len(left)


def test_chapter_and_division_are_filters(owing):
    chapter = page_of(owing.reporter, chapter=str(owing.roads.translation_key))
    division = page_of(owing.reporter, division=str(owing.finance.translation_key))

    assert codes(chapter) == ["2.1", "2.2"]
    assert codes(division) == ["1.1", "1.2"]


def test_fiscal_years_are_a_filter(open_office):
    owe(open_office, "1.1")
    owe(open_office, "1.2", period="fiscal-year", first_fiscal_year=2568)

    assert codes(page_of(open_office.reporter, year="2568")) == ["1.2"]


def test_a_past_day_is_typed_in_the_buddhist_era(owing, travel):
    record_coverage()
    before = numbers(page_of(owing.reporter))
    day = write_date(timezone.localdate(), "th")
    travel(DAY)
    show(owing, owe(owing, "2.3", parent=owing.roads))

    page = page_of(owing.reporter, as_of=day)

    assert numbers(page) == before
    assert codes(page) == ["1.1", "1.2", "2.1", "2.2"]
    assert len(codes(page_of(owing.reporter))) == 5


@pytest.mark.parametrize("typed", ["31/02/2569", "1/1/2999", "เมื่อวาน"])
def test_a_day_that_is_none_is_said_and_stays_as_it_was_typed(owing, typed):
    page = page_of(owing.reporter, as_of=typed)

    assert page.select(".oversight-filters .w-field__errors .error-message")
    assert page.find("input", {"name": "as_of"})["value"] == typed
    assert len(codes(page)) == 4


def test_a_draft_in_sign_off_is_shown_to_its_division_alone(divisions):
    office = divisions.office
    item = owe(office, "1.1", responsible_division=divisions.finance)
    draft = divisions.draft(disclosure_item=item)
    divisions.finance_reporter.submit(draft)
    told = thai("Reporter (responsible for the information)")

    seen = {
        clerk.user.username: told in words(page_of(clerk).select_one(".oversight-table tbody"))
        for clerk in (divisions.finance_head, divisions.works_head, office.root, office.overseer)
    }

    assert seen == {
        "finance-head": True,
        "works-head": False,
        "root": True,
        "overseer": True,
    }


def test_a_draft_is_on_no_other_page_than_that_of_its_duty(divisions):
    office = divisions.office
    item = owe(office, "1.1", responsible_division=divisions.finance)
    owe(office, "1.2", responsible_division=divisions.finance)
    divisions.finance_reporter.submit(divisions.draft(disclosure_item=item))
    first, second = coverage().standings

    def told(standing: Any) -> str:
        url = reverse("duty", args=[standing.obligation.subject, 0])
        return browser(divisions.finance_head).get(url).content.decode()

    assert "ข่าวทดสอบ" in told(first)
    assert "ข่าวทดสอบ" not in told(second)


def test_the_page_of_a_duty_tells_what_counts_and_how_it_stood(owing, travel):
    show(owing, DisclosureItem.objects.get(code="2.1"), title="เอกสารที่นับ")
    record_coverage()
    travel(DAY)
    withdraw(owing, DisclosureItem.objects.get(code="2.2"))
    standing = next(one for one in coverage().standings if one.obligation.code == "2.1")
    url = reverse("duty", args=[standing.obligation.subject, 0])

    html = browser(owing.publisher).get(url).content.decode()
    of_reporter = browser(owing.reporter).get(url).content.decode()

    record = reverse("publications:record", args=[_newest("เอกสารที่นับ")])
    assert "เอกสารที่นับ" in html
    assert record in html
    assert record not in of_reporter
    assert thai("public and reviewed") in words(
        BeautifulSoup(html, "html.parser").select_one(".oversight-history")
    )


def _newest(title: str) -> int:
    from cms.publication.models import Publication

    return Publication.objects.get(title=title).pk


def test_there_is_no_page_of_what_is_not_owed(owing):
    url = reverse("duty", args=[owing.finance.translation_key, 0])

    assert browser(owing.reporter).get(url).status_code == 404


def test_the_report_is_not_for_the_public(owing, client):
    assert client.get(reverse("coverage_report")).status_code == 302


def test_csv_tells_the_rows_and_the_totals(owing):
    text = file_of(owing.reporter, "csv").decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    gap = lines.index([])

    assert [line[0] for line in lines[1:gap]] == ["1.1", "1.2", "2.1", "2.2"]
    assert {label: int(number) for label, number in lines[gap + 1 :]} == expected_numbers()


def test_xlsx_tells_the_rows_and_the_totals(owing):
    duties, sums = load_workbook(io.BytesIO(file_of(owing.reporter, "xlsx"))).worksheets

    assert [row[0] for row in duties.iter_rows(min_row=2, values_only=True)] == [
        *("1.1", "1.2", "2.1", "2.2")
    ]
    assert {row[0]: row[1] for row in sums.iter_rows(min_row=2, values_only=True)} == (
        expected_numbers()
    )


def test_files_keep_the_filters(owing):
    text = file_of(owing.reporter, "csv", state="missing").decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))

    assert [line[0] for line in lines[1 : lines.index([])]] == ["1.1"]


def test_files_are_in_thai_with_the_buddhist_era_whoever_asks(owing):
    UserProfile.objects.create(user=owing.reporter.user, preferred_language="en")
    due_on = str(timezone.localdate().year + 543 + 1)

    text = file_of(owing.reporter, "csv").decode("utf-8-sig")

    assert thai("public and reviewed") in text
    assert due_on in text


def test_a_cell_cannot_act_as_a_formula(open_office):
    owe(open_office, "1.1", title="=HYPERLINK(1)")

    text = file_of(open_office.reporter, "csv").decode("utf-8-sig")

    assert "'=HYPERLINK(1)" in text


def test_exports_are_in_the_audit_log(owing):
    for file_format in ("csv", "xlsx", "pdf"):
        file_of(owing.reporter, file_format)

    logged = AuditEvent.objects.filter(kind=AuditEvent.Kind.EXPORTED)
    assert [event.detail for event in logged.order_by("pk")] == [
        "export=csv",
        "export=xlsx",
        "export=pdf",
    ]


def test_pdf_tells_the_same_in_thai_digits(owing):
    text = pdf_text(file_of(owing.reporter, "pdf"))

    assert thai("public and reviewed") in text
    assert "กองช่าง" in text
    assert "๑.๑" in text


def test_the_curve_and_the_bars_say_in_words_what_they_show(owing, travel):
    record_coverage()
    travel(DAY)
    record_coverage()

    page = page_of(owing.reporter)

    curve = page.select_one(".oversight-curve svg.oversight-wide")
    assert curve.find("title").text
    assert "4" in curve.find("desc").text
    assert [words(bar.find("desc")) for bar in page.select(".oversight-bar svg")] == [
        *(words(bar.select("td")[1]) for bar in page.select(".oversight-bars tbody tr"))
    ]
    assert len(page.select(".oversight-bars tbody tr")) == 2


def test_the_report_costs_the_same_for_many_duties(owing):
    client = browser(owing.root)

    def queries_with(codes: list[str]) -> int:
        for code in codes:
            item = owe(owing, code)
            show(owing, item)
            owing.reporter.submit(owing.draft(disclosure_item=item))
        client.get(reverse("coverage_report"))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("coverage_report"))
        return len(caught)

    assert queries_with(["3.1"]) == queries_with(["3.2", "3.3", "3.4"])
