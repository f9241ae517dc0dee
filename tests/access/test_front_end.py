"""What a front end at another origin gets: the editor's frame, the script, the user bar."""

import re

import pytest
from django.test import Client

from tests.admin import browser, edit_url, filled_in
from tests.office import Office

FRONT_END = "https://www.example.go.th"


@pytest.fixture(autouse=True)
def front_end(settings) -> None:
    settings.FRONT_END_PREVIEW_URL = FRONT_END + "/{language}/draft/"
    settings.FRONT_END_ORIGIN = FRONT_END
    settings.PREVIEW_HANDOVER = "cms.access.front_end.hand_over"


def panel(office: Office, **query: str):
    """The answer to the editor's frame, with other words in the form than were saved."""
    draft = office.draft(title="บันทึกแล้ว", slug="item")
    client = browser(office.reporter)
    url = f"{edit_url(draft)}preview/"
    assert client.post(url, filled_in(client, edit_url(draft), title="กำลังพิมพ์")).json()["is_valid"]
    return client.get(url, query)


def test_panel_leads_to_the_front_end_with_a_key_behind_the_hash(open_office: Office):
    response = panel(open_office, mode="th")

    assert response.status_code == 302
    assert re.fullmatch(FRONT_END + r"/th/draft/#preview-token=[\w-]{43}", response["Location"])
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"


def test_key_of_the_panel_shows_what_is_typed(open_office: Office):
    key = panel(open_office, mode="th")["Location"].partition("=")[2]

    answer = Client().get(
        "/graphql/", {"query": "{ preview { title } }"}, headers={"X-Preview-Token": key}
    )
    assert answer.json()["data"]["preview"]["title"] == "กำลังพิมพ์"


def test_both_languages_may_frame_the_front_end(open_office: Office):
    response = panel(open_office, mode="both")

    assert f"frame-src 'self' {FRONT_END};" in response["Content-Security-Policy"]


def test_user_bar_is_for_the_front_end_and_has_whole_addresses():
    response = Client().get("/preview/user-bar/", {"panel": "1"})
    html = response.content.decode()

    assert response["Access-Control-Allow-Origin"] == FRONT_END
    assert response["Cache-Control"] == "no-store"
    assert "http://127.0.0.1:8000/static/wagtailadmin/js/userbar.js" in html
    assert 'data-wagtail-userbar-origin="http://127.0.0.1:8000"' in html
    assert FRONT_END in html  # axe may talk to it
    assert "<aside hidden" in html


def test_user_bar_in_a_window_of_its_own_is_visible():
    assert "<aside hidden" not in Client().get("/preview/user-bar/").content.decode()


def test_script_may_be_included_anywhere_and_names_the_api():
    response = Client().get("/preview/front-end.js")

    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "127.0.0.1:8000" in response.content.decode().replace("\\u002D", "-")


def test_preflight_lets_the_front_end_send_its_key():
    response = Client().options(
        "/graphql/",
        headers={
            "Origin": FRONT_END,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type,x-preview-token",
        },
    )

    assert response["Access-Control-Allow-Origin"] in ("*", FRONT_END)
    allowed = response["Access-Control-Allow-Headers"].lower()
    assert "*" in allowed or "x-preview-token" in allowed
