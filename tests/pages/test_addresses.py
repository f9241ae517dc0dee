"""The address of a new page, which its form makes from the title."""

from django.urls import reverse

from pages.models import NewsPage
from tests.admin import browser, filled_in
from tests.office import Office


def write(office: Office, title: str, **changes: str) -> NewsPage:
    client = browser(office.reporter)
    url = reverse("wagtailadmin_pages:add", args=["pages", "newspage", office.news.pk])
    response = client.post(url, filled_in(client, url, title=title, **changes))
    assert response.status_code == 302
    return NewsPage.objects.latest("pk")


def test_two_pages_with_one_title_get_two_addresses(open_office: Office):
    first = write(open_office, "ประชุมสภา")
    second = write(open_office, "ประชุมสภา")

    assert second.slug == f"{first.slug}-2"


def test_an_address_that_was_typed_stays(open_office: Office):
    assert write(open_office, "ประชุมสภา", slug="council").slug == "council"
