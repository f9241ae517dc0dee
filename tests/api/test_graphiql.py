"""What a person sees who opens the API's address in a browser."""

import re

import pytest
from django.test import Client

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture
def html(db, client: Client) -> str:
    return client.get("/graphql/", headers=BROWSER).content.decode()


def test_browser_gets_a_page(db, client: Client):
    response = client.get("/graphql/", headers=BROWSER)

    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert "Accept" in response["Vary"]


def test_page_lists_stored_operations(html: str):
    assert 'href="/graphql/page/?path=%2Fnews%2F&amp;locale=TH"' in html


def test_every_listed_operation_is_answered(open_office, client: Client, html: str):
    for address in re.findall(r'href="(/graphql/[a-z_]+/[^"]*)"', html):
        response = client.get(address.replace("&amp;", "&"))

        assert response.status_code == 200, address
        assert "data" in response.json(), address


def test_page_speaks_thai(db, client: Client):
    html = client.get("/graphql/", headers={**BROWSER, "Accept-Language": "th"}).content.decode()

    assert '<html lang="th">' in html


def test_page_is_confined(db, client: Client):
    policy = client.get("/graphql/", headers=BROWSER)["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_page_is_there_without_the_built_assets(db, client: Client, monkeypatch):
    monkeypatch.setattr("content_api.graphiql.BUILT", "content_api/nothing.js")
    response = client.get("/graphql/", headers=BROWSER)

    assert "make graphiql" in response.content.decode()
    assert "<script src" not in response.content.decode()


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/json, text/html;q=0.9"])
def test_program_gets_json(db, client: Client, accept: str):
    response = client.get("/graphql/", {"query": "{ __typename }"}, headers={"Accept": accept})

    assert response.json()["data"] == {"__typename": "Query"}


def test_schema_is_there_as_text(db, client: Client):
    response = client.get("/graphql/schema.graphql")

    assert "type Query" in response.content.decode()
    assert response["Access-Control-Allow-Origin"] == "*"
