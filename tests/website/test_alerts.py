"""Alerts for readers: the banner on every page, their own pages, feeds, and CAP 1.2."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
import xmlschema
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.models import Alert
from tests.alerts.alerting import changed, draft, hours, message_of, released
from tests.office import Office
from tests.publication.withdrawing import withdraw

SCHEMA = xmlschema.XMLSchema(Path(__file__).with_name("CAP-v1.2.xsd"))
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
HEADLINES = {
    "th": "น้ำท่วมฉับพลันที่บ้านหนองปลา หมู่ 3",
    "en": "Flash flood at Ban Nong Pla, Village 3",
}


def soup(client: Any, path: str, status: int = 200) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def short_id(alert: Alert) -> str:
    return message_of(alert).address.short_id


def identifier(alert: Alert) -> str:
    message = message_of(alert)
    return f"{message.address.short_id}-{message.sequence}"


def cap(client: Any, name: str) -> ElementTree.Element:
    response = client.get(f"/alerts/cap/{name}.xml")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/cap+xml")
    SCHEMA.validate(response.content.decode())
    return ElementTree.fromstring(response.content)  # noqa: S314 (our own answer)


def texts(element: ElementTree.Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall(path.replace("/", f"/{CAP}"))]


def expire(alert: Alert, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock goes on beyond the end of an alert."""
    end = message_of(alert).effective_until
    assert end
    monkeypatch.setattr(timezone, "now", lambda: end)


@pytest.mark.parametrize("path", ["", "news/", "nowhere/", "status/", "alerts/"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_shows_the_banner_in_its_language(
    open_office: Office, client, language: str, path: str
):
    alert = released(open_office)

    banner = soup(client, f"/{language}/{path}", 404 if path == "nowhere/" else 200).select_one(
        ".alerts"
    )

    assert banner
    link = banner.select_one("a")
    assert link
    assert link.text == HEADLINES[language]
    assert link["href"] == f"/{language}/alerts/{short_id(alert)}/"


def test_banner_of_a_grave_alert_is_said_at_once_and_named(open_office: Office, client):
    released(open_office)

    banner = soup(client, "/en/").select_one("section.alerts")

    assert banner
    assert banner["aria-label"]
    assert banner.select_one("[role=alert] .alert-level").text.strip()  # type: ignore[union-attr]


@pytest.mark.parametrize("changes", [{"severity": "minor"}, {"is_exercise": True}])
def test_banner_of_a_lesser_alert_does_not_interrupt(open_office: Office, client, changes: dict):
    released(open_office, **changes)

    page = soup(client, "/th/")
    assert page.select_one(".alerts .alert")
    assert not page.select_one(".alerts [role=alert]")


def test_worst_alert_stands_first(open_office: Office, client):
    released(open_office, severity="minor")
    worst = released(open_office, severity="extreme")
    released(open_office, severity="moderate")

    links = soup(client, "/th/").select(".alerts a")
    assert len(links) == 3
    assert short_id(worst) in str(links[0]["href"])


def test_unsigned_alert_is_nowhere(open_office: Office, client):
    alert = draft(open_office)
    open_office.reporter.submit(alert)
    open_office.reporter.sign(alert)

    assert not soup(client, "/th/").select(".alerts")
    assert HEADLINES["th"] not in client.get("/th/alerts/").content.decode()
    assert HEADLINES["th"] not in client.get("/th/alerts/feed.rss").content.decode()


def test_page_that_a_browser_kept_is_not_fresh_any_more(open_office: Office, client):
    kept = client.get("/th/")["ETag"]
    assert client.get("/th/", headers={"If-None-Match": kept}).status_code == 304
    released(open_office)

    response = client.get("/th/", headers={"If-None-Match": kept})

    assert response.status_code == 200
    assert HEADLINES["th"] in response.content.decode()


def test_alerts_cost_a_page_one_query_for_each_operation(open_office: Office, client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/th/news/")
        return len(captured)

    queries()
    without = queries()
    released(open_office)
    one = queries()
    released(open_office)

    assert queries() == one == without + 2  # the page's and the list's


def test_banner_ends_when_the_alert_does(open_office: Office, client, monkeypatch):
    alert = released(open_office)
    expire(alert, monkeypatch)

    assert not soup(client, "/th/").select(".alerts")
    assert HEADLINES["th"] in soup(client, "/th/alerts/").select_one("[aria-labelledby=past]").text  # type: ignore[union-attr]
    assert soup(client, f"/th/alerts/{short_id(alert)}/").h1.text == HEADLINES["th"]  # type: ignore[union-attr]


@pytest.mark.parametrize("language", ["th", "en"])
def test_page_of_an_alert_tells_everything(open_office: Office, client, language: str):
    alert = released(open_office, area_circle="13.75,100.5 2", web="https://example.org/x")
    other = "en" if language == "th" else "th"

    page = soup(client, f"/{language}/alerts/{short_id(alert)}/")

    text = page.select_one("main").text  # type: ignore[union-attr]
    words = [alert.instruction, alert.description] if language == "th" else []
    words += [alert.instruction_en, alert.description_en] if language == "en" else []
    for word in [*words, "02-000-0000", "13.75,100.5 2", "https://example.org/x"]:
        assert word in text
    year = timezone.localtime(message_of(alert).published_at).year
    assert str(year + 543 if language == "th" else year) in text
    switch = page.select_one(".language-switch")
    assert switch
    assert switch["href"] == f"/{other}/alerts/{short_id(alert)}/"


def test_withdrawn_alert_says_why_it_is_gone(open_office: Office, client):
    alert = released(open_office)
    name, path = identifier(alert), f"/th/alerts/{short_id(alert)}/"
    withdraw(open_office, alert)

    assert soup(client, path, 410)
    assert client.get(f"/alerts/cap/{name}.xml").status_code == 410
    assert not soup(client, "/th/").select(".alerts")


@pytest.mark.parametrize("path", ["/th/alerts/zzzz/", "/alerts/cap/zzzz-1.xml", "/th/alerts//"])
def test_what_never_was_is_not_found(open_office: Office, client, path: str):
    assert client.get(path).status_code == 404


def test_wrong_place_in_the_list_is_refused(open_office: Office, client):
    assert client.get("/th/alerts/?after=nonsense").status_code == 400


def test_cap_message_is_valid_and_in_both_languages(open_office: Office, client):
    alert = released(
        open_office,
        area_polygon="13.1,100.1 13.2,100.1 13.2,100.2",
        area_circle="13.75,100.5 2",
        onset=hours(1),
    )

    message = cap(client, identifier(alert))

    assert texts(message, f"{CAP}status") == ["Actual"]
    assert texts(message, f"{CAP}msgType") == ["Alert"]
    assert texts(message, f"{CAP}scope") == ["Public"]
    assert texts(message, f"{CAP}references") == []
    assert texts(message, f"{CAP}info/language") == ["th-TH", "en"]
    assert texts(message, f"{CAP}info/headline") == [HEADLINES["th"], HEADLINES["en"]]
    assert texts(message, f"{CAP}info/severity") == ["Severe", "Severe"]
    assert texts(message, f"{CAP}info/responseType") == ["Evacuate", "Evacuate"]
    polygon = texts(message, f"{CAP}info/area/polygon")[0].split()
    assert polygon[0] == polygon[-1]


def test_cap_times_have_the_offset_of_thailand(open_office: Office, client):
    message = cap(client, identifier(released(open_office)))

    moments = texts(message, f"{CAP}sent") + texts(message, f"{CAP}info/expires")
    assert moments
    assert all(moment.endswith("+07:00") for moment in moments)


def test_cap_identifiers_hold_nothing_that_is_forbidden(open_office: Office, client):
    message = cap(client, identifier(released(open_office)))

    for name in ("identifier", "sender"):
        assert not set(texts(message, f"{CAP}{name}")[0]) & set(" ,<&")


def test_exercise_is_told_to_other_systems(open_office: Office, client):
    message = cap(client, identifier(released(open_office, is_exercise=True)))

    assert texts(message, f"{CAP}status") == ["Exercise"]
    assert texts(message, f"{CAP}note")


@pytest.mark.parametrize("kind", ["update", "cancel"])
def test_later_message_names_every_earlier_one(open_office: Office, client, kind: str):
    alert = released(open_office)
    first = cap(client, identifier(alert))
    names = [identifier(alert)]
    alert = changed(open_office, alert, message_type="update", severity="extreme")
    names.append(identifier(alert))
    alert = changed(open_office, alert, message_type=kind, response_type="all-clear")

    message = cap(client, identifier(alert))

    references = texts(message, f"{CAP}references")[0].split()
    assert [reference.split(",")[1] for reference in references] == names
    sender, sent = texts(first, f"{CAP}sender")[0], texts(first, f"{CAP}sent")[0]
    assert references[0] == f"{sender},{names[0]},{sent}"
    assert texts(message, f"{CAP}msgType") == [kind.title()]
    assert texts(message, f"{CAP}info/responseType")[0] == "AllClear"
    assert cap(client, names[0]) is not None  # what was sent can still be read


def test_end_of_an_alert_is_calm(open_office: Office, client):
    alert = changed(open_office, released(open_office), message_type="cancel")

    banner = soup(client, "/th/").select_one(".alerts")
    assert banner
    assert banner.select(".alert-over")
    assert not banner.select("[role=alert]")
    assert message_of(alert)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("feed_format", ["rss", "atom"])
def test_feed_leads_to_the_cap_message(
    open_office: Office, client, feed_format: str, language: str
):
    alert = released(open_office)

    response = client.get(f"/{language}/alerts/feed.{feed_format}")
    parsed = feedparser.parse(response.content)

    assert not parsed.bozo
    [entry] = parsed.entries
    assert entry.title == HEADLINES[language]
    address = f"/alerts/cap/{identifier(alert)}.xml"
    [enclosure] = [link for link in entry.links if link.rel == "enclosure"]
    assert enclosure.type == "application/cap+xml"
    assert enclosure.href.endswith(address)
    assert int(enclosure.length) == len(client.get(address).content)
    assert entry.link.endswith(address if feed_format == "rss" else f"/{short_id(alert)}/")


def test_feeds_are_named_on_every_page(open_office: Office, client):
    found = [link["href"] for link in soup(client, "/en/").select("link[rel=alternate]")]

    assert {"/en/alerts/feed.rss", "/en/alerts/feed.atom"} <= set(found)


def test_text_with_markup_stays_text(open_office: Office, client):
    alert = released(
        open_office, title="น้ำท่วม <b>&", description="ก\x0bข ]]> <script>", area="หมู่ 3 & 4"
    )

    message = cap(client, identifier(alert))

    assert texts(message, f"{CAP}info/headline")[0] == "น้ำท่วม <b>&"
    assert "<script>ก" not in client.get(f"/th/alerts/{short_id(alert)}/").content.decode()
    assert not feedparser.parse(client.get("/th/alerts/feed.atom").content).bozo


@pytest.mark.parametrize("language", ["th", "en"])
def test_draft_is_shown_as_on_the_site_in_both_languages(open_office: Office, rf, language: str):
    request = rf.get("/")
    request.user = open_office.reporter.user  # whose look is noted

    response = draft(open_office).serve_preview(request, language)

    page = BeautifulSoup(response.content, "html.parser")
    assert page.h1.text == HEADLINES[language]  # type: ignore[union-attr]
    assert page.select_one(".alerts .alert-severe")
    assert page.select_one(".banner-draft")
    assert response["Cache-Control"] == "no-store"
