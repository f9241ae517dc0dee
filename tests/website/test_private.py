"""Pages with a password on the site: a form without a script, a cookie of that place alone."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.office import Office

PASSWORD = "correct horse"
PATH = "/th/news/secret/"


@pytest.fixture
def private(open_office: Office) -> PageViewRestriction:
    section = open_office.section(open_office.news, title="ลับสุดยอด", slug="secret")
    open_office.show(section)
    return PageViewRestriction.objects.create(
        page=section, restriction_type="password", password=PASSWORD
    )


def given(client: Client, password: str):
    return client.post("/th/unlock/", {"path": "/news/secret/", "password": password})


def test_page_asks_for_its_password_and_tells_nothing(private):
    response = Client().get(PATH)
    page = BeautifulSoup(response.content, "html.parser")

    assert response.status_code == 403
    assert page.select_one("form[method=post] input[type=password]")
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert response["Cache-Control"] == "private, no-store"
    assert "ลับสุดยอด" not in response.content.decode()


def test_right_password_opens_the_page_for_this_browser(private):
    client = Client()
    response = given(client, PASSWORD)

    assert (response.status_code, response["Location"]) == (303, PATH)
    page = client.get(PATH)
    assert page.status_code == 200
    assert "ลับสุดยอด" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex"
    assert Client().get(PATH).status_code == 403


def test_cookie_is_for_this_place_and_for_no_script(private):
    cookie = given(Client(), PASSWORD).cookies["page-key"]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (PATH, True, "Lax")
    assert 0 < cookie["max-age"] <= 3600
    assert PASSWORD not in cookie.value


def test_wrong_password_is_told_in_the_form(private):
    response = given(Client(), "wrong")
    page = BeautifulSoup(response.content, "html.parser")

    assert response.status_code == 403
    assert page.select_one("[role=alert]").get_text(strip=True)
    assert page.select_one("input[type=password]")["aria-invalid"] == "true"
    assert not response.cookies


def test_cookie_of_a_changed_password_asks_again(private):
    client = Client()
    given(client, PASSWORD)
    private.password = "another"
    private.save()

    assert client.get(PATH).status_code == 403


@pytest.mark.parametrize("value", ["", "x", "x:y:z", "x" * 9000])
def test_forged_cookie_opens_nothing(private, value: str):
    client = Client()
    client.cookies["page-key"] = value

    assert client.get(PATH).status_code == 403


def test_page_for_members_is_not_found(private):
    private.restriction_type = "login"
    private.save()

    assert Client().get(PATH).status_code == 404


def test_unknown_page_is_not_found_with_any_password(private):
    response = Client().post("/th/unlock/", {"path": "/nowhere/", "password": PASSWORD})

    assert response.status_code == 404


@pytest.mark.parametrize("path", ["//example.com/", "/../x", "https://example.com"])
def test_form_leads_nowhere_else(private, path: str):
    response = Client().post("/th/unlock/", {"path": path, "password": PASSWORD})

    assert response.status_code == 404
