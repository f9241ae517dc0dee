"""What a reader gets at an address: pages in their language, redirects, what is gone."""

import datetime

from bs4 import BeautifulSoup
from django.utils import timezone

from tests.office import Office, image
from tests.publication.withdrawing import REASON, withdraw
from tests.website.reading import in_english, published, read, thai, urgent, words


def test_site_begins_in_thai(client):
    response = client.get("/")

    assert (response.status_code, response["Location"]) == (302, "/th/")


def test_front_page_is_in_thai(open_office: Office):
    page = read("/th/")

    assert page.html["lang"] == "th"
    assert words(page.h1) == open_office.home.title


def test_front_page_is_in_english(open_office: Office):
    page = read("/en/")

    assert page.html["lang"] == "en"
    assert words(page.h1) == open_office.english_home.title


def test_office_is_named_in_each_language(open_office: Office, settings):
    settings.SITE_NAME_TH, settings.SITE_NAME_EN = "อบต.หนึ่ง", "SAO One"

    assert words(read("/th/").select_one(".site-name")) == "อบต.หนึ่ง"
    assert words(read("/en/").select_one(".site-name")) == "SAO One"


def test_page_without_its_slash_redirects(open_office: Office, client):
    response = client.get("/th/news")

    assert (response.status_code, response["Location"]) == (301, "/th/news/")


def test_unknown_address_is_not_found_in_the_language(open_office: Office):
    assert words(read("/th/nothing/", 404).h1) == thai("There is no page at this address")
    assert words(read("/en/nothing/", 404).h1) == "There is no page at this address"


def test_unknown_address_leads_on(open_office: Office):
    links = [link["href"] for link in read("/en/nothing/", 404).select(".ways-on a")]

    assert links == ["/en/", "/en/news/"]


def test_one_slash_too_many_leads_to_the_page(open_office: Office, client):
    assert client.get("/th//")["Location"] == "/th/"


def test_odd_addresses_are_not_found(open_office: Office, client):
    for path in ("/th/%00/", "/th/a.b/", "/th/ข่าว/", f"/th/{'x' * 800}/"):
        assert client.get(path).status_code == 404, path


def test_address_outside_the_languages_is_not_found_in_both(db, client):
    response = client.get("/fr/")

    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 404
    assert page.html["lang"] == "th"
    assert page.select_one("[lang=en]")


def test_draft_is_not_found(open_office: Office):
    page = open_office.draft(title="ร่างลับ")

    found = read(f"/th/news/{page.slug}/", 404)
    assert "ร่างลับ" not in str(found)


def test_site_without_publications_says_so(closed_office: Office):
    found = read("/th/", 404)

    assert words(found.h1) == thai("Nothing has been published yet")


def test_moved_page_redirects_for_good(open_office: Office, client):
    page = published(open_office, slug="before")
    open_office.show(open_office.edit(page, slug="after"))

    response = client.get("/th/news/before/")
    assert (response.status_code, response["Location"]) == (301, "/th/news/after/")


def test_withdrawn_page_says_why_and_when(open_office: Office):
    page = published(open_office, title="เรื่องเก่า", slug="old")
    withdraw(open_office, page)

    found = read("/th/news/old/", 410)
    today = timezone.localdate()
    assert words(found.h1) == "เรื่องเก่า"
    assert REASON in words(found.main)
    assert str(today.year + 543) in words(found.main)


def test_page_whose_time_is_over_is_gone(open_office: Office, monkeypatch):
    end = timezone.now() + datetime.timedelta(hours=1)
    published(open_office, slug="short", expire_at=end)
    later = end + datetime.timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: later)

    found = read("/th/news/short/", 410)
    assert thai("The time for which it was published is over.") in words(found.main)


def test_dates_are_in_the_buddhist_era_in_thai(open_office: Office):
    published(open_office, slug="dated", posted_on=datetime.date(2026, 11, 20))

    dates = words(read("/th/news/dated/").select_one(".dates"))
    assert "20 พฤศจิกายน 2569" in dates
    assert "2026" not in dates


def test_dates_are_in_the_common_era_in_english(open_office: Office):
    page = published(open_office, slug="dated", posted_on=datetime.date(2026, 11, 20))
    in_english(open_office, page, "Dated")

    dates = words(read("/en/news/dated/").select_one(".dates"))
    assert "20 November 2026" in dates
    assert "2569" not in dates


def test_date_posted_and_date_changed_are_both_shown(open_office: Office):
    published(open_office, slug="dated", posted_on=datetime.date(2026, 1, 2))

    times = [time["datetime"][:10] for time in read("/th/news/dated/").select(".dates time")]
    assert times == ["2026-01-02", timezone.now().date().isoformat()]


def test_signers_are_shown_by_position_not_by_name(open_office: Office):
    published(open_office, slug="signed")

    record = words(read("/th/news/signed/").select_one(".record"))
    assert "ตำแหน่ง approver" in record
    assert "ตัวอย่าง" not in record  # everybody's surname


def test_record_names_the_content_hash_and_the_permanent_address(open_office: Office):
    published(open_office, slug="signed")

    record = read("/th/news/signed/").select_one(".record")
    assert len(words(record.code)) == 64
    assert record.select_one("dd a")["href"].startswith("/id/")


def test_title_is_escaped(open_office: Office):
    title = "<script>alert(1)</script>"
    published(open_office, slug="sly", title=title, summary=title)

    for path in ("/th/news/sly/", "/th/news/", "/th/"):
        page = read(path)
        assert title in page.get_text()
        assert all(script.get("src") for script in page.find_all("script"))


def test_switch_leads_to_the_translation(open_office: Office):
    page = published(open_office, slug="both")
    in_english(open_office, page, "Both")

    assert read("/th/news/both/").select_one(".language-switch")["href"] == "/en/news/both/"
    assert read("/en/news/both/").select_one(".language-switch")["href"] == "/th/news/both/"


def test_switch_without_translation_leads_home_and_says_so(open_office: Office):
    published(open_office, slug="thai-only")

    switch = read("/th/news/thai-only/").select_one(".language-switch")
    assert switch["href"] == "/en/"
    assert "not available" in switch["title"]


def test_alternates_name_both_languages(open_office: Office, settings):
    found = read("/th/news/").select("link[rel=alternate][hreflang]")

    assert {link["hreflang"]: link["href"] for link in found} == {
        "th": f"{settings.BASE_URL}/th/news/",
        "en": f"{settings.BASE_URL}/en/news/",
    }


def test_breadcrumbs_lead_up(open_office: Office):
    published(open_office, slug="deep")

    links = [link["href"] for link in read("/th/news/deep/").select(".breadcrumbs a")]
    assert links == ["/th/", "/th/news/"]


def test_menu_marks_where_the_reader_is(open_office: Office):
    current = read("/th/news/").select_one(".menu-wide [aria-current=page]")

    assert current["href"] == "/th/news/"


def test_section_lists_the_sections_below_it(open_office: Office):
    laws = open_office.section(open_office.news, title="กฎหมาย", slug="laws")
    open_office.show(laws)

    assert read("/th/news/").select_one(".section-grid a")["href"] == "/th/news/laws/"


def test_urgent_news_stands_first_on_the_front_page(open_office: Office):
    published(open_office, **urgent(title="น้ำท่วม", posted_on=datetime.date(2026, 1, 1)))
    published(open_office, title="เรื่องทั่วไป", posted_on=datetime.date(2026, 2, 1))

    page = read("/th/")
    titles = [words(title) for title in page.select("main h3")]
    assert titles.index("น้ำท่วม") < titles.index("เรื่องทั่วไป")
    assert thai("Urgent") in words(page.select_one(".urgent-news .urgent-label"))


def test_news_with_a_picture_leads_on_the_front_page(open_office: Office):
    published(open_office, title="มีภาพ", lead_image=image(), posted_on=datetime.date(2026, 1, 1))
    published(open_office, title="ไม่มีภาพ", posted_on=datetime.date(2026, 2, 1))

    assert words(read("/th/").select_one(".news-lead h3")) == "มีภาพ"
