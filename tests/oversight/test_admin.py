"""What editors see: the state beside each web link, and the report of links that do not answer."""

import csv
import io
import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.oversight.link_checks import collect
from cms.oversight.models import LinkCheck
from pages.models import WebLink
from tests.admin import browser
from tests.office import Office
from tests.website.reading import block, published, thai, words

BROKEN = "https://broken.example/"
GOOD = "https://good.example/"


def link(office: Office, url: str) -> WebLink:
    record = office.record(WebLink, title=f"ลิงก์ {url}", kind="external", url=url)
    return office.show(record)


def find(url: str, state: str, message: str = "", status: int | None = None) -> None:
    LinkCheck.objects.get(url=url).note(state, status, message, timezone.now())


@pytest.fixture
def checked(open_office: Office) -> Office:
    """A link that answers, and one in a page and a record that does not."""
    link(open_office, GOOD)
    link(open_office, BROKEN)
    rich_text = f'<p><a href="{BROKEN}">ที่นี่</a></p>'
    published(open_office, block("rich_text", rich_text), title="ข่าวมีลิงก์", slug="linked")
    collect()
    find(GOOD, "ok", status=200)
    find(BROKEN, "broken", "missing", 404)
    return open_office


def table(office: Office, url: str) -> list[str]:
    html = browser(office.reporter).get(url).content
    return [words(row) for row in BeautifulSoup(html, "html.parser").select("main tbody tr")]


def test_list_of_web_links_says_which_answer(checked: Office):
    rows = table(checked, reverse("wagtailsnippets_pages_weblink:list"))

    assert thai("Answers") in next(row for row in rows if GOOD in row)
    assert thai("Broken") in next(row for row in rows if BROKEN in row)


def test_list_of_web_links_says_what_was_never_checked(open_office: Office):
    link(open_office, GOOD)

    rows = table(open_office, reverse("wagtailsnippets_pages_weblink:list"))
    assert thai("Not checked yet") in rows[0]


def test_list_of_web_links_asks_once_for_all_checks(checked: Office):
    client, url = browser(checked.reporter), reverse("wagtailsnippets_pages_weblink:list")
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)

    assert len([q for q in captured if "oversight_linkcheck" in q["sql"]]) == 1


def test_report_names_what_fails_and_where_it_stands(checked: Office):
    (row,) = table(checked, reverse("broken_links"))

    assert BROKEN in row
    assert "404" in row
    assert thai("The site answers that there is no such page.") in row
    assert "ข่าวมีลิงก์" in row
    assert f"ลิงก์ {BROKEN}" in row


def test_report_leads_to_the_page(checked: Office):
    html = browser(checked.reporter).get(reverse("broken_links")).content

    assert BeautifulSoup(html, "html.parser").select_one('main td a[href="/th/news/linked/"]')


def test_report_is_among_the_reports(checked: Office):
    html = browser(checked.reporter).get(reverse("wagtailadmin_home")).content.decode()

    assert json.dumps(reverse("broken_links"))[1:-1] in html


def test_report_is_exported_with_the_places(checked: Office):
    response = browser(checked.reporter).get(f"{reverse('broken_links')}?export=csv")
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    _heads, row = csv.reader(io.StringIO(content))

    assert row[0] == BROKEN
    assert "/th/news/linked/" in row[-1]


def test_report_filters_by_state(checked: Office):
    assert table(checked, f"{reverse('broken_links')}?state=unreachable") == []
    assert len(table(checked, f"{reverse('broken_links')}?state=broken")) == 1


def test_report_costs_the_same_for_many_links(checked: Office):
    client = browser(checked.reporter)
    client.get(reverse("broken_links"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("broken_links"))
    for number in range(3):
        link(checked, f"{BROKEN}{number}")
    collect()
    for number in range(3):
        find(f"{BROKEN}{number}", "unreachable", "timeout")
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("broken_links"))

    assert len(few) == len(many)


def test_report_is_not_for_the_public(checked: Office, client):
    assert client.get(reverse("broken_links")).status_code == 302
