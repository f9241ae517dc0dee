"""The public page about a hash: form, answer, and what it must not tell."""

import pytest

from cms.snapshot.snapshot import latest_snapshot
from tests.office import Office
from tests.publication.withdrawing import REASON, latest, withdraw
from tests.website.reading import published, read, thai, words

UNKNOWN = "f" * 64


@pytest.mark.parametrize("language", ["th", "en"])
def test_form_asks_for_a_hash(open_office: Office, language: str):
    soup = read(f"/{language}/verify/")

    assert soup.select_one("form input#hash")
    assert soup.select_one("#file-check").has_attr("hidden")  # a script shows it where it can


def test_typed_hash_leads_to_its_address(open_office: Office, client):
    content_hash = latest(published(open_office)).content_hash
    typed = f"{content_hash[:30].upper()} {content_hash[30:]}"

    response = client.get("/th/verify/", {"hash": typed})
    assert (response.status_code, response["Location"]) == (302, f"/th/verify/{content_hash}/")


def test_capitals_in_the_address_lead_to_the_one_address(open_office: Office, client):
    content_hash = latest(published(open_office)).content_hash

    response = client.get(f"/en/verify/{content_hash.upper()}/")
    assert response["Location"] == f"/en/verify/{content_hash}/"


@pytest.mark.parametrize("typed", ["abc", "x" * 64, "<script>"])
def test_what_is_no_hash_is_told_beside_the_field(open_office: Office, client, typed: str):
    response = client.get("/th/verify/", {"hash": typed})

    assert response.status_code == 422
    assert b'aria-invalid="true"' in response.content
    assert b"<script>" not in response.content.split(b"<main")[1]


def test_public_content_is_named_with_its_signers(open_office: Office):
    page = published(open_office, title="ข่าววันนี้", slug="today")
    soup = read(f"/th/verify/{latest(page).content_hash}/")

    answer = soup.select_one(".verification-answer.is-public")
    assert thai("This content is public.") in words(answer)
    assert answer.select_one("h3 a")["href"] == "/th/news/today/"
    assert open_office.publisher.user.position in words(answer)
    assert open_office.publisher.user.get_full_name() not in words(answer)


def test_former_content_leads_to_what_replaced_it(open_office: Office):
    page = published(open_office)
    old = latest(page).content_hash
    page = open_office.show(open_office.edit(page, title="ใหม่"))

    answer = read(f"/th/verify/{old}/").select_one(".is-formerly_public")
    assert answer.find("a", href=f"/th/verify/{latest(page).content_hash}/")


def test_withdrawn_content_tells_the_reason(open_office: Office):
    page = published(open_office)
    old = latest(page).content_hash
    withdraw(open_office, page)

    assert REASON in words(read(f"/th/verify/{old}/").select_one(".is-withdrawn"))


def test_draft_and_nothing_get_the_same_page(open_office: Office):
    secret = latest_snapshot(open_office.draft(title="ลับ")).content_hash

    pages = [str(read(f"/th/verify/{one}/")).replace(one, "") for one in (secret, UNKNOWN)]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("path", ["/th/verify/", f"/en/verify/{UNKNOWN}/"])
def test_no_search_engine_lists_it(open_office: Office, client, path: str):
    response = client.get(path)

    assert response["X-Robots-Tag"] == "noindex"
    assert b'content="noindex"' in response.content
    assert not response.cookies


def test_language_switch_keeps_the_hash(open_office: Office):
    soup = read(f"/th/verify/{UNKNOWN}/")

    assert soup.find("a", href=f"/en/verify/{UNKNOWN}/")


def test_every_page_leads_there(open_office: Office):
    page = published(open_office, slug="here")
    soup = read("/th/news/here/")

    assert soup.select_one(".record").find("a", href=f"/th/verify/{latest(page).content_hash}/")
    assert soup.footer.find("a", href="/th/verify/")


def test_no_page_can_take_its_address(open_office: Office):
    section = open_office.section(open_office.home, title="อื่น", slug="verify")

    with pytest.raises(Exception, match="verify"):
        open_office.show(section)


def test_post_is_not_answered(open_office: Office, client):
    assert client.post("/th/verify/").status_code == 405
