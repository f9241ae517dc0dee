"""Links to other sites as readers see them: groups, notes, consent, checks (1.1 (6))."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.oversight.link_checks import collect
from cms.oversight.models import LinkCheck
from content_api.operations import run
from pages.models import Listing, WebLink
from tests.office import Office, image
from tests.website.reading import read, thai, words

VIDEO = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"


@pytest.fixture
def section(open_office: Office):
    """A public section that lists links."""
    found = open_office.section(
        open_office.home, title="เว็บลิงค์", slug="links", listing=Listing.WEB_LINKS
    )
    return open_office.show(found)


def link(office: Office, url: str = "https://www.agency.example/", **fields) -> WebLink:
    fields = {"title": "หน่วยงาน", "kind": "external", "url": url, **fields}
    return office.show(office.record(WebLink, **fields))


def checked(url: str, state: str, message: str = "") -> None:
    collect()
    LinkCheck.objects.get(url=url).note(state, 200, message, timezone.now())


def test_links_are_grouped_by_kind_in_the_order_of_the_announcement(open_office, section):
    link(open_office, kind="other", title="อื่น")
    link(open_office, kind="subordinate", title="ในสังกัด")
    link(open_office, kind="external", title="ภายนอก")

    page = read("/th/links/")
    heads = [words(head) for head in page.select(".group-head")]
    assert heads == [
        thai("External agency"),
        thai("Subordinate agency"),
        thai("Other site of interest"),
    ]
    assert [words(title.a).split(" (")[0] for title in page.select("h4")] == [
        "ภายนอก",
        "ในสังกัด",
        "อื่น",
    ]


def test_links_say_that_they_lead_away(open_office: Office, section):
    link(open_office)

    anchor = read("/th/links/").select_one(".web-link h4 a")
    assert anchor["href"] == "https://www.agency.example/"
    assert "noopener" in anchor["rel"]
    assert thai("another site") in words(anchor)


def test_name_of_the_site_and_description_are_shown(open_office: Office, section):
    link(open_office, description="คำอธิบาย")

    shown = words(read("/th/links/").select_one(".web-link"))
    assert "agency.example" in shown
    assert "คำอธิบาย" in shown


def test_thumbnail_only_decorates(open_office: Office, section):
    link(open_office, thumbnail=image())

    assert read("/th/links/").select_one(".web-link img")["alt"] == ""


def test_video_waits_for_consent(open_office: Office, section):
    link(open_office, VIDEO, kind="video", title="วิดีโอ")

    page = read("/th/links/")
    player = page.select_one("[data-player]")
    assert player["data-player"].startswith("https://www.youtube-nocookie.com/embed/")
    assert page.find("iframe") is None
    assert player.select_one(".video-actions a")["href"] == VIDEO


def test_video_of_an_unknown_site_is_a_link(open_office: Office, section):
    link(open_office, "https://video.example/1", kind="video")

    page = read("/th/links/")
    assert page.select_one("[data-player]") is None
    assert page.select_one("h4 a")["href"] == "https://video.example/1"


def test_link_that_was_not_checked_says_so(open_office: Office, section):
    link(open_office)

    assert thai("Not checked yet") in words(read("/th/links/").select_one(".web-link"))


def test_link_that_answered_says_when(open_office: Office, section):
    link(open_office)
    checked("https://www.agency.example/", "ok")

    answered = read("/th/links/").select_one(".web-link .answering")
    assert str(timezone.localdate().year + 543) in words(answered)


def test_link_that_fails_says_since_when(open_office: Office, section):
    link(open_office)
    checked("https://www.agency.example/", "unreachable", "timeout")
    since = timezone.now() - datetime.timedelta(days=400)
    LinkCheck.objects.update(failing_since=since)

    failing = read("/th/links/").select_one(".web-link .failing")
    assert str(timezone.localdate(since).year + 543) in words(failing)


def test_checks_cost_one_query_for_all_links(open_office: Office, section):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            result = run("web_links", {"locale": "TH"})
        assert result.errors is None
        return len(captured)

    link(open_office, "https://1.example/", thumbnail=image("red"))
    collect()
    LinkCheck.objects.update(state="ok", checked_at=timezone.now())
    few = cost()
    for number in range(2, 6):
        link(open_office, f"https://{number}.example/", thumbnail=image("blue"))
    collect()
    LinkCheck.objects.update(state="ok", checked_at=timezone.now())

    assert cost() == few


def test_section_without_links_says_so(open_office: Office, section):
    assert thai("There are no links here yet.") in words(read("/th/links/").select_one(".nothing"))
