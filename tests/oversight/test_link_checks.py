"""The nightly check as a whole: what it collects, saves, and how it goes on after being killed."""

import datetime
import io
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.oversight import link_checks
from cms.oversight.models import LinkCheck
from pages.models import WebLink
from tests.office import Office
from tests.oversight.conftest import Site
from tests.publication.withdrawing import withdraw
from tests.website.reading import block, published


def run(**options) -> str:
    output = io.StringIO()
    call_command("check_links", delay=0, stdout=output, **options)
    return output.getvalue()


def link(office: Office, url: str, **fields) -> WebLink:
    record = office.record(WebLink, **{"title": "ลิงก์", "kind": "external", "url": url, **fields})
    return office.show(record)


def state_of(url: str) -> str:
    return LinkCheck.objects.get(url=url).state


def age(hours: float, **fields) -> None:
    """Moves the last check into the past."""
    then = timezone.now() - datetime.timedelta(hours=hours)
    LinkCheck.objects.update(checked_at=then, **fields)


def test_links_of_records_and_of_rich_text_are_checked(open_office: Office, site: Site):
    link(open_office, f"{site.url}/200/")
    published(open_office, block("rich_text", f'<p><a href="{site.url}/404/">ที่นี่</a></p>'))

    assert "2 links checked: 1 ok, 1 broken, 0 unreachable." in run()
    assert state_of(f"{site.url}/200/") == "ok"
    assert state_of(f"{site.url}/404/") == "broken"


def test_draft_is_not_checked(open_office: Office, site: Site):
    open_office.record(WebLink, title="ร่าง", kind="external", url=f"{site.url}/200/")

    run()

    assert site.asked == []


def test_address_named_twice_is_asked_once(open_office: Office, site: Site):
    link(open_office, f"{site.url}/200/#a")
    link(open_office, f"{site.url}/200/#b")

    run()

    assert site.asked == [("HEAD", "/200/")]
    assert LinkCheck.objects.get().publications.count() == 2


def test_what_was_checked_today_is_left_alone(open_office: Office, site: Site):
    link(open_office, f"{site.url}/200/")
    run()
    run()
    assert len(site.asked) == 1

    age(hours=21)
    run()
    assert len(site.asked) == 2


def test_killed_run_goes_on_where_it_was(open_office: Office, site: Site):
    for number in range(4):
        link(open_office, f"{site.url}/{200 + number}/")
    link_checks.collect()
    killed = link_checks.check(link_checks.due(datetime.timedelta(hours=20)), delay=0)
    done = next(killed)

    left = link_checks.due(datetime.timedelta(hours=20))
    assert len(left) == 3
    assert done not in left


def test_first_failure_keeps_its_moment(open_office: Office, site: Site):
    link(open_office, f"{site.url}/404/")
    run()
    since = LinkCheck.objects.get().failing_since
    age(hours=48)
    run()

    assert LinkCheck.objects.get().failing_since == since


def test_link_that_answers_again_is_no_longer_failing(open_office: Office, site: Site):
    link(open_office, f"{site.url}/200/")
    link_checks.collect()
    age(hours=48, state="broken", failing_since=timezone.now(), message="missing")

    run()

    check = LinkCheck.objects.get()
    assert (check.state, check.message, check.failing_since) == ("ok", "", None)


def test_withdrawn_link_is_forgotten(open_office: Office, site: Site):
    record = link(open_office, f"{site.url}/200/")
    run()
    withdraw(open_office, record)
    age(hours=48)

    run()

    assert not LinkCheck.objects.exists()
    assert len(site.asked) == 1


def test_number_of_queries_does_not_grow_with_publications(open_office: Office, site: Site):
    link(open_office, f"{site.url}/200/")
    with CaptureQueriesContext(connection) as few:
        link_checks.collect()
    for number in range(5):
        link(open_office, f"{site.url}/{number}/")
    with CaptureQueriesContext(connection) as many:
        link_checks.collect()

    assert len(few) == len(many)


def test_fault_of_ours_is_not_hidden(open_office: Office, site: Site, monkeypatch):
    link(open_office, f"{site.url}/200/")

    def fail(url, pace):
        raise RuntimeError("a fault")

    monkeypatch.setattr(link_checks, "ask", fail)
    with pytest.raises(RuntimeError, match="a fault"):
        run()


def test_link_in_a_source_of_knowledge_is_found(open_office: Office, site: Site):
    from pages.models import KnowledgePage

    source = {
        "title": "ก",
        "publisher": "ข",
        "url": f"{site.url}/200/",
        "dated_at": "2026-01-01T00:00:00+07:00",
    }
    page = open_office.page(open_office.news, KnowledgePage)
    body, sources = [block("rich_text", "<p>ก</p>")], [block("reference", source)]
    page = open_office.edit(page, body=json.dumps(body), references=json.dumps(sources))
    open_office.show(page)

    link_checks.collect()

    assert LinkCheck.objects.get().url == f"{site.url}/200/"
