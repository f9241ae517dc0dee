"""The site's way to the API, in-process and over HTTP."""

import urllib.error

import pytest
from django.http import JsonResponse
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.office import Office
from tests.website.answering import Answer
from tests.website.reading import published, read, words
from website import client as site_client
from website.client import QueryFailed, QueryRefused, noting_tags, query

NEWS = {"locale": "TH", "first": 1}


@pytest.fixture
def over_http(settings, monkeypatch) -> list[str]:
    """The site asks over HTTP; the addresses that it asked."""
    settings.GRAPHQL_URL = "http://api.example/graphql/"
    asked = []

    def urlopen(request, timeout):
        asked.append(request.full_url)
        path = request.full_url.removeprefix("http://api.example")
        sent = {name: value for name, value in request.header_items() if name != "Content-type"}
        if request.data is None:
            response = Client().get(path, headers=sent)
        else:
            content_type = "application/json"
            response = Client().post(path, request.data, content_type=content_type, headers=sent)
        content = Answer(response)
        if response.status_code >= 400:
            raise urllib.error.HTTPError(request.full_url, response.status_code, "", {}, content)
        return content

    monkeypatch.setattr(site_client.urllib.request, "urlopen", urlopen)
    return asked


def test_wrong_question_is_refused(open_office: Office):
    with pytest.raises(QueryRefused):
        query("news", {**NEWS, "after": "x"})


def test_fault_of_ours_is_a_failure(open_office: Office, monkeypatch):
    monkeypatch.setattr(
        "content_api.lists.repeated_slice", lambda *args, **kwargs: {}["a fault of ours"]
    )

    with pytest.raises(QueryFailed):
        query("news", NEWS)


def test_private_pages_open_over_http(open_office: Office, over_http: list[str]):
    page = published(open_office, title="เฉพาะผู้มีสิทธิ", slug="private")
    PageViewRestriction.objects.create(
        page=page, restriction_type="password", password="correct horse"
    )
    client = Client()

    assert client.get("/th/news/private/").status_code == 403
    form = {"path": "/news/private/", "password": "wrong"}
    assert client.post("/th/unlock/", form).status_code == 403
    assert client.post("/th/unlock/", {**form, "password": "correct horse"}).status_code == 303
    assert "เฉพาะผู้มีสิทธิ" in client.get("/th/news/private/").content.decode()
    assert Client().get("/th/news/private/").status_code == 403


def test_whole_pages_come_over_http(open_office: Office, over_http: list[str]):
    published(open_office, title="ข่าวทางไกล", slug="far")

    assert words(read("/th/news/far/").h1) == "ข่าวทางไกล"
    assert over_http == ["http://api.example/graphql/page/"]


def test_tags_come_over_http_too(open_office: Office, over_http: list[str]):
    with noting_tags() as tags:
        query("news", NEWS)

    assert "NewsPage-list" in tags


def test_wrong_question_is_refused_over_http(open_office: Office, over_http: list[str]):
    with pytest.raises(QueryRefused):
        query("news", {**NEWS, "after": "x"})


def test_fault_of_the_api_is_a_failure(over_http: list[str], monkeypatch):
    told = {"message": "Something went wrong on our side.", "path": ["news"]}
    masked = {"errors": [{**told, "extensions": {"code": "INTERNAL_ERROR"}}]}
    monkeypatch.setattr(
        site_client.urllib.request,
        "urlopen",
        lambda request, timeout: Answer(JsonResponse(masked)),
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
