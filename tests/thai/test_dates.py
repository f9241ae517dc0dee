"""Dates in the Buddhist era, and the fiscal year."""

import datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

from cms.thai.dates import fiscal_year, format_date
from cms.thai.templatetags.thai import office_date


def test_thai_date_is_in_the_buddhist_era():
    assert format_date(datetime.date(2019, 6, 20), "th") == "20 มิถุนายน 2562"


def test_english_date_is_in_the_common_era():
    assert format_date(datetime.date(2019, 6, 20), "en") == "20 June 2019"


def test_leap_day_needs_no_leap_year_in_the_buddhist_era():
    assert format_date(datetime.date(2024, 2, 29), "th") == "29 กุมภาพันธ์ 2567"


@pytest.mark.parametrize(("year", "short"), [(2026, "69"), (1957, "00"), (1961, "04")])
def test_short_year_has_two_digits(year: int, short: str):
    assert format_date(datetime.date(year, 1, 1), "th", "y") == short


def test_moment_is_told_in_the_time_of_the_office():
    moment = datetime.datetime(2026, 8, 16, 18, 30, tzinfo=datetime.UTC)

    assert format_date(moment, "th", "j F Y H:i") == "17 สิงหาคม 2569 01:30"


def test_new_year_begins_in_the_time_of_the_office():
    moment = datetime.datetime(2025, 12, 31, 17, tzinfo=datetime.UTC)

    assert format_date(moment, "th", "Y") == "2569"


def test_language_of_the_reader_is_left_as_it_was():
    with translation.override("en"):
        format_date(datetime.date(2026, 8, 17), "th")
        assert translation.get_language() == "en"


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (datetime.date(2018, 9, 30), 2561),
        (datetime.date(2018, 10, 1), 2562),
        (datetime.date(2019, 1, 1), 2562),
        (datetime.date(2019, 9, 30), 2562),
    ],
)
def test_fiscal_year_begins_in_october(day: datetime.date, year: int):
    assert fiscal_year(day) == year


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2026-08-17", "17 สิงหาคม 2569"),
        ("2026-08-16T18:30:00Z", "17 สิงหาคม 2569"),
        (datetime.date(2026, 8, 17), "17 สิงหาคม 2569"),
        ("", ""),
        (None, ""),
        ("yesterday", ""),
    ],
)
def test_filter_shows_what_the_api_gives(value: object, shown: str):
    with translation.override("th"):
        assert office_date(value) == shown


@pytest.mark.parametrize(
    ("language", "text"), [("th", "24 พฤศจิกายน 2569"), ("en", "24 November 2026")]
)
def test_django_writes_the_era_of_the_language(language: str, text: str):
    with translation.override(language):
        assert date_format(datetime.date(2026, 11, 24), "j F Y") == text
        assert date_format(datetime.date(2026, 11, 24), "y") == ("69" if language == "th" else "26")


def test_iso_dates_stay_in_the_common_era():
    with translation.override("th"):
        assert date_format(datetime.date(2026, 11, 24), "c") == "2026-11-24"


def test_english_words_stay_in_the_common_era_on_a_thai_screen():
    with translation.override("th"):
        assert format_date(datetime.date(2026, 11, 24), "en") == "24 November 2026"
