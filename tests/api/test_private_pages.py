"""Private pages through the API: told to whoever has a key in a header, and kept by nobody."""

import json
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.publication.models import PinnedFile
from tests.office import Office, document, image

QUERY = """{
  page(path: "/news/secret/item/") {
    ... on NewsPage { title leadImage { url srcset(format: WEBP) } attachments {
      ... on DocumentBlock { document { url } } } }
  }
  news { totalCount nodes { title } }
}"""
PASSWORD = "correct horse"


@pytest.fixture
def restriction(open_office: Office) -> PageViewRestriction:
    """A section with a password, and an item of news with a picture and a document below it."""
    section = open_office.show(
        open_office.section(open_office.news, title="ลับ", slug="secret", listing="news")
    )
    attached = [{"id": "1", "type": "document", "value": document(b"%PDF-1.4 secret").pk}]
    draft = open_office.draft(section, title="ในที่ลับ", slug="item", lead_image=image())
    open_office.show(open_office.edit(draft, attachments=json.dumps(attached)))
    return PageViewRestriction.objects.create(
        page=section, restriction_type="password", password=PASSWORD
    )


def asked(key: str | None = None) -> Any:
    headers = {} if key is None else {"X-Access-Token": key}
    return Client().get("/graphql/", {"query": QUERY}, headers=headers)


def key() -> str:
    body = {"path": "/news/secret/item/", "locale": "TH", "password": PASSWORD}
    response = Client().post("/graphql/unlock/", body, content_type="application/json")
    return response.json()["token"]


def test_key_opens_the_page_and_its_place_in_lists(restriction):
    data = asked(key()).json()["data"]

    assert data["page"]["title"] == "ในที่ลับ"
    assert "ในที่ลับ" in [node["title"] for node in data["news"]["nodes"]]
    assert asked().json()["data"]["page"] is None


def test_search_finds_private_pages_with_a_key_alone(restriction):
    def found(headers: dict[str, str]) -> int:
        query = '{ search(query: "ในที่ลับ") { totalCount } }'
        response = Client().get("/graphql/", {"query": query}, headers=headers)
        return response.json()["data"]["search"]["totalCount"]

    assert found({}) == 0
    assert found({"X-Access-Token": key()}) == 1


def test_answers_to_a_key_are_kept_by_nobody(restriction):
    response = asked(key())

    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    for _time in range(2):
        assert asked().json()["data"]["page"] is None


def test_unknown_key_is_refused(restriction):
    response = asked("x" * 43)

    assert response.status_code == 403
    assert response.json()["errors"][0]["extensions"]["code"] == "ACCESS_TOKEN_INVALID"
    assert response["Cache-Control"] == "private, no-store"


def test_key_in_the_address_or_a_cookie_opens_nothing(restriction):
    client = Client()
    client.cookies["X-Access-Token"] = client.cookies["page-key"] = key()
    response = client.get("/graphql/", {"query": QUERY, "X-Access-Token": key()})

    assert response.json()["data"]["page"] is None


def test_files_open_at_signed_addresses_alone(restriction):
    page = asked(key()).json()["data"]["page"]
    srcset = [part.split()[0] for part in page["leadImage"]["srcset"].split(", ")]
    addresses = [page["leadImage"]["url"], *srcset]

    for address in addresses:
        response = Client().get(address)
        assert response.status_code == 200, address
        assert response["Cache-Control"] == "private, no-store"
        assert "ETag" not in response
        list(response)
    for pinned in PinnedFile.objects.all():
        assert Client().get(pinned.path).status_code == 404


def test_signed_address_of_another_path_is_refused(restriction):
    address = asked(key()).json()["data"]["page"]["leadImage"]["url"]
    parts = address.split("/")
    parts[3] = parts[3][:-2] + "xx"

    assert Client().get("/".join(parts)).status_code == 404


def test_withdrawn_restriction_makes_all_public_again(restriction):
    restriction.delete()

    assert asked().json()["data"]["page"]["title"] == "ในที่ลับ"


# --- the door ------------------------------------------------------------------------------------


def test_door_says_where_a_password_is_asked_and_nothing_else(restriction):
    def answer(path: str) -> Any:
        return Client().get("/graphql/unlock/", {"path": path, "locale": "TH"}).json()

    assert answer("/news/secret/item/") == {"password": True}
    assert answer("/news/") == {"password": False}
    assert answer("/nowhere/") == {"password": False}
    restriction.restriction_type = "login"
    restriction.save()
    assert answer("/news/secret/item/") == {"password": False}


def test_wrong_password_and_unknown_page_are_answered_alike(restriction):
    def answer(**changes: str) -> bytes:
        body = {"path": "/news/secret/", "locale": "TH", "password": "wrong", **changes}
        response = Client().post("/graphql/unlock/", body, content_type="application/json")
        assert response["Cache-Control"] == "no-store"
        return response.content

    assert answer() == answer(path="/nowhere/") == answer(path="/news/")


def test_password_in_the_address_is_refused(restriction):
    asked = {"path": "/news/secret/", "locale": "TH", "password": PASSWORD}

    assert Client().get("/graphql/unlock/", asked).status_code == 400


@pytest.mark.parametrize(
    "body", [[], {}, {"path": 1}, {"path": "/", "permanentId": "x"}, {"path": "/", "password": 1}]
)
def test_malformed_question_is_refused(db, body: Any):
    response = Client().post("/graphql/unlock/", json.dumps(body), content_type="application/json")

    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


def test_permanent_id_serves_instead_of_a_path(restriction):
    from cms.publication.models import Address

    short_id = Address.objects.get(path="/news/secret/", locale="th").short_id
    body = {"permanentId": short_id, "locale": "TH", "password": PASSWORD}

    response = Client().post("/graphql/unlock/", body, content_type="application/json")
    assert response.json()["path"] == "/th/news/secret/"
