"""Banners on the front page: in order, for their time, in each language."""

import datetime

import pytest
from django.utils import timezone

from cms.publication.models import Publication
from pages.models import Banner
from tests.office import Office, image
from tests.publication.withdrawing import withdraw
from tests.website.reading import published, read, words


def banner(office: Office, alt: str = "ชำระภาษีออนไลน์", **fields):
    fields.setdefault("link_url", "https://www.example.go.th/tax")
    if fields.get("link_page"):
        fields["link_url"] = ""
    fields = {"title": alt, "image": image(size=(900, 300)), "image_alt": alt, **fields}
    return office.show(office.record(Banner, **fields))


def shown(path: str = "/th/") -> list[str]:
    return [picture["alt"] for picture in read(path).select(".front-banners img")]


def test_banners_stand_in_the_offices_order(open_office: Office):
    banner(open_office, "สอง", sort_order=2)
    banner(open_office, "หนึ่ง", sort_order=1)

    assert shown() == ["หนึ่ง", "สอง"]


def test_banner_leads_to_another_site_and_says_so(open_office: Office):
    banner(open_office)

    link = read("/th/").select_one(".front-banners a")
    assert link["href"] == "https://www.example.go.th/tax"
    assert "www.example.go.th" in words(link)


def test_banner_leads_to_a_page(open_office: Office):
    banner(open_office, link_page=open_office.news)

    link = read("/th/").select_one(".front-banners a")
    assert link["href"] == "/th/news/"
    assert words(link) == ""


def test_banner_whose_page_is_gone_is_left_out(open_office: Office):
    page = published(open_office)
    banner(open_office, link_page=page)
    withdraw(open_office, page)

    assert shown() == []


def test_banner_before_its_time_is_not_shown(open_office: Office):
    banner(open_office, go_live_at=timezone.now() + datetime.timedelta(days=1))

    assert shown() == []


def test_banner_ends_by_itself(open_office: Office):
    banner(open_office, expire_at=timezone.now() + datetime.timedelta(seconds=3))
    assert shown() == ["ชำระภาษีออนไลน์"]

    ends = Publication.objects.get(type="Banner").effective_until
    # Triggers let a window be shortened: the same as waiting for its end.
    Publication.objects.filter(type="Banner").update(
        effective_until=min(ends, timezone.now() - datetime.timedelta(seconds=1))
    )
    assert shown() == []


def test_each_language_has_its_own_image(open_office: Office):
    thai = banner(open_office, "ไทย", image=image("teal", (900, 300)))
    english = thai.copy_for_translation(open_office.english)
    english.image, english.image_alt = image("gold", (900, 300)), "English"
    english.save()
    english.save_revision(user=open_office.translator.user)
    open_office.show(english)

    assert (shown("/th/"), shown("/en/")) == (["ไทย"], ["English"])
    sources = {
        path: read(path).select_one(".front-banners img")["src"] for path in ("/th/", "/en/")
    }
    assert sources["/th/"] != sources["/en/"]


def test_front_page_without_banners_has_no_empty_part(open_office: Office):
    assert not read("/th/").select_one("#front-banners")


@pytest.mark.parametrize("path", ["/th/", "/en/"])
def test_front_page_is_asked_for_again_each_time(open_office: Office, client, path: str):
    assert "max-age=0" in client.get(path)["Cache-Control"]
