"""Assessments: shipped lists, spreadsheets, the next year's copy, and how their items stand."""

import csv

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.oversight.assessing import ItemState, assess
from cms.oversight.assessment_lists import (
    FOLDER,
    copy_forward,
    export_assessment,
    import_assessment,
    load_shipped,
)
from cms.oversight.disclosure_lists import SHIPPED
from cms.oversight.models import Assessment, AssessmentItem, Component, Framework
from cms.oversight.sheets import ListErrors
from cms.thai.spreadsheets import write_table
from pages.models import ReportPage
from tests.office import Office
from tests.oversight.duties import owe, show
from tests.publication.withdrawing import latest, withdraw

YEAR = 2566


@pytest.fixture
def assessment(open_office: Office) -> Assessment:
    framework = Framework.objects.create(key="test", title_th="ทดสอบ", title_en="Test")
    return Assessment.objects.create(framework=framework, fiscal_year=YEAR)


def ask(assessment: Assessment, code: str, *codes: str, offset: int = 0) -> AssessmentItem:
    """An item with one component for each of these codes."""
    item = AssessmentItem.objects.create(assessment=assessment, code=code, title_th=code)
    for named in codes:
        Component.objects.create(
            item=item, title_th=named, disclosure_codes=named, year_offset=offset
        )
    return item


def state(assessment: Assessment) -> list[ItemState]:
    return [status.state for status in assess(assessment).items]


def test_shipped_lists_are_loaded_once(db):
    call_command("load_assessments", verbosity=0)
    item = AssessmentItem.objects.get(assessment__fiscal_year=2566, code="O2")
    AssessmentItem.objects.filter(pk=item.pk).update(title_th="แก้ไขแล้ว")
    call_command("load_assessments", verbosity=0)

    counted = {
        str(year): Assessment.objects.get(framework__key="ita-oit", fiscal_year=year).items.count()
        for year in (2562, 2564, 2566)
    }
    assert counted == {"2562": 48, "2564": 43, "2566": 43}
    item.refresh_from_db()
    assert (item.title_th, item.components.count()) == ("แก้ไขแล้ว", 4)


def test_shipped_lists_name_items_of_the_announcement_only(db):
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        known = {row["code"] for row in csv.DictReader(file)}
    named: set[str] = set()
    for path in FOLDER.glob("*-*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            named |= {
                code for row in csv.DictReader(file) for code in row["disclosure_codes"].split()
            }

    assert named <= known
    assert len(named) > 15


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_an_export_comes_back_as_it_was(open_office: Office, file_format: str):
    load_shipped()
    user = open_office.administrator.user
    assessment = Assessment.objects.get(framework__key="ita-oit", fiscal_year=2566)
    page = open_office.show(open_office.draft())
    Component.objects.filter(item__assessment=assessment).first().addresses.add(
        latest(page).address
    )
    before = list(Component.objects.order_by("pk").values())

    done = import_assessment(assessment, export_assessment(assessment, user, file_format), user)

    assert (done.created, done.changed, done.unchanged) == (0, 0, 43)
    assert list(Component.objects.order_by("pk").values()) == before


def test_an_import_makes_and_changes_items_by_code(open_office: Office, assessment: Assessment):
    ask(assessment, "O1", "1.1", "1.2")
    ask(assessment, "O9", "1.9")
    data = write_table(
        [
            ["code", "title_th", "component_th", "disclosure_codes", "year_offset"],
            ["O๑", "ใหม่", "ส่วน", "๑.๓", "-๑"],
            ["O2", "สอง", "ก", "1.1", ""],
            ["O2", "", "ข", "1.2", ""],
        ],
        "csv",
    )

    done = import_assessment(assessment, data, open_office.administrator.user)

    assert (done.created, done.changed) == (1, 1)
    items = {item.code: item for item in assessment.items.all()}
    assert set(items) == {"O1", "O2", "O9"}
    lines = [(one.disclosure_codes, one.year_offset) for one in items["O1"].components.all()]
    assert (items["O1"].title_th, lines) == ("ใหม่", [("1.3", -1)])
    assert [one.title_th for one in items["O2"].components.all()] == ["ก", "ข"]


def test_a_wrong_list_changes_nothing(open_office: Office, assessment: Assessment):
    data = write_table(
        [["code", "title_th", "addresses"], ["O1", "หนึ่ง", ""], ["O2", "สอง", "/th/nowhere/"]], "csv"
    )

    with pytest.raises(ListErrors) as caught:
        import_assessment(assessment, data, open_office.administrator.user)

    assert [error.row for error in caught.value.errors] == [3]
    assert not assessment.items.exists()


def test_only_administrators_keep_assessments(open_office: Office, assessment: Assessment):
    data = write_table([["code", "title_th"], ["O1", "หนึ่ง"]], "csv")
    for clerk in (open_office.reporter, open_office.publisher):
        with pytest.raises(PermissionDenied):
            import_assessment(assessment, data, clerk.user)
        with pytest.raises(PermissionDenied):
            copy_forward(assessment, clerk.user)
        with pytest.raises(PermissionDenied):
            load_shipped(clerk.user)

    assert (Assessment.objects.count(), assessment.items.count()) == (1, 0)


def test_what_was_submitted_is_not_changed(open_office: Office, assessment: Assessment):
    Assessment.objects.update(submitted_at=timezone.now())  # after `assessment` was read
    data = write_table([["code", "title_th"], ["O1", "หนึ่ง"]], "csv")

    with pytest.raises(PermissionDenied):
        import_assessment(assessment, data, open_office.administrator.user)


def test_a_copy_for_the_next_year_has_everything_and_is_made_once(
    open_office: Office, assessment: Assessment
):
    user = open_office.administrator.user
    item = ask(assessment, "O1", "1.1", offset=-1)
    page = open_office.show(open_office.draft())
    item.components.get().addresses.add(latest(page).address)

    copy = copy_forward(assessment, user)

    component = copy.items.get(code="O1").components.get()
    assert (copy.fiscal_year, component.disclosure_codes) == (YEAR + 1, "1.1")
    assert component.year_offset == -1
    assert list(component.addresses.all()) == [latest(page).address]
    assert assessment.items.get().components.count() == 1
    with pytest.raises(ValidationError):
        copy_forward(assessment, user)


def test_an_item_is_complete_once_every_component_is_public(
    open_office: Office, assessment: Assessment
):
    first, second = owe(open_office, "1.1"), owe(open_office, "1.2")
    ask(assessment, "O1", "1.1", "1.2")
    none = state(assessment)
    show(open_office, first)
    some = state(assessment)
    show(open_office, second)

    assert (none, some, state(assessment)) == (
        [ItemState.MISSING],
        [ItemState.INCOMPLETE],
        [ItemState.COMPLETE],
    )
    assert vars(assess(assessment).totals) == {
        "items": 1,
        "complete": 1,
        "incomplete": 0,
        "missing": 0,
    }


def test_what_names_nothing_or_something_unknown_is_not_met(
    open_office: Office, assessment: Assessment
):
    ask(assessment, "O1", "")
    ask(assessment, "O2", "9.9")
    ask(assessment, "O3")

    assert state(assessment) == [ItemState.MISSING] * 3


def test_an_item_with_parts_is_met_by_all_of_them(open_office: Office, assessment: Assessment):
    whole = owe(open_office, "1.1")
    parts = [owe(open_office, f"1.1({number})", parent=whole) for number in (1, 2)]
    ask(assessment, "O1", "1.1")
    show(open_office, parts[0])
    half = state(assessment)
    show(open_office, parts[1])

    assert (half, state(assessment)) == ([ItemState.MISSING], [ItemState.COMPLETE])


def test_a_yearly_item_is_met_by_the_year_that_the_component_means(
    open_office: Office, assessment: Assessment
):
    owe(
        open_office,
        "1.9",
        period="fiscal-year",
        first_fiscal_year=YEAR + 3,
        counts="ReportPage/annual",
    )
    ask(assessment, "O1", "1.9")
    ask(assessment, "O2", "1.9", offset=-1)

    report = open_office.page(open_office.home, ReportPage, kind="annual", fiscal_year=YEAR - 1)
    open_office.show(report)

    assert state(assessment) == [ItemState.MISSING, ItemState.COMPLETE]


def test_a_page_that_is_named_must_be_public(open_office: Office, assessment: Assessment):
    page = open_office.show(open_office.draft())
    item = ask(assessment, "O1", "")
    item.components.get().addresses.add(latest(page).address)
    before = state(assessment)
    withdraw(open_office, page)

    assert (before, state(assessment)) == ([ItemState.COMPLETE], [ItemState.MISSING])


def test_queries_do_not_grow_with_items(open_office: Office, assessment: Assessment):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assess(assessment)
        return len(caught)

    owe(open_office, "1.9", period="fiscal-year", first_fiscal_year=YEAR + 3, counts="ReportPage")
    page = open_office.show(open_office.draft())

    def grow(number: int) -> None:
        show(open_office, owe(open_office, f"1.{number}"))
        item = ask(assessment, f"O{number}", f"1.{number}", "1.9")
        item.components.first().addresses.add(latest(page).address)

    grow(1)
    few = queries()
    for number in (2, 3):
        grow(number)

    assert queries() == few <= 11
