"""What a sender gets back, and how they ask how far it is."""

import io
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from cms.engagement.guard import LIMITS
from cms.engagement.handling import reply
from cms.engagement.models import Case
from tests.engagement.desk import handler
from tests.engagement.standing import NAME, WORDS, Form
from tests.office import Office
from tests.website.filling_in import Visitor, page_of
from tests.website.reading import read, thai, words

TYPED = {NAME["id"]: "สมหญิง ตัวอย่าง", WORDS["id"]: "ไฟถนน <i>ดับ</i>"}


@pytest.fixture
def case(open_office: Office) -> Case:
    """A question that was sent on the site."""
    visitor = Visitor(Form("question"))
    visitor.sends(TYPED)
    return Case.objects.get()


def ask(reference: str, language: str = "th") -> Any:
    """Asks how far a case is."""
    browser = Client(enforce_csrf_checks=True)
    return browser.post(f"/{language}/status/", {"reference": reference})


def test_copy_shows_the_number_and_what_was_sent(case: Case):
    page = read(f"/th/receipts/{case.receipt_token}/")

    assert words(page.select_one(".reference")) == case.reference
    assert "ไฟถนน <i>ดับ</i>" in words(page.main)
    assert "ขอบคุณ" in words(page.select_one(".thank-you"))
    links = [link["href"] for link in page.main.select("a")]
    assert links == ["/th/status/", f"/th/receipts/{case.receipt_token}.pdf"]


def test_copy_can_be_kept_as_pdf(case: Case):
    response = Client().get(f"/th/receipts/{case.receipt_token}.pdf")

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert case.reference in text
    assert response["Cache-Control"] == "no-store"
    assert case.receipt_token not in response["Content-Disposition"]


@pytest.mark.parametrize("suffix", ["/", ".pdf"])
def test_copy_is_only_for_whoever_holds_its_token(case: Case, suffix: str):
    for token in (case.reference, "x" * 43, case.receipt_token[:-1] + "_"):
        assert Client().get(f"/th/receipts/{token}{suffix}", follow=True).status_code == 404


def test_copy_stands_in_the_language_of_its_form(case: Case):
    response = Client().get(f"/en/receipts/{case.receipt_token}/")

    assert response["Location"] == f"/th/receipts/{case.receipt_token}/"


def test_status_is_found_however_the_number_was_typed(case: Case):
    response = ask(f" {case.reference.lower().replace('-', ' ')} ")

    found = words(page_of(response).select_one(".status-found"))
    assert response.status_code == 200
    assert case.reference in found
    assert thai("Received") in found


def test_status_shows_the_answer_and_nothing_that_was_sent(case: Case, open_office: Office):
    reply(case, handler(open_office, "question").user, "ซ่อมแล้ว\nเมื่อวานนี้", "answered")

    page = page_of(ask(case.reference))
    assert "ซ่อมแล้ว" in words(page.select_one(".status-found"))
    assert "สมหญิง" not in page.get_text()
    assert "ไฟถนน" not in page.get_text()


def test_wrong_number_says_nothing(case: Case):
    wrong = case.reference[:-1] + ("2" if case.reference[-1] != "2" else "3")
    answers = [ask(number) for number in (wrong, "Q00-AAAA-AAAA", "nonsense", "๑/๒<b>")]

    assert {answer.status_code for answer in answers} == {404}
    errors = {words(page_of(answer).select_one(".form-error")) for answer in answers}
    assert len(errors) == 1
    assert all(page_of(answer).select_one(".status-found") is None for answer in answers)


def test_wrong_number_stays_in_its_field(case: Case):
    control = page_of(ask("Q70-7K3M-9Q2")).find(id="reference")

    assert (control["value"], control["aria-invalid"]) == ("Q70-7K3M-9Q2", "true")


def test_no_number_is_asked_for_again(open_office: Office):
    assert ask("  ").status_code == 422


def test_numbers_cannot_be_tried_out(case: Case):
    for _ in range(LIMITS["lookup"]):
        ask("nonsense")

    response = ask(case.reference)
    assert response.status_code == 429
    assert page_of(response).select_one(".status-found") is None


def test_number_never_stands_in_an_address(case: Case):
    assert read("/th/status/").select_one("form.form")["method"] == "post"
    assert read(f"/th/status/?reference={case.reference}").select_one(".status-found") is None


def test_status_page_has_both_languages(open_office: Office):
    assert read("/th/status/").select_one(".language-switch")["href"] == "/en/status/"
    assert "How far" in words(read("/en/status/").h1)


def test_every_page_leads_to_the_status(open_office: Office):
    links = [link["href"] for link in read("/en/news/").select(".site-footer a")]

    assert "/en/status/" in links


def test_form_leads_to_the_status(open_office: Office):
    assert Visitor(Form("question")).opens().select_one(".form-status a")["href"] == "/th/status/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_status_is_neither_kept_nor_indexed(case: Case, method: str):
    response = getattr(Client(), method)("/th/status/", {"reference": case.reference})

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_copy_is_neither_kept_nor_indexed(case: Case):
    response = Client().get(f"/th/receipts/{case.receipt_token}/")

    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
