"""Answers to assessors in the admin."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, override

from cms.assessors.checking import check_evidence
from cms.assessors.comparing import written
from cms.assessors.freezing import Draft
from cms.assessors.models import Answer, Submission
from cms.oversight.models import Assessment
from tests.admin import browser
from tests.assessors.answering import address_of, answered, submitted, year_list
from tests.office import PASSWORD, Office
from tests.publication.withdrawing import withdraw


@pytest.fixture
def assessment(open_office: Office) -> Assessment:
    return year_list("O1", "O2")


def url(name: str, assessment: Assessment, *more: Any) -> str:
    return reverse(f"answers:{name}", args=[assessment.pk, *more])


def lines(*addresses: dict[str, Any]) -> dict[str, str]:
    """The address lines of the form."""
    values = {
        "addresses-TOTAL_FORMS": str(len(addresses)),
        "addresses-INITIAL_FORMS": "0",
    }
    for number, one in enumerate(addresses):
        values |= {f"addresses-{number}-{name}": str(value) for name, value in one.items()}
    return values


def signing(office: Office, assessment: Assessment, **typed: str) -> dict[str, str]:
    user = office.administrator.user
    return {
        "full_name": user.get_full_name(),
        "position": user.position,
        "password": PASSWORD,
        "content_hash": Draft.read(assessment).content_hash,
        **typed,
    }


def test_pages_are_shown_to_whom_may_see_them(open_office: Office, assessment: Assessment):
    answered(open_office, assessment, "O1", "https://example.org/")
    answered(open_office, assessment, "O2")
    row = submitted(open_office, assessment)
    item = assessment.items.first()
    urls = {
        "years": reverse("answers:years"),
        "year": url("year", assessment),
        "submission": url("submission", assessment, row.number),
        "export_xlsx": url("export_xlsx", assessment, row.number),
        "submit": url("submit", assessment),
        "answer": url("answer", assessment, item.pk),
    }
    allowed = {
        "administrator": set(urls),
        "approver": set(urls) - {"answer"},
        "overseer": set(urls) - {"answer", "submit"},
        "reporter": set(),
    }
    for role, names in allowed.items():
        client = browser(getattr(open_office, role))
        seen = {name for name, one in urls.items() if client.get(one).status_code == 200}
        assert seen == names, role


def test_answer_is_saved_with_a_page_and_a_typed_address(
    open_office: Office, assessment: Assessment
):
    page = open_office.show(open_office.draft(title="แผน", slug="plan"))
    item = assessment.items.first()
    client = browser(open_office.administrator)
    values = {"value": "yes", "explanation_th": "ดูหน้า ๓", "explanation_en": ""}
    places = lines({"typed": "https://example.org/", "ORDER": 2}, {"page": page.pk, "ORDER": 1})

    response = client.post(url("answer", assessment, item.pk), {**values, **places, "next": "1"})

    answer = Answer.objects.get()
    assert [str(one) for one in answer.addresses.all()] == [
        "/th/news/plan/",
        "https://example.org/",
    ]
    assert response.url == url("answer", assessment, assessment.items.last().pk)
    html = client.get(url("answer", assessment, item.pk)).content.decode()
    assert "ดูหน้า ๓" in html
    assert "https://example.org/" in html
    assert "หน้าแรก › ข่าว › แผน" in client.get(url("year", assessment)).content.decode()


def test_nothing_typed_is_lost_where_an_address_is_wrong(
    open_office: Office, assessment: Assessment
):
    item = assessment.items.first()
    values = {"value": "yes", "explanation_th": "คำอธิบายยาว", "explanation_en": ""}
    places = lines({"typed": "/th/nowhere/", "ORDER": 1}, {"typed": "https://a.org/", "ORDER": 2})

    response = browser(open_office.administrator).post(
        url("answer", assessment, item.pk), {**values, **places}
    )

    html = response.content.decode()
    assert response.status_code == 200
    assert all(word in html for word in ("คำอธิบายยาว", "/th/nowhere/", "https://a.org/"))
    assert not Answer.objects.exists()


def test_answers_are_proposed_by_button(open_office: Office, assessment: Assessment):
    browser(open_office.administrator).post(url("prefill", assessment))

    assert Answer.objects.count() == 2


def test_submit_page_tells_what_is_in_the_way(open_office: Office, assessment: Assessment):
    answered(open_office, assessment, "O1")
    client = browser(open_office.administrator)

    html = client.get(url("submit", assessment)).content.decode()
    client.post(url("submit", assessment), {"password": PASSWORD})

    assert "O2: " in html
    assert 'name="password"' not in html
    assert not Submission.objects.exists()


def test_submitting_takes_the_password_and_leads_to_what_was_frozen(
    open_office: Office, assessment: Assessment
):
    answered(open_office, assessment, "O1")
    answered(open_office, assessment, "O2")
    client = browser(open_office.administrator)
    page = url("submit", assessment)

    refused = client.post(page, signing(open_office, assessment, password="wrong"))
    cache.clear()
    outdated = client.post(page, signing(open_office, assessment, content_hash="0" * 64))
    assert not Submission.objects.exists()
    done = client.post(page, signing(open_office, assessment))

    name = open_office.administrator.user.get_full_name()
    assert name in refused.content.decode()
    assert (refused.status_code, outdated.status_code) == (200, 200)
    assert done.url == url("submission", assessment, 1)
    html = client.get(done.url).content.decode()
    assert name in html
    assert Submission.objects.get().content_hash in html


def test_submitted_list_is_not_deleted_and_the_screen_says_why(
    open_office: Office, assessment: Assessment
):
    answered(open_office, assessment, "O1")
    answered(open_office, assessment, "O2")
    submitted(open_office, assessment)
    page = reverse("assessments:delete", args=[assessment.pk])

    response = browser(open_office.administrator).post(page, follow=True)

    with override("th"):
        reason = gettext("The answers were submitted: this list stays.")
    assert reason in response.content.decode()
    assert page not in response.content.decode()  # no button for it
    assert Assessment.objects.filter(pk=assessment.pk).exists()


def test_list_shows_what_the_check_found(open_office: Office, assessment: Assessment):
    page = open_office.show(open_office.draft(slug="plan"))
    answered(open_office, assessment, "O1", address_of(page))
    answered(open_office, assessment, "O2")
    submitted(open_office, assessment)
    withdraw(open_office, page)
    check_evidence(delay=0)
    client = browser(open_office.administrator)

    html = client.get(url("year", assessment)).content.decode()

    assert written(["gone", ""]) in html
    assert client.get(reverse("answers:years")).status_code == 200


def test_list_costs_the_same_for_many_items(open_office: Office):
    client = browser(open_office.administrator)
    pages = [open_office.show(open_office.draft(slug=f"p-{number}")) for number in range(3)]
    counts = []
    for year, codes in ((2564, ["O1"]), (2565, ["O1", "O2", "O3"])):
        assessment = year_list(*codes, year=year)
        for number, code in enumerate(codes, start=1):
            answered(open_office, assessment, code, *map(address_of, pages[:number]))
        submitted(open_office, assessment)
        check_evidence(delay=0)
        client.get(url("year", assessment))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url("year", assessment)).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts
