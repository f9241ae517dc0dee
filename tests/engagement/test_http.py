"""The desks over HTTP, as any front end uses them."""

import io
import shutil
import subprocess
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from cms.engagement.handling import reply
from cms.engagement.models import Case
from tests.engagement.desk import handler
from tests.engagement.standing import DAY, NAME, PICTURE, WORDS, Form, picture
from tests.office import Office

VISITOR = Client(enforce_csrf_checks=True)


def test_form_is_posted_without_session_or_cookie(question_form: Form):
    token = VISITOR.get(question_form.url).json()["token"]
    assert token

    response = VISITOR.post(question_form.url, question_form.typed())

    assert response.status_code == 201
    assert response.json()["reference"] == Case.objects.get().reference
    assert response.json()["thankYou"] == "ขอบคุณ"
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert "Cookie" not in response.get("Vary", "")


def test_refusal_says_what_to_do_and_keeps_the_files(question_form: Form):
    wrong = question_form.typed(**{NAME["id"]: "", PICTURE["id"]: picture("บ่อ.png")})

    response = VISITOR.post(question_form.url, wrong)

    body = response.json()
    assert response.status_code == 422
    assert set(body["errors"]) == {NAME["id"]}
    assert body["staged"][PICTURE["id"]][0]["filename"] == "บ่อ.png"
    assert not Case.objects.exists()

    kept = {f"{PICTURE['id']}-staged": body["staged"][PICTURE["id"]][0]["token"]}
    assert VISITOR.post(question_form.url, question_form.typed(**kept)).status_code == 201
    assert Case.objects.get().files.get().filename == "บ่อ.png"


def test_dates_are_shown_back_as_they_were_understood(question_form: Form):
    wrong = question_form.typed(**{NAME["id"]: "", DAY["id"]: "๒๔ พ.ย. ๒๕๖๙"})

    body = VISITOR.post(question_form.url, wrong).json()

    assert body["understood"] == {DAY["id"]: "24 พฤศจิกายน 2569"}


@pytest.mark.parametrize("path", ["/desk/nonsense/th/", "/desk/x/de/", "/desk/receipts/x.pdf"])
def test_what_does_not_exist_is_not_found(open_office: Office, path: str):
    assert VISITOR.get(path).status_code == 404
    assert VISITOR.post(path).status_code in (403, 404, 405)


def test_page_without_a_form_is_not_found(open_office: Office):
    short_id = open_office.public() and Form("question").address.short_id
    assert VISITOR.get(f"/desk/{short_id}/en/").status_code == 404


def test_body_that_is_too_large_is_refused_before_it_is_read(question_form: Form):
    response = VISITOR.generic(
        "POST",
        question_form.url,
        b"x",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * 1024 * 1024),
    )

    assert response.status_code == 413
    assert "40" in response.json()["errors"][""][0]


def test_body_that_is_no_form_is_refused(question_form: Form):
    response = VISITOR.generic("POST", question_form.url, b"x", content_type="multipart/form-data")

    assert response.status_code == 400


def test_client_behind_a_proxy_is_the_one_that_the_proxy_saw(question_form: Form, settings: Any):
    settings.BEHIND_PROXY = True
    for number in range(12):
        typed = question_form.typed(**{WORDS["id"]: f"เรื่อง {number}"})
        forwarded = f"10.0.0.{number}, 203.0.113.7"
        response = VISITOR.post(question_form.url, typed, HTTP_X_FORWARDED_FOR=forwarded)

    assert response.status_code == 422
    assert Case.objects.count() == 10


def test_status_is_told_in_the_language_of_the_reader(open_office: Office, question_form: Form):
    reference = question_form.send().reference
    reply(Case.objects.get(), handler(open_office, "question").user, "ซ่อมแล้ว")

    body = VISITOR.get(f"/desk/cases/{reference.lower()}/en/").json()

    assert body["stateLabel"] == "Answered"
    assert body["answer"] == "ซ่อมแล้ว"
    assert set(body) == {
        "reference",
        "state",
        "stateLabel",
        "receivedAt",
        "answeredAt",
        "answer",
    }


def test_unknown_number_is_not_found_in_words(open_office: Office):
    response = VISITOR.get("/desk/cases/Q70-2222-2222/en/")

    assert response.status_code == 404
    assert "reference number" in response.json()["error"]


def receipt_pdf(form: Form, **typed: Any) -> bytes:
    sent = VISITOR.post(form.url, form.typed(**typed)).json()
    response = VISITOR.get(sent["receipt"].removeprefix("http://127.0.0.1:8000"))
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    return response.content


def test_copy_holds_what_was_sent_and_the_notice(question_form: Form):
    content = receipt_pdf(question_form, **{DAY["id"]: "24/11/2569"})

    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    for part in (
        Case.objects.get().reference,
        "ไฟถนนดับหน้าตลาด",
        "24 พฤศจิกายน 2569",
        "สำนักปลัด",
        "อำนาจหน้าที่ของรัฐ",
    ):
        assert part in text


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_copy_gives_back_its_thai(question_form: Form):
    words = "ที่นี้มีน้ำท่วม ป้าฝั้นอยู่ตำบลนี้"
    content = receipt_pdf(question_form, **{WORDS["id"]: words})

    found = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    )
    assert words in " ".join(found.stdout.decode().split())


def test_copy_is_the_same_however_often_it_is_asked_for(question_form: Form):
    sent = VISITOR.post(question_form.url, question_form.typed()).json()
    path = sent["receipt"].removeprefix("http://127.0.0.1:8000")

    assert VISITOR.get(path).content == VISITOR.get(path).content
