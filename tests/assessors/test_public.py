"""What the public reads of submissions: frozen facts, and nothing that was withdrawn since."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.assessors.answers import place_of
from cms.oversight.models import Assessment
from cms.publication.models import PinnedFile
from cms.webhooks.models import PURGE, Delivery
from content_api.operations import run
from tests.api.ask import ask
from tests.assessors.answering import address_of, answered, submitted, year_list
from tests.office import Office, document
from tests.publication.withdrawing import latest, withdraw
from tests.website.reading import block

ASKED = """query ($locale: Locale! = TH) {
  assessment(framework: "test-list", fiscalYear: 2566, locale: $locale) {
    title number contentHash fiscalYear { be }
    answers { code group title answer explanation explanationLocale
      addresses { url title locale clickPath contentHash permanentId path isUnchanged } } }
  assessments { framework fiscalYear { be } }
}"""


@pytest.fixture
def page(open_office: Office) -> Any:
    """A page that was submitted as evidence."""
    made = open_office.show(open_office.draft(title="แผนลับเฉพาะ", slug="secret-plan"))
    assessment = year_list("O1", "O2")
    answered(open_office, assessment, "O1", address_of(made), th="ดูหน้า 3")
    answered(open_office, assessment, "O2")
    submitted(open_office, assessment)
    return made


def html_of(client: Any, language: str = "th") -> str:
    response = client.get(f"/{language}/assessments/test-list/2566/")
    assert response.status_code == 200
    return response.content.decode()


def first_address(locale: str = "TH") -> dict[str, Any]:
    return ask(ASKED, locale=locale)["assessment"]["answers"][0]["addresses"][0]


def test_api_tells_the_answers_as_they_were_frozen(page: Any, settings: Any):
    data = ask(ASKED)

    one, other = data["assessment"]["answers"]
    assert (one["answer"], other["answer"]) == ("YES", "NO")
    assert one["explanation"] == "ดูหน้า 3"
    assert first_address() == {
        "url": f"{settings.BASE_URL}/th/news/secret-plan/",
        "title": "แผนลับเฉพาะ",
        "locale": "TH",
        "clickPath": ["หน้าแรก", "ข่าว", "แผนลับเฉพาะ"],
        "contentHash": latest(page).content_hash,
        "permanentId": address_of(page).short_id,
        "path": "/th/news/secret-plan/",
        "isUnchanged": True,
    }
    assert data["assessments"] == [{"framework": "test-list", "fiscalYear": {"be": 2566}}]


def test_english_falls_back_to_thai_and_says_so(page: Any):
    found = ask(ASKED, locale="EN")["assessment"]

    assert found["title"] == "Test list"
    assert found["answers"][0]["explanationLocale"] == "TH"


def test_unsubmitted_answers_are_not_told(open_office: Office, page: Any):
    assessment = year_list("O1", year=2567)
    answered(open_office, assessment, "O1", "https://draft.example/")

    assert [one["fiscalYear"]["be"] for one in ask(ASKED)["assessments"]] == [2566]


def test_newer_version_is_told_and_the_frozen_words_stay(
    open_office: Office, page: Any, client: Any
):
    open_office.show(open_office.edit(page, title="แผนใหม่"))

    found = first_address()
    assert (found["title"], found["isUnchanged"]) == ("แผนลับเฉพาะ", False)
    assert "?as_of=" in html_of(client)


def test_withdrawn_page_leaves_no_words_but_its_hash(open_office: Office, page: Any, client: Any):
    content_hash = latest(page).content_hash
    withdraw(open_office, page)

    found = first_address()
    assert (found["url"], found["title"], found["clickPath"], found["path"]) == (None, "", [], None)
    assert found["contentHash"] == content_hash
    for language in ("th", "en"):
        html = html_of(client, language)
        assert "แผนลับเฉพาะ" not in html
        assert "secret-plan" not in html


def test_page_that_became_private_leaves_nothing(page: Any, client: Any):
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    found = first_address()
    assert (found["title"], found["contentHash"], found["permanentId"]) == ("", None, None)
    assert "secret-plan" not in html_of(client)


def test_withdrawn_section_takes_the_way_with_it(open_office: Office, client: Any):
    section = open_office.show(open_office.section(open_office.news, title="หมวดลับ", slug="sec"))
    made = open_office.show(open_office.draft(section, title="หน้า", slug="inner"))
    assessment = year_list("O1")
    answered(open_office, assessment, "O1", address_of(made))
    submitted(open_office, assessment)
    withdraw(open_office, section)

    assert first_address()["clickPath"] == []
    assert "หมวดลับ" not in html_of(client)


@pytest.mark.parametrize("language", ["th", "en"])
def test_page_shows_every_item_and_no_person(
    open_office: Office, page: Any, client: Any, language: str
):
    html = html_of(client, language)

    assert "O1" in html
    assert "หน้าแรก › ข่าว › แผนลับเฉพาะ" in html
    assert open_office.administrator.user.get_full_name() not in html
    assert open_office.administrator.user.position not in html


@pytest.mark.parametrize("end", ["withdrawn", "private"])
def test_file_of_a_page_that_is_gone_leaves_no_name(
    open_office: Office, client: Any, settings: Any, end: str
):
    paper = json.dumps([block("document", document(b"x", "secret-name.pdf").pk)])
    made = open_office.show(open_office.draft(slug="with-file", attachments=paper))
    url = f"{settings.BASE_URL}{PinnedFile.objects.get(publications=latest(made)).path}"
    assessment = year_list("O1")
    answered(open_office, assessment, "O1", place_of(url))
    row = submitted(open_office, assessment)
    before = first_address()
    if end == "withdrawn":
        withdraw(open_office, made)
    else:
        PageViewRestriction.objects.create(page=made, restriction_type="login")

    assert (before["url"], before["contentHash"] in url) == (url, True)
    assert row.data["items"][0]["addresses"][0]["contentHash"] in url
    assert (first_address()["url"], first_address()["contentHash"]) == (None, None)
    assert "secret-name" not in html_of(client)


def test_index_and_footer_lead_to_it(page: Any, client: Any):
    assert "/th/assessments/" in client.get("/th/").content.decode()
    assert "/th/assessments/test-list/2566/" in client.get("/th/assessments/").content.decode()


def test_year_that_was_not_submitted_is_not_found(open_office: Office, client: Any):
    year_list("O1")
    assert client.get("/th/assessments/test-list/2566/").status_code == 404


def test_remembered_answer_is_gone_after_a_submission(open_office: Office, page: Any, client: Any):
    before = html_of(client)
    assessment = Assessment.objects.get()
    answered(open_office, assessment, "O1")
    submitted(open_office, assessment)

    assert "secret-plan" in before
    assert "secret-plan" not in html_of(client)


def test_caches_in_front_are_purged(open_office: Office, settings: Any):
    settings.WAGTAILFRONTENDCACHE = {"edge": {"BACKEND": "x", "HOSTNAMES": ["localhost"]}}
    assessment = year_list("O1")
    answered(open_office, assessment, "O1")

    submitted(open_office, assessment)

    payload = Delivery.objects.get(event_type=PURGE).payload
    assert "Assessment-list" in payload
    assert "/th/assessments/test-list/2566/" in payload


def test_api_costs_the_same_for_many_items(open_office: Office):
    pages = [open_office.show(open_office.draft(slug=f"p-{number}")) for number in range(3)]
    counts = []
    for codes in (["O1"], ["O1", "O2", "O3"]):
        Assessment.objects.update(fiscal_year=2560)
        assessment = year_list(*codes)
        for number, code in enumerate(codes, start=1):
            answered(open_office, assessment, code, *map(address_of, pages[:number]))
        submitted(open_office, assessment)
        with CaptureQueriesContext(connection) as captured:
            run("assessment", {"framework": "test-list", "fiscalYear": 2566, "locale": "TH"})
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 7


def test_withdrawal_purges_the_years_in_caches_that_know_no_tags(
    open_office: Office, page: Any, settings: Any
):
    settings.WAGTAILFRONTENDCACHE = {"edge": {"BACKEND": "x", "HOSTNAMES": ["localhost"]}}

    withdraw(open_office, page)

    payload = Delivery.objects.filter(event_type=PURGE).latest("pk").payload
    assert "/en/assessments/test-list/2566/" in payload
