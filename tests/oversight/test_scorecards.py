"""Scorecards: one division's numbers, beside those of the whole office."""

import datetime
import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation

from cms.oversight.coverage import coverage, totals
from cms.oversight.history import record_coverage
from cms.oversight.report_rows import labelled
from tests.admin import browser
from tests.oversight.duties import owe, show, traveller
from tests.website.reading import thai, words

DAY = datetime.timedelta(days=1)


@pytest.fixture
def travel(monkeypatch):
    return traveller(monkeypatch)


@pytest.fixture
def owing(open_office):
    """Finance owes two things and shows one, works owes and shows two."""
    finance = open_office.show(open_office.department(title="กองคลัง"))
    works = open_office.show(open_office.department(title="กองช่าง"))
    show(open_office, owe(open_office, "1.1", responsible_division=finance))
    owe(open_office, "1.2", responsible_division=finance)
    show(open_office, owe(open_office, "2.1", responsible_division=works))
    show(open_office, owe(open_office, "2.2", responsible_division=works))
    open_office.finance = finance
    return open_office


def card_of(office: Any) -> BeautifulSoup:
    url = reverse("scorecard", args=[office.finance.translation_key])
    return BeautifulSoup(browser(office.reporter).get(url).content, "html.parser")


def test_the_numbers_are_those_of_the_division(owing):
    key = owing.finance.translation_key
    own = [one for one in coverage().standings if one.obligation.division == key]
    with translation.override("th"):
        expected = dict(labelled(totals(own)))

    shown = {
        words(pair.dt): int(words(pair.dd))
        for pair in card_of(owing).select(".oversight-totals > div")
    }

    assert shown == expected
    assert list(shown.values())[:3] == [2, 1, 1]


def test_they_stand_beside_those_of_the_whole_office(owing):
    cells = [
        [words(cell) for cell in row.select("th, td")]
        for row in card_of(owing).select(".oversight-table")[0].select("tbody tr")
    ]

    assert cells[0] == [thai("public"), "1 (50 %)", "3 (75 %)"]


def test_only_what_is_not_in_order_is_listed(owing):
    table = card_of(owing).select(".oversight-table")[1]

    assert [words(cell).split()[0] for cell in table.select("tbody th")] == ["1.2"]


def test_it_tells_how_the_division_stood_a_month_ago(owing, travel):
    record_coverage()
    travel(31 * DAY)
    show(owing, owe(owing, "1.3", responsible_division=owing.finance))
    record_coverage()

    page = card_of(owing)

    assert "+1" in words(page.select_one(".oversight > ul"))
    assert page.select(".oversight-curve svg")


def test_the_list_leads_to_each_card(owing):
    html = browser(owing.reporter).get(reverse("scorecards")).content.decode()

    assert reverse("scorecard", args=[owing.finance.translation_key]) in html
    assert "กองช่าง" in html


def test_there_is_no_card_of_no_division(owing):
    url = reverse("scorecard", args=[uuid.uuid4()])

    assert browser(owing.reporter).get(url).status_code == 404


def test_it_is_not_for_the_public(owing, client):
    url = reverse("scorecard", args=[owing.finance.translation_key])

    assert client.get(url).status_code == 302
