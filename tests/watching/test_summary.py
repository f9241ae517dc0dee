"""The weekly summary: on Mondays, once, of the own divisions, of no draft that one may not see."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from cms.schedule.models import PeriodicRun
from cms.watching.models import SentSummary
from cms.watching.summary import JOB, mail_weekly_summary
from tests.divided import Divisions
from tests.office import Office
from tests.watching.conftest import give_address

BANGKOK = timezone.get_default_timezone()
MONDAY = datetime.datetime(2030, 11, 25, 7, 45, tzinfo=BANGKOK)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Sets the day, by its distance from a Monday."""

    def go(days: int) -> None:
        moment = MONDAY + datetime.timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return go


def day(days: int) -> datetime.date:
    return MONDAY.date() + datetime.timedelta(days=days)


@pytest.fixture
def busy(divisions: Divisions, mailed_office: Office, on: Callable) -> Divisions:
    """Both divisions have something overdue and something due; finance has a draft that waits."""
    on(-3)
    for clerk in (divisions.finance_head, divisions.works_head, divisions.finance_reporter):
        give_address(clerk)
    office = mailed_office
    for name, division in (("คลัง", divisions.finance), ("ช่าง", divisions.works)):
        office.show(division)
        late = divisions.draft(division, title=f"เกินกำหนดของ{name}", review_due=day(-10))
        soon = divisions.draft(division, title=f"ใกล้ถึงของ{name}", review_due=day(10))
        for draft in (late, soon):
            office.show(draft)
        far = divisions.draft(division, title=f"ยังไกลของ{name}", review_due=day(90))
        office.show(far)
    waiting = divisions.draft(divisions.finance, title="ร่างที่รอลงนาม")
    divisions.finance_reporter.submit(waiting)
    on(0)
    return divisions


def test_head_reads_of_the_own_division_alone(busy: Divisions, received: Callable):
    mail_weekly_summary()

    ((_subject, text),) = received("finance-head")
    places = [text.index(word) for word in ("เกินกำหนดของคลัง", "ใกล้ถึงของคลัง", "ร่างที่รอลงนาม")]
    assert places == sorted(places)
    assert "ของช่าง" not in text
    assert "ยังไกล" not in text
    ((_subject, text),) = received("works-head")
    assert "เกินกำหนดของช่าง" in text
    assert "ร่างที่รอลงนาม" not in text


@pytest.mark.parametrize("username", ["executive", "administrator"])
def test_chiefs_and_administrators_read_of_the_whole_office(
    busy: Divisions, received: Callable, username: str
):
    mail_weekly_summary()

    ((_subject, text),) = received(username)
    assert "เกินกำหนดของคลัง" in text
    assert "เกินกำหนดของช่าง" in text
    assert "ร่างที่รอลงนาม" in text


def test_others_get_none(busy: Divisions, received: Callable):
    mail_weekly_summary()

    assert received("finance-reporter") == received("reporter") == received("publisher") == []


def test_head_who_may_open_no_draft_is_told_of_none(busy: Divisions, received: Callable):
    busy.finance_head.user.groups.clear()

    mail_weekly_summary()

    ((_subject, text),) = received("finance-head")
    assert "เกินกำหนดของคลัง" in text
    assert "ร่างที่รอลงนาม" not in text


def test_it_says_for_how_long_a_draft_waits(busy: Divisions, received: Callable):
    mail_weekly_summary()

    ((_subject, text),) = received("finance-head")
    waiting = text[text.index("ร่างที่รอลงนาม") :]
    assert "22 พฤศจิกายน 2573" in waiting
    assert "3" in waiting.splitlines()[2].replace("2573", "")


def test_it_comes_once(busy: Divisions, received: Callable):
    mail_weekly_summary()
    mail_weekly_summary()

    assert len(received("finance-head")) == 1


def test_it_comes_on_mondays_only(busy: Divisions, received: Callable, on: Callable):
    for days in range(1, 7):
        on(days)
        mail_weekly_summary()
    assert received("finance-head") == []

    on(7)
    mail_weekly_summary()
    assert len(received("finance-head")) == 1


def test_next_day_makes_up_for_a_monday_on_which_nothing_ran(
    busy: Divisions, received: Callable, on: Callable
):
    run = PeriodicRun.objects.create(name=JOB)
    PeriodicRun.objects.filter(pk=run.pk).update(known_since=MONDAY - datetime.timedelta(days=9))
    on(1)
    mail_weekly_summary()
    on(2)
    mail_weekly_summary()

    assert len(received("finance-head")) == 1


def test_who_has_nothing_to_read_gets_no_mail(mailed_office: Office, received: Callable, on: Any):
    on(0)

    mail_weekly_summary()

    assert received("administrator") == []
    assert SentSummary.objects.filter(user=mailed_office.administrator.user).exists()
