"""A draft's private files: reachable with its key, and not a moment longer."""

from typing import Any

import pytest
from django.core import signing
from django.test import Client

from cms.access.files import LIFETIME, SALT
from cms.access.models import PreviewToken
from cms.access.previews import make_link, presented_draft, revoke
from tests.admin import status
from tests.office import Office, image


@pytest.fixture
def linked(open_office: Office) -> tuple[Any, str]:
    """A key to a draft with a picture, and the address of the picture."""
    draft = open_office.draft(lead_image=image())
    token, text = make_link(draft, open_office.reporter.user)
    (source,) = presented_draft(text).sources.values()
    return token, source.url


def test_picture_of_a_draft_opens_without_a_session(linked):
    response = Client().get(linked[1])

    assert response.status_code == 200
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Content-Type"] == "image/png"
    assert "sandbox" in response["Content-Security-Policy"]
    assert not response.cookies


def test_address_ends_with_the_key(linked, open_office: Office):
    token, address = linked
    revoke(token, open_office.reporter.user)

    assert status(Client(), address) == 404


def test_address_ends_with_the_account(linked, open_office: Office):
    open_office.reporter.user.is_active = False
    open_office.reporter.user.save()

    assert status(Client(), linked[1]) == 404


def test_address_ends_by_itself(linked, monkeypatch):
    later = signing.time.time() + LIFETIME + 1
    monkeypatch.setattr(signing.time, "time", lambda: later)

    assert status(Client(), linked[1]) == 404


def test_changed_address_opens_nothing(linked):
    address = linked[1]
    signed = address.split("/")[3]

    for forged in (signed[:-1], f"{signed}x", "x", signed.replace(":", "_", 1)):
        assert status(Client(), address.replace(signed, forged)) == 404


def test_key_opens_no_file_that_its_draft_does_not_name(linked, open_office: Office):
    other = image("red")
    signed = signing.dumps([linked[0].pk, other.file.name], salt=SALT, compress=True)

    assert status(Client(), f"/preview/files/{signed}/red.png") == 404


def test_key_without_its_draft_opens_no_file(linked):
    PreviewToken.objects.update(files={})

    assert status(Client(), linked[1]) == 404
