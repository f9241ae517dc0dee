"""The site and the desks in two processes: the same, over HTTP."""

import io
from typing import Any

import pytest
import requests
from django.test import Client
from pypdf import PdfReader

from cms.engagement.guard import LIMITS
from cms.engagement.models import Case
from tests.engagement.standing import EMAIL, NAME, PICTURE, WORDS, Form, picture
from tests.office import Office
from tests.website.answering import Answer
from tests.website.filling_in import Visitor, page_of
from tests.website.reading import read, words
from website import client as site_client
from website import desk

RIGHT = {NAME["id"]: "สมหญิง", WORDS["id"]: "ไฟดับ\nหน้าตลาด"}
ORIGIN = "http://api.example"


@pytest.fixture
def visitor(open_office: Office, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """Somebody at a form; API and desks are behind an address."""
    settings.GRAPHQL_URL = f"{ORIGIN}/graphql/"
    settings.BEHIND_PROXY = True

    def urlopen(request: Any, timeout: int) -> Answer:
        path = request.full_url.removeprefix(ORIGIN)
        response = Client().post(path, request.data, content_type="application/json")
        return Answer(response)

    monkeypatch.setattr(site_client.urllib.request, "urlopen", urlopen)
    monkeypatch.setattr(desk.requests, "request", carried)
    return Visitor(Form("question"))


def carried(method: str, url: str, headers: Any, timeout: int, **content: Any) -> Any:
    """Puts a request together as it goes over the wire, and has our own server answer it."""
    del content["allow_redirects"]
    prepared = requests.Request(method, url, headers=headers, **content).prepare()
    sent = prepared.body or b""
    answer = Client().generic(
        method,
        url.removeprefix(ORIGIN),
        sent if isinstance(sent, bytes) else sent.encode(),
        content_type=prepared.headers.get("Content-Type", ""),
        headers=dict(headers),
    )
    response = requests.Response()
    response.status_code, response._content = answer.status_code, answer.content
    return response


def test_form_is_taken(visitor: Visitor):
    response = visitor.sends({**RIGHT, PICTURE["id"]: picture("ท่อแตก.png")})

    case = Case.objects.get()
    assert response["Location"] == f"/th/receipts/{case.receipt_token}/"
    assert case.answers[1]["value"] == "ไฟดับ\nหน้าตลาด"
    assert case.files.get().filename == "ท่อแตก.png"


def test_refused_form_keeps_words_and_files(visitor: Visitor):
    wrong = {**RIGHT, EMAIL["id"]: "ไม่ใช่", PICTURE["id"]: picture("ท่อ.png")}
    refused = page_of(visitor.sends(wrong))

    assert refused.select_one(f"[name='{NAME['id']}']")["value"] == "สมหญิง"
    assert visitor.sends({EMAIL["id"]: ""}, refused).status_code == 303
    assert Case.objects.get().files.get().filename == "ท่อ.png"


def test_limits_count_the_reader_and_not_the_site(visitor: Visitor):
    for number in range(LIMITS["case"]):
        visitor.sends({**RIGHT, NAME["id"]: f"คนที่ {number}"})

    assert visitor.sends(RIGHT).status_code == 422
    visitor.client.defaults["HTTP_X_FORWARDED_FOR"] = "203.0.113.99"
    assert visitor.sends(RIGHT).status_code == 303


def test_copy_and_pdf_come_over_http(visitor: Visitor):
    address = visitor.sends(RIGHT)["Location"]

    assert words(read(address).select_one(".reference")) == Case.objects.get().reference
    pdf = Client().get(address.rstrip("/") + ".pdf").content
    assert "ไฟดับ" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert Client().get(f"/th/receipts/{'x' * 43}/").status_code == 404


def test_status_comes_over_http(visitor: Visitor):
    visitor.sends(RIGHT)
    reference = Case.objects.get().reference

    found = Client().post("/th/status/", {"reference": reference.lower()})
    assert reference in words(page_of(found).select_one(".status-found"))
    for wrong in ("Q00-AAAA-AAAA", "a/b?c#d", "x" * 99):
        assert Client().post("/th/status/", {"reference": wrong}).status_code == 404


def test_closed_form_says_so(visitor: Visitor):
    visitor.form.publish(form_fields=[])

    assert visitor.opens().select_one(".form-closed")


def test_silent_desk_loses_no_word(visitor: Visitor, monkeypatch: pytest.MonkeyPatch):
    page = visitor.opens()

    def silent(*args: Any, **kwargs: Any) -> Any:
        raise requests.ConnectionError("refused")

    monkeypatch.setattr(desk.requests, "request", silent)

    response = visitor.sends(RIGHT, page)
    assert response.status_code == 503
    assert page_of(response).select_one("textarea").get_text() == "\n" + RIGHT[WORDS["id"]]
    assert visitor.opens().select_one(".form-closed")
