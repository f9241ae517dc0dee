"""Working time: weekends, holidays and lunch add nothing; what is added can be measured."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cms.schedule.models import Holiday, OfficeHours
from cms.schedule.working_time import (
    NeverOpen,
    WorkingCalendar,
    add_working_days,
    add_working_hours,
    is_working_day,
    working_hours_between,
)

BANGKOK = timezone.get_default_timezone()
TIME = datetime.time
DAY = datetime.timedelta(days=1)
FRIDAY = datetime.date(2026, 11, 20)
FIRST = datetime.datetime(2026, 1, 1)

days = st.integers(0, 365).map(lambda number: FIRST.date() + number * DAY)
moments = st.integers(0, 365 * 24 * 60).map(
    lambda minutes: (FIRST + datetime.timedelta(minutes=minutes)).replace(tzinfo=BANGKOK)
)
hours = st.integers(0, 400).map(lambda quarters: quarters / 4)
calendars = st.builds(
    WorkingCalendar,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    spans=st.sampled_from(
        [
            ((TIME(8, 30), TIME(16, 30)),),
            ((TIME(8, 30), TIME(12)), (TIME(13), TIME(16, 30))),
            ((TIME(0), TIME(23, 59)),),
        ]
    ),
    holidays=st.frozensets(days, max_size=20),
)


def at(day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime.combine(day, TIME(hour, minute), BANGKOK)


@given(calendars, moments, hours)
def test_hours_that_were_added_are_the_hours_between(
    calendar: WorkingCalendar, moment: datetime.datetime, added: float
):
    end = calendar.add_working_hours(moment, added)

    assert calendar.working_hours_between(moment, end) == pytest.approx(added)


@given(calendars, moments, hours, hours)
def test_more_hours_never_end_earlier(
    calendar: WorkingCalendar, moment: datetime.datetime, first: float, second: float
):
    less, more = sorted((first, second))
    earlier = calendar.add_working_hours(moment, less)

    assert moment <= earlier <= calendar.add_working_hours(moment, more)


@given(calendars, moments, moments, hours)
def test_whoever_begins_later_never_ends_earlier(
    calendar: WorkingCalendar, first: datetime.datetime, second: datetime.datetime, added: float
):
    begun, later = sorted((first, second))

    assert calendar.add_working_hours(begun, added) <= calendar.add_working_hours(later, added)


@given(calendars, st.tuples(moments, moments, moments))
def test_hours_of_two_stretches_add_up(
    calendar: WorkingCalendar, points: tuple[datetime.datetime, ...]
):
    start, middle, end = sorted(points)

    parts = calendar.working_hours_between(start, middle) + calendar.working_hours_between(
        middle, end
    )
    assert calendar.working_hours_between(start, end) == pytest.approx(parts)


@given(calendars, days)
def test_closed_days_add_nothing(calendar: WorkingCalendar, day: datetime.date):
    worked = calendar.working_hours_between(at(day, 0), at(day + DAY, 0))

    assert (worked > 0) == calendar.is_working_day(day)


@given(calendars, days, st.integers(0, 30))
def test_added_days_end_on_a_working_day_and_count_each_between(
    calendar: WorkingCalendar, day: datetime.date, added: int
):
    end = calendar.add_working_days(day, added)

    assert calendar.is_working_day(end)
    passed = [day + number * DAY for number in range(1, (end - day).days + 1)]
    counted = sum(calendar.is_working_day(one) for one in passed)
    assert counted == added or (added == 0 and counted <= 1)


@given(calendars, moments, hours)
def test_time_zone_of_the_question_does_not_matter(
    calendar: WorkingCalendar, moment: datetime.datetime, added: float
):
    utc = moment.astimezone(datetime.UTC)

    assert calendar.add_working_hours(utc, added) == calendar.add_working_hours(moment, added)


def test_four_hours_from_friday_afternoon_end_on_monday(db: Any):
    end = add_working_hours(at(FRIDAY, 15, 30), 4)

    assert end == at(FRIDAY + 3 * DAY, 11, 30)


def test_lunch_does_not_count(db: Any):
    assert working_hours_between(at(FRIDAY, 11), at(FRIDAY, 14)) == 2


def test_holiday_moves_the_end_by_a_day(db: Any):
    Holiday.objects.create(date=FRIDAY + 3 * DAY, name_th="วันหยุด")

    assert not is_working_day(FRIDAY + 3 * DAY)
    assert add_working_days(FRIDAY, 1) == FRIDAY + 4 * DAY
    assert add_working_hours(at(FRIDAY, 16), 1) == at(FRIDAY + 4 * DAY, 9)


def test_office_may_open_on_saturdays_and_work_through(db: Any):
    office = OfficeHours.load()
    office.saturday, office.lunch_from, office.lunch_until = True, None, None
    office.save()

    assert add_working_hours(at(FRIDAY + DAY, 8, 30), 8) == at(FRIDAY + DAY, 16, 30)


@pytest.mark.parametrize(
    "changes",
    [
        dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), False),
        {"ends_at": TIME(8)},
        {"lunch_until": None},
        {"lunch_from": TIME(7)},
        {"lunch_until": TIME(17)},
    ],
)
def test_hours_that_make_no_sense_are_refused(changes: dict[str, Any]):
    with pytest.raises(ValidationError):
        OfficeHours(**changes).clean()


def test_office_that_never_opens_has_no_working_time():
    closed = WorkingCalendar(frozenset(), ((TIME(8), TIME(16)),), frozenset())

    with pytest.raises(NeverOpen):
        closed.add_working_hours(at(FRIDAY, 9), 1)
    assert closed.working_hours_between(at(FRIDAY, 9), at(FRIDAY + DAY, 9)) == 0


def test_time_is_not_counted_backwards(db: Any):
    assert working_hours_between(at(FRIDAY, 14), at(FRIDAY, 9)) == 0
    with pytest.raises(ValueError):
        add_working_hours(at(FRIDAY, 9), -1)
    with pytest.raises(ValueError):
        add_working_days(FRIDAY, -1)
