"""Citizens at the web site: they open a form, fill it in and send it, without scripts."""

import datetime
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from cms.engagement.guard import MIN_SECONDS
from tests.engagement.standing import Form


class Visitor:
    """A browser without scripts and without cookies, in front of one form."""

    def __init__(self, form: Form) -> None:
        self.form, self.client = form, Client(enforce_csrf_checks=True)
        self.path = f"/{form.locale}{form.address.path}"

    def opens(self, path: str = "") -> BeautifulSoup:
        """The page as it stands."""
        response = self.client.get(path or self.path)
        assert response.status_code == 200, response.status_code
        return page_of(response)

    def sends(self, typed: dict[str, Any], page: BeautifulSoup | None = None) -> Any:
        """Fills the form in and sends it, after a while: whatever stands in it goes along."""
        shown = page or self.opens()
        now = timezone.now
        try:
            timezone.now = lambda: now() + datetime.timedelta(seconds=MIN_SECONDS + 2)
            return self.client.post(self.path, {**standing_in(shown), **typed})
        finally:
            timezone.now = now


def page_of(response: Any) -> BeautifulSoup:
    """What a response shows."""
    return BeautifulSoup(response.content, "html.parser")


def standing_in(page: BeautifulSoup) -> dict[str, Any]:
    """What a browser would send of the form on a page, as it stands."""
    found: dict[str, Any] = {}
    form = page.select_one("form.form")
    for control in form.select("input[name], textarea[name], select[name]"):
        name, kind = control["name"], control.get("type")
        if kind == "file" or (kind in ("checkbox", "radio") and not control.has_attr("checked")):
            continue
        if control.name == "textarea":
            # The HTML parser of a browser drops the line end right after the tag.
            found[name] = control.get_text().removeprefix("\n")
        elif control.name == "select":
            chosen = control.select_one("option[selected]")
            found[name] = chosen["value"] if chosen else ""
        else:
            found.setdefault(name, [])
            found[name] = [*found[name], control.get("value", "")]
    return found
