"""The questions of the agency's pages: years, positions, and what they cost."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content_api.operations import run
from pages.models import BudgetPage, PlanPage, Position
from tests.api.ask import ask
from tests.office import Office, image
from tests.website.reading import block


@pytest.fixture
def budgets(open_office: Office) -> Office:
    """Budgets of two years in a section, and a plan of a third elsewhere."""
    plans = open_office.show(open_office.section(open_office.home, title="แผน", slug="plans"))
    line = block("budget_line", {"name": "ก", "amount": "5", "note": ""})
    for year in (2569, 2570, 2570):
        fields = {"fiscal_year": year, "total_budget": 5, "lines": json.dumps([line])}
        open_office.show(open_office.page(plans, BudgetPage, **fields))
    other = open_office.page(open_office.news, PlanPage, kind="other", fiscal_year=2571)
    open_office.show(other)
    return open_office


def years(under: str) -> list[int]:
    query = "query($under: String) { fiscalYears(under: $under) { be } }"
    return [year["be"] for year in ask(query, under=under)["fiscalYears"]]


def test_years_are_told_once_the_latest_first(budgets):
    assert years("/th/plans/") == [2570, 2569]


def test_years_of_the_whole_site(budgets):
    assert years("/") == [2571, 2570, 2569]


def publish_post(office: Office, number: int) -> None:
    division = office.show(office.department(title=f"กอง {number}"))
    photo = image(color=["red", "green", "blue", "gold", "gray"][number])
    fields = {"holder": "นายหนึ่ง", "group": "administration", "photo": photo}
    post = office.record(Position, title=f"ตำแหน่ง {number}", department=division, **fields)
    office.show(post)


@pytest.mark.parametrize("name", ["people", "organisation"])
def test_many_positions_cost_as_much_as_one(open_office: Office, name):
    publish_post(open_office, 0)
    with CaptureQueriesContext(connection) as one:
        assert run(name, {"locale": "TH"}).errors is None
    for number in range(1, 4):
        publish_post(open_office, number)
    with CaptureQueriesContext(connection) as many:
        assert len(run(name, {"locale": "TH"}).data["records"]["nodes"]) == 4

    assert len(one) == len(many) <= 6
