"""Permanent addresses lead to where a page stands now."""

from bs4 import BeautifulSoup

from tests.office import Office
from tests.publication.withdrawing import latest, withdraw
from tests.website.reading import in_english, published


def short_id(page) -> str:
    return latest(page).address.short_id


def test_leads_to_the_page(open_office: Office, client):
    page = published(open_office, slug="here")

    response = client.get(f"/id/{short_id(page)}/th/")
    assert (response.status_code, response["Location"]) == (302, "/th/news/here/")


def test_leads_to_the_page_in_its_language(open_office: Office, client):
    page = published(open_office, slug="here")
    in_english(open_office, page, "Here")

    assert client.get(f"/id/{short_id(page)}/en/")["Location"] == "/en/news/here/"


def test_survives_a_move(open_office: Office, client):
    page = published(open_office, slug="before")
    open_office.show(open_office.edit(page, slug="after"))

    assert client.get(f"/id/{short_id(page)}/th/")["Location"] == "/th/news/after/"


def test_without_a_language_prefers_thai(open_office: Office, client):
    page = published(open_office, slug="here")
    in_english(open_office, page, "Here")

    assert client.get(f"/id/{short_id(page)}/")["Location"] == "/th/news/here/"


def test_without_a_language_falls_back_to_english(open_office: Office, client):
    page = published(open_office, slug="here")
    in_english(open_office, page, "Here")
    withdraw(open_office, page)

    assert client.get(f"/id/{short_id(page)}/")["Location"] == "/en/news/here/"


def test_withdrawn_page_is_gone(open_office: Office, client):
    page = published(open_office, title="เรื่องเก่า")
    withdraw(open_office, page)

    for path in (f"/id/{short_id(page)}/", f"/id/{short_id(page)}/th/"):
        response = client.get(path)
        assert response.status_code == 410
        assert BeautifulSoup(response.content, "html.parser").h1.get_text() == "เรื่องเก่า"


def test_unknown_id_is_not_found(open_office: Office, client):
    for path in ("/id/aaaaaaaa/", "/id/aaaaaaaa/en/", "/id//th/"):
        assert client.get(path).status_code == 404
