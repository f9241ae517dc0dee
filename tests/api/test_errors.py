"""What readers are told: stable codes, their own language, nothing of our inside."""

import json
import logging

import pytest
from django.utils.translation import gettext_lazy

from content_api.errors import Code, Refused
from content_api.schema import schema
from tests.office import Office

NEWS = "query($first: Int) { news(locale: TH, first: $first) { totalCount } }"


def post(client, query: str, language: str = "en", accept: str = "application/json", **variables):
    body = json.dumps({"query": query, "variables": variables})
    headers = {"Accept-Language": language, "Accept": accept}
    return client.post("/graphql/", body, content_type="application/json", headers=headers)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", Code.GRAPHQL_PARSE_FAILED),
        ("{ nothing }", Code.GRAPHQL_VALIDATION_FAILED),
        ("query A { __typename } query B { __typename }", Code.OPERATION_RESOLUTION_FAILURE),
        ("query($id: ID!) { __typename @include(if: true) }", Code.GRAPHQL_VALIDATION_FAILED),
        ('{ news(after: "x") { totalCount edges { cursor } } }', Code.BAD_USER_INPUT),
        ('{ verification(hash: "x") { state } }', Code.BAD_USER_INPUT),
    ],
)
def test_mistake_has_its_code(open_office: Office, client, query: str, code: Code):
    assert post(client, query).json()["errors"][0]["extensions"]["code"] == code


@pytest.mark.parametrize("first", ["many", -1])
def test_wrong_variable_is_the_readers_mistake(open_office: Office, client, first):
    error = post(client, NEWS, first=first).json()["errors"][0]

    assert error["extensions"]["code"] == Code.BAD_USER_INPUT


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
def test_document_that_does_not_run_has_no_data(db, client, accept: str):
    response = post(client, "{ nothing }", accept=accept)

    assert "data" not in response.json()
    assert response.status_code == (200 if accept == "application/json" else 400)


def test_own_sentences_come_in_the_language_of_the_request(db, client, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise Refused(gettext_lazy("Thai"))

    field = schema.graphql_schema.query_type.fields["fiscalYears"]
    monkeypatch.setattr(field, "resolve", refuse)
    thai, english = (
        post(client, "{ fiscalYears(locale: TH) { be } }", language).json()["errors"][0]["message"]
        for language in ("th-TH,th;q=0.9,en;q=0.5", "en-GB")
    )

    assert (thai, english) == ("ไทย", "Thai")


def test_sentences_of_the_library_are_kept_beside_the_translation(db, client):
    thai = post(client, "{ nothing }", "th").json()["errors"][0]

    assert thai["extensions"]["detail"] == "Cannot query field 'nothing' on type 'Query'."
    assert thai["message"] != thai["extensions"]["detail"]


def test_remembered_document_speaks_each_readers_language(db, client):
    answers = [post(client, "{ other }", language).json() for language in ("th", "en")]

    assert len({answer["errors"][0]["message"] for answer in answers}) == 2


def test_what_resolvers_say_is_masked_and_logged(open_office: Office, client, monkeypatch, caplog):
    def fail(*_args, **_kwargs):
        raise RuntimeError("no such table: pages_secret")

    monkeypatch.setattr("content_api.reader.Reader.effective", fail)
    with caplog.at_level(logging.ERROR):
        response = post(client, "{ news(locale: TH) { totalCount } }")

    error = response.json()["errors"][0]
    assert error["extensions"] == {"code": "INTERNAL_ERROR"}
    assert b"secret" not in response.content
    assert "pages_secret" in caplog.text


def test_value_that_cannot_be_written_is_our_fault(open_office: Office, client, monkeypatch):
    field = schema.graphql_schema.query_type.fields["fiscalYears"]
    monkeypatch.setattr(field, "resolve", lambda *_args, **_kwargs: ["secret"])
    response = post(client, "{ fiscalYears(locale: TH) { be } }")

    assert response.json()["errors"][0]["extensions"]["code"] == "INTERNAL_ERROR"
    assert b"secret" not in response.content


def test_batch_is_refused(db, client):
    response = client.post("/graphql/", "[{}, {}]", content_type="application/json")

    assert response.json()["errors"][0]["extensions"]["code"] == "BATCHING_NOT_SUPPORTED"


def test_other_methods_are_refused_as_json(db, client):
    response = client.delete("/graphql/")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert response.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"


def test_every_code_is_documented(settings):
    text = (settings.BASE_DIR / "docs" / "api.md").read_text()

    assert [code for code in Code if f"`{code}`" not in text] == []
