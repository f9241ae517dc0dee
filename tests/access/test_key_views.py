"""Keys in the admin: a link is shown once, lists hold one's own, whoever may ends them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from cms.access.models import AccessToken, PreviewToken
from cms.access.previews import make_link
from pages.models import Department
from tests.admin import browser, edit_url
from tests.divided import Divisions
from tests.office import Office


def link_url(item) -> str:
    label = "wagtailcore.page" if hasattr(item, "url_path") else item._meta.label_lower
    return reverse("make_preview_link", args=[label, item.pk])


def made_address(client: Client, item, hours: int = 4) -> str:
    """The address that the admin shows after a link was made."""
    html = client.post(link_url(item), {"hours": hours}).content.decode()
    return re.search(r'id="address" value="([^"]+)"', html)[1]


def test_editor_makes_a_link_that_shows_the_draft_without_an_account(open_office: Office):
    draft = open_office.draft(title="ร่างลับ")
    address = made_address(browser(open_office.reporter), draft)
    path, _hash, key = address.partition("#preview-token=")

    response = Client().post(path.removeprefix("http://127.0.0.1:8000"), {"token": key})
    assert response.status_code == 200
    assert "ร่างลับ" in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_link_leads_to_the_front_end_where_there_is_one(open_office: Office, settings):
    settings.FRONT_END_PREVIEW_URL = "https://www.example.go.th/{language}/draft/{path}"
    draft = open_office.draft(slug="item")

    address = made_address(browser(open_office.reporter), draft)
    assert address.startswith("https://www.example.go.th/th/draft/news/item/#preview-token=")


def test_record_has_a_link_too(open_office: Office):
    division = open_office.record(Department, title="กอง")

    assert made_address(browser(open_office.reporter), division)


def test_buttons_of_the_editors_lead_to_links(open_office: Office):
    client = browser(open_office.reporter)
    for item in (open_office.draft(), open_office.record(Department, title="กอง")):
        assert link_url(item) in client.get(edit_url(item)).content.decode()


@pytest.mark.parametrize("key", ["", "x", "x" * 43])
def test_wrong_key_shows_nothing(open_office: Office, key: str):
    response = Client().post("/preview/th/", {"token": key})

    assert response.status_code == 403
    assert response["Cache-Control"] == "no-store"


def test_key_in_the_query_string_shows_nothing(open_office: Office):
    _token, text = make_link(open_office.draft(title="ร่างลับ"), open_office.reporter.user)

    response = Client().get("/preview/th/", {"token": text, "preview-token": text})
    assert "ร่างลับ" not in response.content.decode()


def test_nobody_links_to_the_draft_of_another_division(divisions: Divisions):
    draft = divisions.draft(divisions.works)
    client = browser(divisions.finance_reporter)

    client.get(link_url(draft))
    client.post(link_url(draft), {"hours": 4})
    assert not PreviewToken.objects.exists()


def test_list_holds_ones_own_and_an_administrator_sees_all(open_office: Office):
    make_link(open_office.draft(title="ของผู้รายงาน"), open_office.reporter.user)

    seen = {
        name: "ของผู้รายงาน" in browser(clerk).get(reverse("keys")).content.decode()
        for name, clerk in (
            ("reporter", open_office.reporter),
            ("approver", open_office.approver),
            ("administrator", open_office.administrator),
        )
    }
    assert seen == {"reporter": True, "approver": False, "administrator": True}


def test_keys_are_ended_by_who_made_them_and_by_administrators(open_office: Office):
    for clerk, ends in ((open_office.approver, False), (open_office.administrator, True)):
        token, _text = make_link(open_office.draft(), open_office.reporter.user)
        browser(clerk).post(reverse("end_key", args=["preview", token.pk]))

        token.refresh_from_db()
        assert bool(token.revoked_at) == ends


def test_member_makes_a_key_to_private_pages(open_office: Office):
    client = browser(open_office.reporter)
    html = client.post(reverse("keys"), {"purpose": "จอในห้องประชุม", "hours": 8}).content.decode()

    text = re.search(r'id="key" value="([^"]+)"', html)[1]
    assert AccessToken.presented(text).user == open_office.reporter.user
    assert text not in client.get(reverse("keys")).content.decode()
