"""The dashboard: each role finds what it has to do, at a cost that does not grow."""

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.divisions.scope import scope_of
from cms.oversight.coverage import coverage, totals
from cms.oversight.history import record_coverage
from cms.oversight.home_panels import panels_for
from cms.publication.models import Publication
from pages.models import DisclosureItem
from tests.admin import browser
from tests.oversight.duties import owe, show, traveller
from tests.oversight.many import many_publications
from tests.publication.withdrawing import latest
from tests.website.reading import in_english, thai, words

DAY = datetime.timedelta(days=1)


@pytest.fixture
def travel(monkeypatch):
    return traveller(monkeypatch)


def panel(clerk: Any, name: str) -> str:
    """The words of a panel of the dashboard; empty where it is not there."""
    html = browser(clerk).get(reverse("wagtailadmin_home")).content
    found = BeautifulSoup(html, "html.parser").find(id=f"oversight-{name}-section")
    return words(found) if found else ""


def test_a_division_finds_what_it_owes_and_not_what_others_owe(divisions):
    office = divisions.office
    owe(office, "1.1", title="ของคลัง", responsible_division=divisions.finance)
    owe(office, "1.2", title="ของช่าง", responsible_division=divisions.works)

    for clerk in (divisions.finance_reporter, divisions.finance_head):
        told = panel(clerk, "owed")
        assert "ของคลัง" in told
        assert "ของช่าง" not in told


def test_the_worst_comes_first(divisions, travel):
    office, finance = divisions.office, divisions.finance
    show(office, owe(office, "1.1", responsible_division=finance, review_months=1))
    owe(office, "1.2", responsible_division=finance)
    travel(40 * DAY)

    told = panel(divisions.finance_reporter, "owed")

    assert told.index("1.2") < told.index("1.1")


def test_a_division_finds_what_waits_for_a_signature(divisions):
    draft = divisions.draft(title="ร่างของคลัง")
    divisions.finance_reporter.submit(draft)

    assert "ร่างของคลัง" in panel(divisions.finance_head, "owed")
    assert "ร่างของคลัง" not in panel(divisions.works_head, "owed")


def test_a_division_finds_what_leaves_the_public_soon(divisions):
    office = divisions.office
    divisions.finance = office.show(divisions.finance)
    for title, days in (("ใกล้หมด", 10), ("อีกนาน", 200)):
        page = office.draft(title=title, department=divisions.finance)
        office.show(office.edit(page, expire_at=timezone.now() + days * DAY))

    told = panel(divisions.finance_reporter, "owed")

    assert "ใกล้หมด" in told
    assert "อีกนาน" not in told
    assert "ใกล้หมด" not in panel(divisions.works_reporter, "owed")


def test_executives_and_administrators_find_the_office_by_division(open_office, travel):
    finance = open_office.show(open_office.department(title="กองคลัง"))
    show(open_office, owe(open_office, "1.1", responsible_division=finance))
    owe(open_office, "1.2", responsible_division=finance)
    record_coverage()
    travel(DAY)
    record_coverage()

    for clerk in (open_office.executive, open_office.administrator, open_office.root):
        told = panel(clerk, "office")
        assert "กองคลัง" in told
        assert f"{thai('owed')}: 2" in told
    assert panel(open_office.reporter, "office") == ""


def test_publishers_find_what_is_incomplete_in_english(open_office, travel):
    languages = ["th", "en"]
    show(open_office, owe(open_office, "1.1", title="ขาดอังกฤษ", languages=languages))
    page = show(open_office, owe(open_office, "1.2", title="อังกฤษเก่า", languages=languages))
    in_english(open_office, page, "English")
    travel(DAY)
    open_office.show(open_office.edit(page, title="ใหม่"))
    show(open_office, owe(open_office, "1.3", title="ไม่ต้องแปล"))

    told = panel(open_office.publisher, "english")

    assert "ขาดอังกฤษ" in told
    assert "อังกฤษเก่า" in told
    assert "ไม่ต้องแปล" not in told
    assert panel(open_office.reporter, "english") == ""


def test_two_thousand_publications_cost_as_many_queries_as_one(divisions):
    office = divisions.office
    page = show(office, owe(office, "1.1", responsible_division=divisions.finance))
    clerks = [divisions.finance_reporter, divisions.finance_head, office.executive, office.root]
    few = [_queries(clerk) for clerk in clerks]

    many_publications(latest(page), 2_000)
    many_publications(Publication.objects.get(type=DisclosureItem.__name__), 50)
    many = [_queries(clerk) for clerk in clerks]

    assert totals(coverage().standings).owed == 51
    assert many == few
    assert max(many) < 12


def _queries(clerk: Any) -> int:
    """What the panels ask, after what the admin knows of the person on every page."""
    user = get_user_model().objects.get(pk=clerk.user.pk)
    user.get_all_permissions()
    scope_of(user)
    request = RequestFactory().get("/")
    request.user = user
    with CaptureQueriesContext(connection) as caught:
        for one in panels_for(user):
            one.render_html({"request": request})
    return len(caught)
