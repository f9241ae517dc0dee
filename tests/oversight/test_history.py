"""Coverage day by day: what was written down is what a report of that day says, for ever."""

import datetime
from typing import Any

import pytest
from django.db.models import Q
from django.utils import timezone

from cms.oversight import history
from cms.oversight.coverage import Coverage, coverage, totals
from cms.oversight.history import (
    MAX_DAYS_MADE_UP,
    coverage_on,
    curve,
    record_coverage,
    recorded_days,
)
from cms.oversight.models import CoverageRecord, LinkCheck
from cms.schedule.jobs import periodic_jobs
from tests.oversight.duties import owe, show, traveller
from tests.publication.withdrawing import latest, withdraw

DAY = datetime.timedelta(days=1)


@pytest.fixture
def travel(monkeypatch):
    return traveller(monkeypatch)


def told(found: Coverage) -> list[tuple[Any, ...]]:
    """Everything that a report says of each duty."""
    return [
        (
            one.obligation.code,
            one.obligation.titles,
            one.obligation.division,
            one.obligation.chapter.code,
            one.duty.fiscal_year,
            one.state,
            one.published["th"],
            one.published["en"],
            one.missing_languages,
            one.outdated,
            one.broken_links,
            one.due_on,
            one.is_public,
            one.is_fulfilled,
        )
        for one in found.standings
    ]


def recorded() -> tuple[datetime.date, list[tuple[Any, ...]], Any]:
    """Records today; its date, and what a report says of it now."""
    record_coverage()
    found = coverage()
    return timezone.localdate(), told(found), totals(found.standings)


def test_the_job_runs_each_night_before_any_other():
    job = next(job for job in periodic_jobs() if job.name == "record_coverage")

    assert (job.run, job.daily_at) == (record_coverage, datetime.time(0, 10))


def test_three_past_days_read_as_they_were_recorded(open_office, travel):
    finance = open_office.show(open_office.department(title="กองคลัง"))
    works = open_office.show(open_office.department(title="กองช่าง"))
    chapter = owe(open_office, "1", responsible_division=finance)
    first = owe(open_office, "1.1", parent=chapter)
    second = owe(open_office, "1.2", parent=chapter, languages=["th", "en"])
    page = show(open_office, first)
    check = LinkCheck.objects.create(url="https://example.org/", failing_since=timezone.now())
    check.publications.add(latest(page))
    days = [recorded()]

    travel(DAY)  # something more is shown, a link is repaired, an item is new
    show(open_office, second)
    check.note("ok", 200, "", timezone.now())
    owe(open_office, "2.1", responsible_division=works, review_months=1)
    days.append(recorded())

    travel(DAY)  # something is withdrawn, an item is another's and called otherwise
    withdraw(open_office, page)
    open_office.show(
        open_office.edit(second, title="ชื่อใหม่", responsible_division=works, languages=["th"])
    )
    days.append(recorded())

    travel(DAY)  # and later an item is not owed any more
    withdraw(open_office, first)
    travel(40 * DAY)

    assert len({str(what) for _date, what, _totals in days}) == 3
    for date, what, sums in days:
        found = coverage_on(date)
        assert found.is_recorded
        assert told(found) == what
        assert totals(found.standings) == sums


def test_a_past_day_that_nobody_recorded_is_counted_for_its_end(open_office, travel):
    page = show(open_office, owe(open_office, "1.1"))
    date = timezone.localdate()
    then = told(coverage())
    travel(2 * DAY)
    withdraw(open_office, page)

    found = coverage_on(date)

    assert (told(found), found.is_recorded) == (then, False)
    assert timezone.localdate(found.at) == date


def test_today_is_counted_anew(open_office, travel):
    item = owe(open_office, "1.1")
    record_coverage()
    travel(datetime.timedelta(hours=1))
    show(open_office, item)

    assert totals(coverage_on(timezone.localdate()).standings).public == 1


def test_a_job_that_is_killed_leaves_whole_days_and_goes_on(open_office, travel, monkeypatch):
    for code in ("1.1", "1.2", "1.3"):
        owe(open_office, code)
    record_coverage()
    travel(3 * DAY)
    write, written = history._record, []

    def killed(*args: Any) -> CoverageRecord:
        written.append(args)
        if len(written) == 5:  # in the middle of the second day
            raise KeyboardInterrupt
        return write(*args)

    monkeypatch.setattr(history, "_record", killed)
    with pytest.raises(KeyboardInterrupt):
        record_coverage()
    left = [(day.date, day.owed) for day in curve()]
    monkeypatch.setattr(history, "_record", write)
    record_coverage()

    first = timezone.localdate() - 3 * DAY
    assert left == [(first, 3), (first + DAY, 3)]
    assert [(day.date, day.owed) for day in curve()] == [
        (first + number * DAY, 3) for number in range(4)
    ]


def test_days_on_which_the_machine_was_off_are_made_up_as_they_were(open_office, travel):
    item = owe(open_office, "1.1")
    record_coverage()
    travel(DAY)
    page = show(open_office, item)
    travel(DAY)
    withdraw(open_office, page)
    travel(DAY)

    record_coverage()

    assert [day.public for day in curve()] == [0, 1, 0, 0]


def test_no_more_days_are_made_up_than_a_month_has(open_office, travel):
    owe(open_office, "1.1")
    record_coverage()
    travel(100 * DAY)

    record_coverage()

    days = list(recorded_days())
    assert len(days) == MAX_DAYS_MADE_UP + 2  # today, and the day long ago
    assert days[0] == timezone.localdate()
    assert days[0] - days[-2] == MAX_DAYS_MADE_UP * DAY


def test_a_day_is_written_once(open_office, travel):
    item = owe(open_office, "1.1")
    record_coverage()
    before = list(CoverageRecord.objects.values())
    travel(datetime.timedelta(seconds=1))
    show(open_office, item)

    record_coverage()

    assert list(CoverageRecord.objects.values()) == before


def test_the_curve_holds_the_numbers_counted_by_hand(open_office, travel):
    finance = open_office.show(open_office.department())
    mine = owe(open_office, "1.1", responsible_division=finance, review_months=1)
    other = owe(open_office, "1.2")
    record_coverage()  # owed 2, public 0, fulfilled 0
    travel(DAY)
    show(open_office, mine)
    show(open_office, other)
    owe(open_office, "1.3")
    record_coverage()  # owed 3, public 2, fulfilled 2
    travel(40 * DAY)
    record_coverage()  # the review of 1.1 is overdue: public, yet not fulfilled

    days = {day.date: day[1:] for day in curve()}
    own = {day.date: day[1:] for day in curve(Q(division=finance.translation_key))}

    today = timezone.localdate()
    begun = today - 41 * DAY
    assert [days[begun], days[begun + DAY], days[today]] == [(2, 0, 0), (3, 2, 2), (3, 2, 1)]
    assert [own[begun], own[begun + DAY], own[today]] == [(1, 0, 0), (1, 1, 1), (1, 1, 0)]
