"""Timings are for staff alone: whoever sees a draft. No public answer carries them."""

import json

import pytest

from cms.access.previews import make_link
from tests.office import Office

TITLES = "{ news(first: 5) { nodes { title } } }"


def ask(client, **headers):
    body = json.dumps({"query": TITLES})
    return client.post("/graphql/", body, content_type="application/json", headers=headers)


def test_answer_to_the_key_of_a_draft_tells_its_timings(open_office: Office, client):
    _link, key = make_link(open_office.draft(), open_office.reporter.user)
    timing = ask(client, **{"X-Preview-Token": key})["Server-Timing"]

    assert timing.startswith("other;dur=")
    assert "other_sql;dur=" in timing


def test_preview_in_the_admin_tells_its_timings(open_office: Office):
    response = open_office.draft().make_preview_request()

    assert "page;dur=" in response["Server-Timing"]


@pytest.mark.parametrize("key", [None, "wrong"])
def test_nobody_else_is_told(open_office: Office, client, key):
    headers = {"X-Preview-Token": key} if key else {}

    assert "Server-Timing" not in ask(client, **headers)


def test_session_of_staff_is_not_looked_at(open_office: Office, client):
    client.force_login(open_office.root.user)

    assert "Server-Timing" not in ask(client)
    assert "Server-Timing" not in client.get("/th/")
