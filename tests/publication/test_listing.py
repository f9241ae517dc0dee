"""The lists of pages and the page chooser: division and where each page stands."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from cms.publication.models import Publication
from cms.publication.standing import Standing, open_runs, standings
from pages.models import NewsPage
from tests.admin import browser
from tests.office import Office


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def standing(page: NewsPage) -> Standing:
    return standings([page], open_runs([page]))[page.pk]


def words(page: NewsPage) -> tuple[str, str]:
    found = standing(type(page).objects.get(pk=page.pk))
    return found.public, found.draft


def test_draft(open_office: Office):
    assert words(open_office.draft()) == ("", "Draft")


def test_signing_names_who_is_next(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)
    assert words(page) == ("", "Being signed, now: reporter")

    open_office.reporter.sign(page)

    assert words(page) == ("", "Being signed, now: approver")


def test_returned(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)
    open_office.reporter.sign(page, action="reject", comment="ขาดวันที่")

    assert words(page) == ("", "Returned for correction")


def test_public_has_its_address(open_office: Office):
    page = open_office.show(open_office.draft(slug="road"))

    assert words(page) == ("Public", "")
    assert standing(page).address == "/th/news/road/"


def test_public_and_changed_since(open_office: Office):
    page = open_office.show(open_office.draft())

    assert words(open_office.edit(page, title="แก้")) == ("Public", "Changed since")


def test_public_and_changed_by_autosave_in_the_same_revision(open_office: Office):
    page = open_office.show(open_office.draft())
    draft = page.get_latest_revision_as_object()
    draft.title = "แก้"
    revision = page.get_latest_revision()
    draft.save_revision(user=revision.user, overwrite_revision=revision)

    assert words(page) == ("Public", "Changed since")


def test_change_that_is_being_signed(open_office: Office):
    page = open_office.edit(open_office.show(open_office.draft()), title="แก้")
    open_office.reporter.submit(page)

    assert words(page) == ("Public", "Being signed, now: reporter")


def test_signed_for_a_later_time(open_office: Office):
    start = timezone.now() + datetime.timedelta(days=30)

    public, draft = words(open_office.show(open_office.draft(go_live_at=start)))

    assert public.startswith("Public from ")
    assert draft == ""


def test_new_version_for_a_later_time(open_office: Office):
    page = open_office.show(open_office.draft())
    start = timezone.now() + datetime.timedelta(days=30)
    public, draft = words(open_office.show(open_office.edit(page, go_live_at=start)))

    assert public == "Public"
    assert draft.startswith("New version from ")


def test_withdrawn(open_office: Office):
    page = open_office.show(open_office.draft())
    publication = Publication.objects.filter(subject=page.translation_key).get()
    withdrawal = open_office.approver.request_withdrawal(publication, "ผิด")
    open_office.publisher.confirm_withdrawal(withdrawal)

    assert words(page) == ("Not public any more", "")


def listings(office: Office) -> list[str]:
    below, search = [office.news.pk], reverse("wagtailadmin_choose_page_search")
    return [
        reverse("wagtailadmin_explore", args=below),
        reverse("wagtailadmin_choose_page_child", args=below),
        f"{search}?q=ข่าวทดสอบ",
        f"{reverse('wagtailadmin_pages:search')}?q=ข่าวทดสอบ",
    ]


def text(response: Any) -> str:
    if response["Content-Type"].startswith("application/json"):
        return response.json()["html"]
    return response.content.decode()


def test_every_listing_shows_division_and_sign_off(open_office: Office):
    division = open_office.department(title="กองช่าง", short_title="ช่าง")
    page = open_office.draft(department=division)
    open_office.reporter.submit(page)
    client = browser(open_office.reporter)

    for url in listings(open_office):
        shown = text(client.get(url))
        assert "ช่าง" in shown
        assert str(standing(page).draft) in shown


def test_fifty_pages_cost_as_many_queries_as_five(open_office: Office):
    client = browser(open_office.reporter)
    for number in range(50):
        page = open_office.draft(department=open_office.department(title=f"กอง {number}"))
        if number % 2:
            open_office.reporter.submit(page)
        if number == 4:
            few = [count(client, url) for url in listings(open_office)]

    assert [count(client, url) for url in listings(open_office)] == few


def count(client: Any, url: str) -> int:
    client.get(url)  # fills the caches that live as long as the process
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize(("language", "heading"), [("en", "Language"), ("th", "ภาษา")])
def test_record_speaks_the_language_of_whoever_reads_it(
    open_office: Office, language: str, heading: str
):
    profile = UserProfile.get_for_user(open_office.approver.user)
    profile.preferred_language = language
    profile.save()

    html = browser(open_office.approver).get(reverse("publications:index")).content.decode()

    assert heading in html
