"""Redirects that the office keeps: former addresses lead to where the content stands now."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pages.models import ManagedRedirect
from tests.office import Office
from tests.publication.withdrawing import withdraw
from tests.website.reading import in_english, published


def sent(office: Office, old_path: str, **fields) -> ManagedRedirect:
    """A published redirect."""
    return office.show(office.record(ManagedRedirect, title=old_path, old_path=old_path, **fields))


def test_reader_is_sent_to_the_page(open_office: Office, client):
    sent(open_office, "/old-news/12/", target_page=published(open_office, slug="new"))

    response = client.get("/th/old-news/12/")
    assert response.status_code == 301
    assert response["Location"] == "/th/news/new/"


def test_redirect_is_asked_for_again_each_time(open_office: Office, client):
    sent(open_office, "/old/", target_page=open_office.news)

    for path in ("/th/old/", "/old/"):
        assert "max-age=0" in client.get(path)["Cache-Control"]


def test_reader_is_sent_to_another_site(open_office: Office, client):
    sent(open_office, "/tax/", target_url="https://www.example.go.th/tax?a=1")

    assert client.get("/th/tax/")["Location"] == "https://www.example.go.th/tax?a=1"


@pytest.mark.parametrize(
    ("old_path", "asked"),
    [
        ("/news.php/12", "/news.php/12"),
        ("/index.html", "/index.html"),
        ("/ข่าว/12/", "/ข่าว/12"),
        ("https://www.abt-example.go.th/data/12", "/data/12"),
        ("/data/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7", "/data/ข่าว/"),
        ("/th/old/", "/th/old/"),
    ],
)
def test_former_addresses_of_any_form_are_known(open_office: Office, client, old_path, asked):
    sent(open_office, old_path, target_page=open_office.news)

    response = client.get(asked, follow=True)
    assert response.redirect_chain[-1] == ("/th/news/", 301)


def test_former_address_without_redirect_is_not_found(open_office: Office, client):
    assert client.get("/default.php").status_code == 404
    assert client.get("/%00/").status_code == 404


def test_address_without_language_leads_to_the_thai_page(open_office: Office, client):
    assert client.get("/news")["Location"] == "/th/news/"


def test_redirect_holds_in_its_language_only(open_office: Office, client):
    sent(open_office, "/old/", target_page=open_office.news)

    assert client.get("/en/old/").status_code == 404


def test_target_that_moved_is_still_found(open_office: Office, client):
    page = published(open_office, slug="new")
    sent(open_office, "/old/", target_page=page)
    open_office.show(open_office.edit(page, slug="newer"))

    assert client.get("/th/old/")["Location"] == "/th/news/newer/"


def test_target_that_was_withdrawn_is_not_found(open_office: Office, client):
    page = published(open_office)
    sent(open_office, "/old/", target_page=page)
    withdraw(open_office, page)

    assert client.get("/th/old/").status_code == 404


def test_target_that_was_never_public_is_not_found(open_office: Office, client):
    sent(open_office, "/old/", target_page=open_office.draft())

    assert client.get("/th/old/").status_code == 404


def test_withdrawn_redirect_leads_nowhere(open_office: Office, client):
    withdraw(open_office, sent(open_office, "/old/", target_page=open_office.news))

    assert client.get("/th/old/").status_code == 404


def test_page_that_takes_the_address_later_goes_before(open_office: Office, client):
    sent(open_office, "/news/taken/", target_url="https://www.example.go.th/")
    published(open_office, slug="taken")

    assert client.get("/th/news/taken/").status_code == 200


def test_address_of_a_page_cannot_be_redirected(open_office: Office):
    with pytest.raises(PermissionDenied, match="/news/"):
        sent(open_office, "/news/", target_url="https://www.example.go.th/")


def test_former_address_of_a_page_cannot_be_redirected(open_office: Office):
    withdraw(open_office, published(open_office, slug="gone"))

    with pytest.raises(PermissionDenied, match="/news/gone/"):
        sent(open_office, "/news/gone/", target_page=open_office.news)


def test_two_redirects_cannot_share_an_address(open_office: Office):
    sent(open_office, "/old/", target_page=open_office.news)

    with pytest.raises(PermissionDenied, match="/old/"):
        sent(open_office, "/old/", target_url="https://www.example.go.th/")


def test_redirect_can_be_changed(open_office: Office, client):
    redirect = sent(open_office, "/old/", target_url="https://www.example.go.th/")
    changed = open_office.edit(redirect, target_url="https://www.example.go.th/other")
    open_office.show(changed)

    assert client.get("/th/old/")["Location"] == "https://www.example.go.th/other"


def test_address_of_this_site_is_refused_as_a_target(open_office: Office, settings):
    own = f"{settings.BASE_URL}/th/old/"
    redirect = open_office.record(ManagedRedirect, title="วน", old_path="/old/", target_url=own)

    with pytest.raises(ValidationError) as refused:
        redirect.clean_for_signing()
    assert list(refused.value.message_dict) == ["target_url"]


def test_redirect_in_a_circle_ends_as_not_found(open_office: Office, client, settings):
    target = "https://www.example.go.th/th/old/"
    sent(open_office, "/old/", target_url=target)
    settings.BASE_URL = "https://www.example.go.th"  # the office moved there afterwards

    assert client.get("/th/old/").status_code == 404


@pytest.mark.parametrize("path", ["/", "", "/th/", "/old/?id=1", "/old/#part", "/two words/"])
def test_what_is_no_path_is_refused(open_office: Office, path: str):
    with pytest.raises(ValidationError):
        open_office.record(
            ManagedRedirect, title="ผิด", old_path=path, target_url="https://www.example.go.th/"
        )


def test_english_reader_is_sent_to_the_english_page(open_office: Office, client):
    page = published(open_office, slug="item")
    in_english(open_office, page, "Item")
    redirect = sent(open_office, "/old/", target_page=page)
    english = redirect.copy_for_translation(open_office.english)
    english.save()
    english.save_revision(user=open_office.translator.user)
    open_office.show(english)

    assert client.get("/en/old/")["Location"] == "/en/news/item/"
