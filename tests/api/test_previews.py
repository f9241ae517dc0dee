"""Drafts through the API: with their key in a header, through one field, kept by nobody."""

import json
from typing import Any

import pytest
from django.test import Client

from cms.access.previews import make_link, revoke
from cms.snapshot.snapshot import snapshot_of
from content_api.operations import operation_names
from pages.models import Department
from tests.api.ask import variables_of
from tests.office import Office, image

MARK = "UNSIGNEDWORD"
QUERY = "{ preview { __typename title locale ... on Page { path summary } } }"


def asked(query: str, token: str | None = None, **headers: str) -> Any:
    """The response to a document, with a key where one is given."""
    sent = {"X-Preview-Token": token} if token is not None else {}
    return Client().post(
        "/graphql/",
        json.dumps({"query": query}),
        content_type="application/json",
        headers={**sent, **headers},
    )


def key_to(office: Office, item: Any) -> str:
    return make_link(item, office.reporter.user)[1]


def codes(response: Any) -> list[str]:
    return [error["extensions"]["code"] for error in response.json().get("errors", ())]


@pytest.fixture
def secret(open_office: Office) -> Any:
    """A draft whose every text is marked, which was never public."""
    return open_office.draft(title=f"ร่าง {MARK}", summary=MARK, slug="secret")


def test_key_shows_the_draft_where_it_would_stand(open_office: Office, secret):
    response = asked(QUERY, key_to(open_office, secret))

    assert response.json()["data"] == {
        "preview": {
            "__typename": "NewsPage",
            "title": f"ร่าง {MARK}",
            "locale": "TH",
            "path": "/th/news/secret/",
            "summary": MARK,
        }
    }


def test_stored_operation_shows_the_whole_page(open_office: Office, secret):
    response = Client().get(
        "/graphql/preview/",
        {"locale": "TH"},
        headers={"X-Preview-Token": key_to(open_office, secret)},
    )
    data = response.json()["data"]

    assert data["preview"]["title"] == f"ร่าง {MARK}"
    assert [link["title"] for link in data["preview"]["breadcrumbs"]] == ["หน้าแรก", "ข่าว"]
    assert data["navigation"]


def test_record_is_shown_like_a_page(open_office: Office):
    division = open_office.record(Department, title=f"กอง {MARK}")
    response = asked(
        "{ preview { title ... on Department { duties } } }", key_to(open_office, division)
    )

    assert response.json()["data"]["preview"]["title"] == f"กอง {MARK}"


def test_change_of_a_public_page_is_shown_by_the_key_alone(open_office: Office):
    page = open_office.show(open_office.draft(title="สาธารณะ", slug="item"))
    draft = open_office.edit(page, title=MARK)
    both = '{ preview { title } page(path: "/news/item/") { ... on Page { title } } }'

    data = asked(both, key_to(open_office, draft)).json()["data"]
    assert data["preview"]["title"] == MARK
    assert data["page"]["title"] == "สาธารณะ"


def test_files_of_a_draft_come_with_addresses_that_open(open_office: Office):
    draft = open_office.draft(lead_image=image())
    query = "{ preview { ... on NewsPage { leadImage { url } } } }"
    address = asked(query, key_to(open_office, draft)).json()["data"]["preview"]["leadImage"]["url"]

    assert address.startswith("/preview/files/")
    response = Client().get(address)
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")


# --- keys that open nothing ----------------------------------------------------------------------


def test_without_a_key_there_is_nothing(secret):
    assert asked(QUERY).json()["data"] == {"preview": None}


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 9000, "ไทย", "' OR 1=1 --"])
def test_wrong_key_refuses_the_whole_request(secret, token: str):
    response = asked("{ news { totalCount } preview { title } }", token)

    assert response.status_code == 403
    assert codes(response) == ["PREVIEW_TOKEN_INVALID"]
    assert "data" not in response.json()


def test_ended_expired_and_unknown_keys_are_answered_alike(open_office: Office, secret):
    token, ended = make_link(secret, open_office.reporter.user)
    revoke(token, open_office.reporter.user)
    expiring, expired = make_link(secret, open_office.reporter.user)
    expiring.expires_at = expiring.created_at
    expiring.save()
    changed = key_to(open_office, secret)
    page = secret.get_latest_revision_as_object()
    page.title = "other"
    page.save_revision(user=open_office.reporter.user, overwrite_revision=secret.latest_revision)

    answers = {asked(QUERY, text).content for text in (ended, expired, changed, "x" * 43)}
    assert len(answers) == 1


def test_deactivated_maker_ends_the_preview_at_once(open_office: Office, secret):
    text = key_to(open_office, secret)
    assert asked(QUERY, text).status_code == 200
    open_office.reporter.user.is_active = False
    open_office.reporter.user.save()

    assert codes(asked(QUERY, text)) == ["PREVIEW_TOKEN_INVALID"]


@pytest.mark.parametrize("name", ["X-Preview-Token", "x-preview-token", "token", "previewToken"])
def test_key_in_the_address_opens_nothing(open_office: Office, secret, name: str):
    text = key_to(open_office, secret)
    response = Client().get("/graphql/", {"query": QUERY, name: text})

    assert response.json()["data"] == {"preview": None}
    stored = Client().get("/graphql/preview/", {"locale": "TH", name: text})
    assert MARK not in stored.content.decode()


def test_key_in_the_body_or_a_cookie_opens_nothing(open_office: Office, secret):
    text = key_to(open_office, secret)
    client = Client()
    client.cookies["X-Preview-Token"] = text
    body = {"query": QUERY, "extensions": {"X-Preview-Token": text}, "token": text}
    response = client.post("/graphql/", json.dumps(body), content_type="application/json")

    assert response.json()["data"] == {"preview": None}


def test_session_of_the_maker_opens_nothing(open_office: Office, secret):
    client = Client()
    client.force_login(open_office.reporter.user)
    response = client.post(
        "/graphql/", json.dumps({"query": QUERY}), content_type="application/json"
    )

    assert response.json()["data"] == {"preview": None}


# --- nothing but the one field -------------------------------------------------------------------


@pytest.mark.parametrize("locale", ["TH", "EN"])
def test_no_other_operation_shows_the_draft_even_with_its_key(
    open_office: Office, secret, locale: str
):
    text = key_to(open_office, secret)
    for name in sorted(set(operation_names()) - {"preview"}):
        variables = variables_of(name, locale, path="/news/secret/")
        response = Client().post(
            f"/graphql/{name}/",
            json.dumps({"variables": variables}),
            content_type="application/json",
            headers={"X-Preview-Token": text},
        )
        assert MARK not in response.content.decode(), name


def test_counts_and_changes_do_not_see_the_draft(open_office: Office, secret):
    query = """{
      news { totalCount } pages { totalCount } records(type: ["NewsPage"]) { totalCount }
      fiscalYears { be } navigation { title children { title } }
      page(path: "/news/secret/") { __typename }
      verification(hash: "%s") { state }
    }"""
    query %= snapshot_of(secret.get_latest_revision_as_object()).content_hash
    without = asked(query).json()["data"]
    assert asked(query, key_to(open_office, secret)).json()["data"] == without
    assert without["page"] is None
    assert without["verification"]["state"] == "NEVER_PUBLIC"


def test_search_does_not_find_the_draft(open_office: Office, secret):
    query = f'{{ search(query: "{MARK}") {{ totalCount }} }}'

    found = asked(query, key_to(open_office, secret)).json()["data"]["search"]
    assert found["totalCount"] == 0


# --- nobody keeps it -----------------------------------------------------------------------------


@pytest.mark.parametrize("query", [QUERY, "{ news { totalCount } }", "{ broken"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_answer_to_a_key_is_kept(open_office: Office, secret, query: str, method: str):
    headers = {"X-Preview-Token": key_to(open_office, secret)}
    if method == "get":
        response = Client().get("/graphql/", {"query": query}, headers=headers)
    else:
        response = asked(query, headers["X-Preview-Token"])

    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    assert "Surrogate-Key" not in response


def test_the_same_question_without_a_key_gets_nothing_that_was_kept(open_office: Office, secret):
    text = key_to(open_office, secret)
    address = {"query": QUERY}
    assert (
        MARK
        in Client().get("/graphql/", address, headers={"X-Preview-Token": text}).content.decode()
    )

    for _time in range(3):
        assert MARK not in Client().get("/graphql/", address).content.decode()


def test_a_kept_public_answer_does_not_stand_in_for_the_draft(open_office: Office):
    page = open_office.show(open_office.draft(title="สาธารณะ", slug="item"))
    draft = open_office.edit(page, title=MARK)
    for _time in range(2):
        Client().get("/graphql/", {"query": QUERY})

    response = Client().get(
        "/graphql/", {"query": QUERY}, headers={"X-Preview-Token": key_to(open_office, draft)}
    )
    assert response.json()["data"]["preview"]["title"] == MARK


def test_two_drafts_in_turn_are_not_mixed_up(open_office: Office):
    keys = [key_to(open_office, open_office.draft(title=f"ร่าง {number}")) for number in range(3)]
    for _time in range(2):
        for number, key in enumerate(keys):
            assert asked(QUERY, key).json()["data"]["preview"]["title"] == f"ร่าง {number}"
