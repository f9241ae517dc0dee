"""Headers: no cookies, fresh but cacheable, confined by a content security policy."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.admin import browser
from tests.office import Office
from tests.website.reading import published
from website.headers import ContentSecurityPolicyMiddleware

PATHS = [
    "/",
    "/th/",
    "/en/news/",
    "/th/nothing/",
    "/sitemap.xml",
    "/th/feeds/news.rss",
    "/robots.txt",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_cookie_is_set_or_asked_for(open_office: Office, client: Client, path: str):
    response = client.get(path)

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_signed_in_staff_get_the_same_bytes(open_office: Office, client: Client):
    staff = browser(open_office.publisher)

    assert staff.get("/th/").content == client.get("/th/").content


@pytest.mark.parametrize("path", PATHS)
def test_caches_may_keep_it_but_must_ask(open_office: Office, client: Client, path: str):
    assert client.get(path)["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_unchanged_page_is_not_sent_again(open_office: Office, client: Client):
    etag = client.get("/th/")["ETag"]

    response = client.get("/th/", headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")


def test_changed_page_is_sent_again(open_office: Office, client: Client):
    etag = client.get("/th/")["ETag"]
    published(open_office, title="ใหม่")

    assert client.get("/th/", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("path", [*PATHS, "/fr/", "/graphql/"])
def test_content_security_policy_is_set(open_office: Office, client: Client, path: str):
    policy = client.get(path)["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy


def test_admin_is_left_alone(db, client: Client):
    assert "Content-Security-Policy" not in client.get("/admin/login/").headers


def test_a_view_keeps_its_own_policy():
    own = HttpResponse(headers={"Content-Security-Policy": "sandbox"})
    middleware = ContentSecurityPolicyMiddleware(lambda request: own)

    response = middleware(RequestFactory().get("/files/x"))
    assert response["Content-Security-Policy"] == "sandbox"


def test_pages_hold_nothing_that_the_policy_forbids(open_office: Office, client: Client):
    html = client.get("/th/").content.decode()

    for forbidden in ("<style", " style=", " onclick=", "javascript:"):
        assert forbidden not in html


def test_pages_are_read_only(open_office: Office, client: Client):
    for path in PATHS:
        assert client.post(path).status_code == 405


def test_head_has_no_body(open_office: Office, client: Client):
    response = client.head("/th/")

    assert (response.status_code, response.content) == (200, b"")
