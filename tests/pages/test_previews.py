"""Wagtail's preview in either language, or in both side by side."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail_localize.models import Translation, TranslationSource

from pages.models import Alert
from tests.admin import browser, edit_url, filled_in
from tests.divided import Divisions
from tests.office import Office


def seen(client, draft, **query: str) -> BeautifulSoup:
    """What the panel's frame shows of a saved draft."""
    url = f"{edit_url(draft)}preview/"
    assert client.post(url, filled_in(client, edit_url(draft))).json()["is_valid"]
    response = client.get(url, query)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return BeautifulSoup(response.content, "html.parser")


def translated(office: Office, draft, title: str):
    """The same page in English, with its own title."""
    english = draft.copy_for_translation(office.english)
    english.title = title
    english.save_revision(user=office.translator.user)
    return office.fresh(english)


def test_modes_begin_with_the_own_language(open_office: Office):
    thai = open_office.draft()
    english = translated(open_office, thai, "News")

    assert [code for code, _label in thai.preview_modes] == ["th", "en", "both"]
    assert [code for code, _label in english.preview_modes] == ["en", "th", "both"]


def test_other_language_is_the_newest_draft_of_the_translation(open_office: Office):
    thai = open_office.draft(title="ร่างไทย")
    translated(open_office, thai, "English draft")

    page = seen(browser(open_office.reporter), thai, mode="en")
    assert page.h1.get_text(strip=True) == "English draft"
    assert page.html["lang"] == "en"


def test_missing_translation_is_told(open_office: Office):
    page = seen(browser(open_office.reporter), open_office.draft(title="ไทยเท่านั้น"), mode="en")

    assert page.select_one(".no-translation h1")
    assert "ไทยเท่านั้น" not in page.get_text()


def test_side_by_side_frames_the_same_preview_in_each_language(open_office: Office):
    thai = open_office.draft(title="ร่างไทย")
    client = browser(open_office.reporter)

    page = seen(client, thai, mode="both", in_preview_panel="true")
    frames = [frame["src"] for frame in page.select("iframe")]
    url = f"{edit_url(thai)}preview/"
    assert frames == [f"{url}?mode={code}&in_preview_panel=true" for code in ("th", "en")]
    assert "ร่างไทย" in client.get(frames[0]).content.decode()


def test_side_by_side_may_frame_previews_and_be_framed_by_the_admin(open_office: Office):
    draft = open_office.draft()
    client = browser(open_office.reporter)
    seen(client, draft)

    response = client.get(f"{edit_url(draft)}preview/", {"mode": "both"})
    assert "frame-src 'self'" in response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_translation_editor_offers_both_languages(open_office: Office):
    thai = open_office.draft(title="ต้นฉบับ")
    source, _created = TranslationSource.update_or_create_from_instance(thai)
    translation = Translation.objects.create(source=source, target_locale=open_office.english)
    translation.save_target(user=open_office.translator.user, publish=False)
    client = browser(open_office.translator)
    url = reverse("wagtail_localize:preview_translation", args=[translation.pk, "both"])

    page = BeautifulSoup(client.get(url).content, "html.parser")
    frames = [frame["src"] for frame in page.select("iframe")]
    assert frames == [
        f"{url.replace('/both/', f'/{code}/')}?in_preview_panel=true" for code in ("th", "en")
    ]
    assert 'lang="th"' in client.get(frames[0]).content.decode()
    assert 'lang="en"' in client.get(frames[1]).content.decode()


def test_translation_of_another_division_is_not_shown(divisions: Divisions):
    thai = divisions.draft(divisions.works, title="ร่างไทย")
    english = translated(divisions.office, thai, "Secret of finance")
    divisions.office.edit(english, department=divisions.finance)

    page = seen(browser(divisions.works_reporter), thai, mode="en")
    assert "Secret of finance" not in page.get_text()


def test_content_checker_stands_on_previews_of_the_office(open_office: Office):
    client = browser(open_office.reporter)

    for mode in ("th", "both"):
        page = seen(client, open_office.draft(), mode=mode, in_preview_panel="true")
        assert page.select_one("wagtail-userbar")
        assert "checker-axe-configuration" in str(page)


def test_public_pages_have_no_user_bar(open_office: Office):
    for client in (browser(open_office.root), browser(open_office.reporter)):
        assert b"wagtail-userbar" not in client.get("/th/").content


def test_alert_has_both_languages_in_one_draft(open_office: Office):
    assert [code for code, _label in Alert(locale=open_office.thai).preview_modes] == [
        "th",
        "en",
        "both",
    ]


@pytest.mark.parametrize("mode", ["th", "en"])
def test_checker_talks_to_the_front_end_where_there_is_one(open_office: Office, settings, mode):
    settings.FRONT_END_ORIGIN = "https://www.example.go.th"
    draft = open_office.draft()
    html = str(seen(browser(open_office.reporter), draft, mode=mode, in_preview_panel="true"))

    assert '"allowedOrigins"' in html
    assert "https://www.example.go.th" in html
