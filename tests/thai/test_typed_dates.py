"""What a clerk may type into a date field, and what the field says of the rest."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from wagtail import blocks

from cms.thai.date_fields import OfficeDateField, OfficeDateTimeField
from cms.thai.typed_dates import read_date, read_datetime, write_date

DAY = datetime.date(2026, 11, 24)


@pytest.mark.parametrize(
    "typed",
    [
        "24/11/2569",
        " 24 / 11 / 2569 ",
        "24-11-2569",
        "24.11.2569",
        "24 11 2569",
        "๒๔/๑๑/๒๕๖๙",
        "24/11/2026",
        "2026-11-24",
    ],
)
def test_a_day_is_read_in_either_era(typed: str):
    assert read_date(typed) == DAY


def test_leap_day_is_read_though_its_buddhist_year_has_none():
    assert read_date("29/2/2567") == datetime.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("24/11/69", "four digits"),
        ("24/11", "day/month/year"),
        ("tomorrow", "day/month/year"),
        ("31/11/2569", "no such day"),
        ("11/24/2569", "no such day"),
        ("2569-11-24", "Type 2026"),
        ("24/11/1569", "Check the year"),
        ("24/11/9999999", "four digits"),
        ("24/11/9999", "Check the year"),
    ],
)
def test_what_is_no_day_is_refused_with_advice(typed: str, message: str):
    with translation.override("en"), pytest.raises(ValueError, match=message):
        read_date(typed)


@pytest.mark.parametrize(
    "typed", ["24/11/2569 9:30", "24/11/2569 09.30 น.", "๒๔/๑๑/๒๕๖๙ ๙:๓๐", "2026-11-24T09:30"]
)
def test_a_moment_is_read_with_its_time(typed: str):
    assert read_datetime(typed) == datetime.datetime(2026, 11, 24, 9, 30)


def test_a_moment_without_time_is_midnight():
    assert read_datetime("24/11/2569") == datetime.datetime(2026, 11, 24)


def test_a_time_that_no_clock_shows_is_refused():
    with translation.override("en"), pytest.raises(ValueError, match="no such time"):
        read_datetime("24/11/2569 25:00")


@pytest.mark.parametrize(("language", "text"), [("th", "24/11/2569"), ("en", "2026-11-24")])
def test_what_an_input_shows_is_read_as_the_same_day(language: str, text: str):
    assert write_date(DAY, language) == text
    assert read_date(text) == DAY


def test_thai_input_shows_the_buddhist_era():
    with translation.override("th"):
        assert 'value="24/11/2569"' in OfficeDateField().widget.render("posted_on", DAY)


def test_english_input_shows_the_iso_date_of_the_common_era():
    with translation.override("en"):
        assert 'value="2026-11-24"' in OfficeDateField().widget.render("posted_on", DAY)


def test_input_shows_again_what_was_typed_wrongly():
    assert 'value="31/11/2569"' in OfficeDateField().widget.render("posted_on", "31/11/2569")


def test_moment_is_shown_and_kept_in_the_time_of_the_office():
    field = OfficeDateTimeField()
    moment = field.clean("24/11/2569 09:30")

    assert moment == datetime.datetime(2026, 11, 24, 2, 30, tzinfo=datetime.UTC)
    with translation.override("th"):
        assert field.widget.format_value(field.prepare_value(moment)) == "24/11/2569 09:30"


def test_unchanged_moment_counts_as_unchanged():
    moment = timezone.make_aware(datetime.datetime(2026, 11, 24, 9, 30, 15))
    field = OfficeDateTimeField()

    shown = field.widget.format_value(field.prepare_value(moment))

    assert not field.has_changed(moment, shown)


def test_field_says_what_is_wrong_with_a_date():
    with translation.override("en"), pytest.raises(ValidationError, match="no such day"):
        OfficeDateField().clean("31/11/2569")


def test_date_block_takes_the_buddhist_era():
    block = blocks.DateBlock()

    typed = block.value_from_datadict({"day": "24/11/2569"}, {}, "day")

    assert block.clean(typed) == DAY


def test_moment_block_takes_the_buddhist_era():
    block = blocks.DateTimeBlock(required=False)

    assert block.clean("24/11/2569 9:30") == datetime.datetime(
        2026, 11, 24, 2, 30, tzinfo=datetime.UTC
    )
    assert block.clean("") is None
