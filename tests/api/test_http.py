"""GraphQL over HTTP."""

import json

import pytest

from tests.office import Office

TITLE = '{ page(path: "/news/", locale: TH) { ... on Page { title } } }'


def post(client, body, **extra):
    return client.post("/graphql/", json.dumps(body), content_type="application/json", **extra)


def test_query_by_post_is_answered(open_office: Office, client):
    response = post(client, {"query": TITLE})

    assert response.json() == {"data": {"page": {"title": "ข่าว"}}}


def test_query_by_get_is_answered(open_office, client):
    assert client.get("/graphql/", {"query": TITLE}).json()["data"]["page"]["title"] == "ข่าว"


def test_stored_operation_is_called_by_name(open_office, client):
    response = client.get("/graphql/page/", {"path": "/news/", "locale": "TH"})

    assert response.json()["data"]["page"]["title"] == "ข่าว"


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
    open_office.publish(open_office.edit(open_office.news, title="ข่าวสาร"))

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

    monkeypatch.setattr("content_api.reader.Reader.effective", fail)
    response = post(client, {"query": TITLE})

    assert b"secret" not in response.content
    assert response.json()["errors"][0]["message"] == "Something went wrong on our side."


COSTLY = (
    " ".join(
        f"signOff {{ role position signedAt }} breadcrumbs {{ path }} a{i}: title" for i in range(9)
    )
    + " translations { title path locale } summary path locale isUrgent postedOn " * 20
)


def nested(depth: int) -> str:
    return "{ navigation { " + "children { " * depth + "title " + "} " * depth + "} }"


@pytest.mark.parametrize(
    "query",
    [
        nested(30),
        "{ " + " ".join(f"a{i}: navigation {{ title }}" for i in range(50)) + " }",
        "{ " + "navigation { title } " * 2000 + "}",
        "{ news(first: 100) { nodes { " + COSTLY + " } edges { node { " + COSTLY + " } } } }",
        "query { ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
    ],
    ids=["deep", "aliases", "long", "costly", "cyclic"],
)
def test_greedy_document_is_refused_before_it_runs(
    db, client, query, django_assert_max_num_queries
):
    with django_assert_max_num_queries(0):
        response = post(client, {"query": query})

    assert response.json()["errors"]
    assert "data" not in response.json()


def test_large_body_is_refused(db, client):
    assert post(client, {"query": "#" * 300_000}).status_code == 413


def test_other_origins_may_ask_to_post(db, client):
    response = client.options("/graphql/")

    assert response["Access-Control-Allow-Headers"] == "content-type"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_any_origin_may_read(open_office, client):
    assert client.get("/graphql/", {"query": TITLE})["Access-Control-Allow-Origin"] == "*"
