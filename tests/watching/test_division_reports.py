"""Divisions are told of their broken links: one mail a night, when something is new, or weekly."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from cms.oversight.models import LinkCheck
from cms.watching.division_reports import report_broken_links
from cms.watching.own_links import check_own_links
from tests.divided import Divisions
from tests.watching.conftest import give_address
from tests.website.reading import block


@pytest.fixture
def people(divisions: Divisions) -> Divisions:
    """Two divisions whose people can be reached; both divisions are public."""
    clerks = (
        divisions.finance_reporter,
        divisions.finance_head,
        divisions.works_reporter,
        divisions.works_head,
    )
    for clerk in clerks:
        give_address(clerk)
    for division in (divisions.finance, divisions.works):
        divisions.office.show(division)
    return divisions


def publish_link(divisions: Divisions, department: Any, path: str = "/th/nowhere/") -> Any:
    """A page of a division with a link that leads nowhere."""

    draft = divisions.draft(department, title=f"หน้า {path}")
    text = block("rich_text", f'<p><a href="{path}">ที่นี่</a></p>')
    return divisions.office.show(divisions.office.edit(draft, body=json.dumps([text])))


def night() -> None:
    check_own_links()
    report_broken_links()


def test_reporter_of_the_division_is_told_what_is_broken_and_where(
    people: Divisions, received: Callable
):
    publish_link(people, people.finance)

    night()

    ((_subject, text),) = received("finance-reporter")
    assert "/th/nowhere/" in text
    assert "หน้า /th/nowhere/" in text
    assert received("works-reporter") == []


def test_division_that_has_nothing_broken_gets_no_mail(people: Divisions, received: Callable):
    night()

    assert received("finance-reporter") == []


def test_night_that_runs_twice_tells_once(people: Divisions, received: Callable):
    publish_link(people, people.finance)

    night()
    night()

    assert len(received("finance-reporter")) == 1


def test_what_stays_broken_is_told_again_after_a_week(
    people: Divisions, received: Callable, travel: Callable
):
    publish_link(people, people.finance)
    nights_with_mail = []

    for number in range(9):
        before = len(received("finance-reporter"))
        night()
        if len(received("finance-reporter")) > before:
            nights_with_mail.append(number)
        travel(days=1)

    assert nights_with_mail == [0, 7]


def test_what_is_new_is_told_the_next_night(
    people: Divisions, received: Callable, travel: Callable
):
    publish_link(people, people.finance)
    night()
    travel(days=1)
    publish_link(people, people.finance, "/th/elsewhere/")

    night()

    assert len(received("finance-reporter")) == 2


def test_head_is_told_where_there_is_no_reporter(people: Divisions, received: Callable):
    publish_link(people, people.finance)
    for office_wide in (people.finance_reporter, people.office.reporter):
        office_wide.user.is_active = False
        office_wide.user.save()

    night()

    assert len(received("finance-head")) == 1


def test_links_to_other_sites_are_told_too(people: Divisions, received: Callable):
    page = publish_link(people, people.finance)
    check_own_links()
    LinkCheck.objects.update(url="https://other.example/", message="no-host", state="unreachable")

    report_broken_links()

    ((_subject, text),) = received("finance-reporter")
    assert "https://other.example/" in text
    assert page.title in text
