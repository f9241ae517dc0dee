"""The site's way to the API, in-process and over HTTP."""

import io
import json
import urllib.error

import pytest
from django.test import Client

from tests.office import Office
from tests.website.reading import published, read, words
from website import client as site_client
from website.client import QueryFailed, QueryRefused, query

NEWS = {"locale": "TH", "first": 1}


@pytest.fixture
def over_http(settings, monkeypatch) -> list[str]:
    """The site asks over HTTP; the addresses that it asked."""
    settings.GRAPHQL_URL = "http://api.example/graphql/"
    asked = []

    def urlopen(request, timeout):
        asked.append(request.full_url)
        path = request.full_url.removeprefix("http://api.example")
        response = Client().post(path, request.data, content_type="application/json")
        return io.BytesIO(response.content)

    monkeypatch.setattr(site_client.urllib.request, "urlopen", urlopen)
    return asked


def test_wrong_question_is_refused(open_office: Office):
    with pytest.raises(QueryRefused):
        query("news", {**NEWS, "after": "x"})


def test_fault_of_ours_is_a_failure(open_office: Office, monkeypatch):
    monkeypatch.setattr(
        "content_api.schema.slice_of", lambda *args, **kwargs: {}["a fault of ours"]
    )

    with pytest.raises(QueryFailed):
        query("news", NEWS)


def test_whole_pages_come_over_http(open_office: Office, over_http: list[str]):
    published(open_office, title="ข่าวทางไกล", slug="far")

    assert words(read("/th/news/far/").h1) == "ข่าวทางไกล"
    assert over_http == ["http://api.example/graphql/page/"]


def test_wrong_question_is_refused_over_http(open_office: Office, over_http: list[str]):
    with pytest.raises(QueryRefused):
        query("news", {**NEWS, "after": "x"})


def test_fault_of_the_api_is_a_failure(over_http: list[str], monkeypatch):
    masked = {"errors": [{"message": "Something went wrong on our side.", "path": ["news"]}]}
    monkeypatch.setattr(
        site_client.urllib.request,
        "urlopen",
        lambda request, timeout: io.BytesIO(json.dumps(masked).encode()),
    )

    with pytest.raises(QueryFailed):
        query("news", NEWS)


def test_silent_api_is_a_failure(over_http: list[str], monkeypatch):
    def refuse(request, timeout):
        raise urllib.error.URLError("refused")

    monkeypatch.setattr(site_client.urllib.request, "urlopen", refuse)

    with pytest.raises(QueryFailed):
        query("news", NEWS)


def test_failure_is_one_static_page_in_both_languages(open_office: Office, monkeypatch):
    def fail(name, variables):
        raise QueryFailed("no database")

    monkeypatch.setattr("website.views.query", fail)
    browser = Client(raise_request_exception=False)

    response = browser.get("/th/")
    assert response.status_code == 500
    assert 'lang="en"' in response.content.decode()
    assert "no database" not in response.content.decode()
