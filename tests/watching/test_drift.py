"""Drift: what writes to rows or chains without signatures is told at once, once, and when over."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.publication.models import Publication
from cms.watching.drift import drifts, watch_drift
from cms.watching.findings import note_finding
from cms.watching.models import Finding, open_findings
from pages.models import WebLink
from tests.office import Office
from tests.publication.tampering import remove
from tests.publication.withdrawing import latest, withdraw
from tests.website.reading import published

Problem = Finding.Problem


def problems() -> set[str]:
    return {problem for problem, *_rest in drifts()}


def overwrite_page(page: Any, **columns: Any) -> None:
    """As a script would that knows nothing of signatures."""
    Page.objects.filter(pk=page.pk).update(**columns)


def test_what_was_published_is_no_drift(open_office: Office):
    published(open_office)
    record = {"title": "ลิงก์", "kind": "external", "url": "https://a.example"}
    open_office.show(open_office.record(WebLink, **record))

    assert problems() == set()


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"title": "ไม่มีใครลงนาม"}, Problem.ROW_TITLE),
        ({"live": False}, Problem.ROW_NOT_LIVE),
        ({"url_path": "/home/elsewhere/"}, Problem.ROW_PLACE),
        ({"live_revision": None}, Problem.ROW_REVISION),
    ],
)
def test_row_that_was_written_without_signatures_is_found(
    open_office: Office, columns: dict, problem: str
):
    overwrite_page(published(open_office), **columns)

    assert problems() == {problem}


def test_record_that_was_written_without_signatures_is_found(open_office: Office):
    fields = {"title": "ลิงก์", "kind": "external", "url": "https://a.example"}
    link = open_office.show(open_office.record(WebLink, **fields))
    WebLink.objects.filter(pk=link.pk).update(title="อื่น")

    assert problems() == {Problem.ROW_TITLE}


def test_page_that_was_deleted_is_found(open_office: Office):
    page = published(open_office)
    page.delete()

    assert problems() == {Problem.ROW_GONE}


def test_version_that_was_published_directly_is_found(open_office: Office):
    page = published(open_office)
    page = open_office.edit(page, summary="ไม่มีใครลงนาม")
    page.get_latest_revision().publish(skip_permission_checks=True)

    assert problems() == {Problem.ROW_REVISION}


def test_draft_is_no_drift(open_office: Office):
    open_office.edit(published(open_office), title="ร่างใหม่", slug="new-slug")

    assert problems() == set()


def test_withdrawn_item_is_no_drift(open_office: Office):
    page = published(open_office)
    withdraw(open_office, page)
    overwrite_page(page, title="อื่น")

    assert problems() == set()


def test_time_window_that_began_is_no_drift(open_office: Office, travel: Callable):
    later = timezone.now() + datetime.timedelta(days=1)
    published(open_office, go_live_at=later)
    travel(days=2)

    assert problems() == set()


def test_section_that_moved_by_signature_takes_its_pages_along(open_office: Office):
    published(open_office)
    open_office.show(open_office.edit(open_office.news, slug="renamed"))

    assert problems() == set()


def test_administrators_are_told_at_once_and_once(
    mailed_office: Office, received: Callable, travel: Callable
):
    overwrite_page(published(mailed_office, title="น้ำท่วม"), live=False)

    watch_drift()
    watch_drift()

    ((_subject, text),) = received("administrator")
    assert "น้ำท่วม" in text
    assert "/admin/watching/" in text
    assert received("reporter") == []


def test_it_is_told_when_it_is_over(mailed_office: Office, received: Callable, travel: Callable):
    page = published(mailed_office)
    overwrite_page(page, live=False)
    watch_drift()
    overwrite_page(page, live=True)
    travel(minutes=5)

    watch_drift()
    watch_drift()

    assert len(received("administrator")) == 2
    assert not open_findings().exists()


def test_what_comes_back_is_a_new_finding(
    mailed_office: Office, received: Callable, travel: Callable
):
    page = published(mailed_office)
    for is_live in (False, True, False):
        overwrite_page(page, live=is_live)
        travel(minutes=5)
        watch_drift()

    assert len(received("administrator")) == 3
    assert Finding.objects.count() == 2


def test_many_findings_are_one_mail(mailed_office: Office, received: Callable):
    for _number in range(4):
        overwrite_page(published(mailed_office), live=False)

    watch_drift()

    ((subject, _text),) = received("administrator")
    assert "4" in subject


def test_pass_that_was_killed_before_its_mail_tells_later(
    mailed_office: Office, received: Callable
):
    overwrite_page(published(mailed_office), live=False)
    for found in drifts():
        note_finding(*found)

    watch_drift()

    assert len(received("administrator")) == 1


def test_chain_whose_end_was_cut_off_is_found(mailed_office: Office, received: Callable):
    page = published(mailed_office)
    watch_drift()
    remove(latest(page))

    watch_drift()
    watch_drift()

    assert open_findings().filter(problem=Problem.CHAIN, key="publications").count() == 1
    assert len(received("administrator")) == 1


def test_chain_that_was_cut_stays_a_finding_when_it_grows_again(open_office: Office):
    watch_drift()
    page = published(open_office)
    watch_drift()
    last = latest(page)
    remove(last)
    published(open_office)
    assert Publication.objects.filter(sequence=last.sequence).exists()

    watch_drift()

    assert open_findings().filter(problem=Problem.CHAIN, key="publications").exists()


def test_number_of_queries_does_not_grow_with_publications(open_office: Office):
    published(open_office)
    with CaptureQueriesContext(connection) as few:
        list(drifts())
    for _number in range(5):
        published(open_office)
    with CaptureQueriesContext(connection) as many:
        list(drifts())

    assert len(few) == len(many)
