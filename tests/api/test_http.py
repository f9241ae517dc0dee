"""GraphQL over HTTP."""

import json

import pytest

from tests.office import Office

TITLE = '{ page(path: "/news/", locale: TH) { ... on Page { title } } }'


def post(client, body, **extra):
    return client.post("/graphql/", json.dumps(body), content_type="application/json", **extra)


def test_query_by_post_is_answered(open_office: Office, client):
    response = post(client, {"query": TITLE})

    assert response.json()["data"] == {"page": {"title": "ข่าว"}}


def test_query_by_get_is_answered(open_office, client):
    assert client.get("/graphql/", {"query": TITLE}).json()["data"]["page"]["title"] == "ข่าว"


def test_stored_operation_is_called_by_name(open_office, client):
    response = client.get("/graphql/page/", {"path": "/news/", "locale": "TH"})

    assert response.json()["data"]["page"]["title"] == "ข่าว"


@pytest.mark.parametrize(
    ("path", "title"), [("/th/news/", "ข่าว"), ("/en/news/", "News"), ("/news/", "ข่าว")]
)
def test_path_of_a_browser_says_the_language(open_office, client, path: str, title: str):
    response = client.get("/graphql/page/", {"path": path})
    data = response.json()["data"]

    assert data["page"]["title"] == title
    assert data["navigation"][0]["title"] == title  # the menus are in that language too


def test_unknown_operation_is_404(db, client):
    assert client.get("/graphql/nothing/").status_code == 404


def test_unknown_variable_is_400(db, client):
    response = client.get("/graphql/page/", {"path": "/", "locale": "TH", "x": "1"})

    assert response.status_code == 400


def test_thai_is_not_escaped(open_office, client):
    assert "ข่าว".encode() in post(client, {"query": TITLE}).content


def test_no_cookie_is_set_or_read(open_office, client):
    client.force_login(open_office.root.user)
    response = post(client, {"query": TITLE})

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_unchanged_answer_is_304(open_office, client):
    etag = client.get("/graphql/", {"query": TITLE})["ETag"]
    again = client.get("/graphql/", {"query": TITLE}, headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


def test_etag_changes_with_a_publication(open_office, client):
    before = client.get("/graphql/", {"query": TITLE})["ETag"]
    open_office.show(open_office.edit(open_office.news, title="ข่าวสาร"))

    assert client.get("/graphql/", {"query": TITLE})["ETag"] != before


def test_form_post_is_refused(db, client):
    assert client.post("/graphql/", {"query": TITLE}).status_code == 415


@pytest.mark.parametrize("body", ["[]", "{", '"x"', "{}", '{"query": 5}', '{"query": ""}'])
def test_nonsense_is_400(db, client, body):
    response = client.post("/graphql/", body, content_type="application/json")

    assert response.status_code == 400
    assert response.json()["errors"][0]["message"]


def test_syntax_error_says_where(db, client):
    accept = "application/graphql-response+json"
    response = post(client, {"query": "{ page("}, headers={"Accept": accept})

    assert response.status_code == 400
    assert response.json()["errors"][0]["locations"]
    assert "data" not in response.json()


def test_failure_of_ours_is_masked(open_office, client, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError("secret path /srv/prakat")

    monkeypatch.setattr("content_api.reader.Reader.rows", fail)
    response = post(client, {"query": TITLE})

    assert b"secret" not in response.content
    assert response.json()["errors"][0]["message"] == "Something went wrong on our side."


def test_large_body_is_refused(db, client):
    assert post(client, {"query": "#" * 300_000}).status_code == 413


def test_other_origins_may_ask_to_post(db, client):
    response = client.options("/graphql/")

    assert response["Access-Control-Allow-Headers"] == "*, Authorization"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_any_origin_may_read(open_office, client):
    assert client.get("/graphql/", {"query": TITLE})["Access-Control-Allow-Origin"] == "*"


def test_only_configured_origins_may_read(open_office, client, settings):
    settings.GRAPHQL_ORIGINS = ["https://front.example"]
    mine, other = (
        client.get("/graphql/", {"query": TITLE}, headers={"Origin": origin})
        for origin in ("https://front.example", "https://other.example")
    )

    assert mine["Access-Control-Allow-Origin"] == "https://front.example"
    assert "Origin" in mine["Vary"]
    assert "Access-Control-Allow-Origin" not in other


def test_answer_does_not_vary_by_origin_where_any_may_read(open_office, client):
    assert client.get("/graphql/", {"query": TITLE})["Vary"] == "Accept"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/graphql-response+json", "application/graphql-response+json"),
        ("application/graphql-response+json; charset=utf-8", "application/graphql-response+json"),
        ("application/json, application/graphql-response+json;q=0.9", "application/json"),
        ("application/graphql-response+json, application/json;q=0.9", None),
        ("application/*", "application/json"),
        ("*/*", "application/json"),
        ("", "application/json"),
    ],
)
def test_media_type_is_what_the_reader_prefers(db, client, accept, kind):
    headers = {"Accept": accept} if accept else {}
    response = client.get("/graphql/", {"query": "{ __typename }"}, headers=headers)

    expected = kind or "application/graphql-response+json"
    assert response["Content-Type"] == f"{expected}; charset=utf-8"


def test_media_type_that_we_do_not_speak_is_406(db, client):
    response = client.get("/graphql/", {"query": TITLE}, headers={"Accept": "image/png"})

    assert response.status_code == 406


def test_other_encodings_than_utf_8_are_refused(db, client):
    body = '{"query": "{ __typename }"}'.encode("cp874")
    kind = "application/json; charset=cp874"

    assert client.post("/graphql/", body, content_type=kind).status_code == 415


def test_list_variable_is_given_by_repeating_its_name(open_office, client):
    response = client.get("/graphql/answers/?locale=TH&first=5&topic=a&topic=b")

    assert "data" in response.json()
