"""Reads the public site as a browser does, and fills it with what there is to read."""

import json
import uuid
from contextlib import suppress
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from tests.office import Office


def read(path: str, status: int = 200) -> BeautifulSoup:
    """The page at an address, as an anonymous reader gets it."""
    response = Client().get(path)
    assert response.status_code == status, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def words(element: Any) -> str:
    """The text of an element on one line."""
    return " ".join(element.get_text(" ").split())


def thai(message: str) -> str:
    """A message as a Thai reader sees it."""
    with translation.override("th"):
        return gettext(message)


def block(kind: str, value: Any) -> dict[str, Any]:
    """One block as the editor stores it."""
    return {"id": str(uuid.uuid4()), "type": kind, "value": value}


def published(office: Office, *blocks: dict[str, Any], **fields: Any) -> Any:
    """An item of news, published, with these blocks as its body."""
    page = office.draft(**fields)
    if blocks:
        page = office.edit(page, body=json.dumps(blocks))
    return office.show(page)


def in_english(office: Office, page: Any, title: str) -> Any:
    """The English translation of a page, published."""
    copy = page.copy_for_translation(office.english)
    copy.title = title
    copy.save_revision(user=office.translator.user)
    return office.show(copy)


def urgent(**fields: Any) -> dict[str, Any]:
    """The fields that make a draft urgent."""
    return {"is_urgent": True, "benefits": "ก", "harms": "ข", "after_effects": "ค", **fields}


def forget(file: Any) -> None:
    """Removes a file from storage, as an accident would."""
    with suppress(FileNotFoundError):
        file.storage.delete(file.name)
