"""Days and fiscal years in words, beside ISO 8601."""

import datetime

import pytest

from pages.models import OfficialInformationPage
from tests.api.ask import ask
from tests.office import Office

DAY = datetime.date(2026, 11, 20)


@pytest.fixture
def item(open_office: Office):
    return open_office.show(open_office.draft(slug="flood", posted_on=DAY))


def formatted(arguments: str, field: str = "postedOn") -> str:
    call = f"({arguments})" if arguments else ""
    query = f'{{ page(path: "/news/flood/") {{ ... on NewsPage {{ {field}Formatted{call} }} }} }}'
    return ask(query)["page"][f"{field}Formatted"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", "20 พฤศจิกายน 2569"),
        ("style: SHORT", "20/11/2569"),
        ("style: MEDIUM, numerals: THAI", "๒๐ พ.ย. ๒๕๖๙"),
        ("style: FULL", "วันศุกร์ที่ 20 พฤศจิกายน 2569"),
        ("style: FULL, locale: EN, numerals: THAI", "Friday 20 November 2026"),
    ],
)
def test_day_is_written_as_asked(item, arguments, expected):
    assert formatted(arguments) == expected


def test_iso_date_stays(item):
    query = '{ page(path: "/news/flood/") { ... on NewsPage { postedOn } } }'
    assert ask(query)["page"]["postedOn"] == "2026-11-20"


def test_moment_has_its_time_unless_it_is_not_wanted(item):
    assert " เวลา " in formatted("", "publishedAt")
    assert formatted("", "publishedAt").endswith(" น.")
    assert "เวลา" not in formatted("time: false", "publishedAt")


def test_date_that_is_computed_is_written_too(open_office, item):
    open_office.show(open_office.edit(item, title="ฉบับแก้ไข"))

    assert "256" in formatted("time: false", "correctedAt")


def test_date_that_is_not_set_is_null(open_office):
    open_office.show(open_office.draft(slug="flood"))

    assert formatted("", "effectiveUntil") is None


@pytest.mark.parametrize("field", ["correctedAt", "newerSince", "originalGoneSince"])
def test_moment_that_an_interface_reckons_is_written_too(item, field):
    query = f'{{ page(path: "/news/flood/") {{ ... on NewsPage {{ {field} {field}Formatted }} }} }}'

    assert ask(query)["page"] == {field: None, f"{field}Formatted": None}


def test_fiscal_year_has_both_eras_and_its_days(open_office):
    plans = open_office.show(open_office.section(open_office.home, title="แผน", slug="plans"))
    open_office.show(
        open_office.page(
            plans,
            OfficialInformationPage,
            slug="b",
            fiscal_year=2570,
            official_information=["s7-1"],
        )
    )
    fields = "fiscalYear { ce be label startsOn endsOn }"
    query = f'{{ page(path: "/plans/b/") {{ ... on OfficialInformationPage {{ {fields} }} }} }}'

    assert ask(query)["page"]["fiscalYear"] == {
        "ce": 2027,
        "be": 2570,
        "label": "ปีงบประมาณ พ.ศ. 2570",
        "startsOn": "2026-10-01",
        "endsOn": "2027-09-30",
    }
    listed = ask("{ fiscalYears(locale: TH) { be label } }")["fiscalYears"]
    assert listed == [{"be": 2570, "label": "ปีงบประมาณ พ.ศ. 2570"}]
