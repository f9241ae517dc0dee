"""The signing screen as a browser without scripts meets it."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse

from cms.demonstration.clerk import Clerk
from tests.admin import browser
from tests.office import Office


class Screen:
    """The present step of `item`, opened by `clerk`; `page` is what stands there."""

    def __init__(self, clerk: Clerk, item: Any) -> None:
        self.clerk, self.client = clerk, browser(clerk)
        self.step = Office.fresh(item).current_workflow_task_state.pk
        self.url = reverse("moderation:sign", args=[self.step])
        self.open()

    def open(self) -> BeautifulSoup:
        """Loads the screen anew."""
        return self._read(self.client.get(self.url))

    def form(self, action: str = "approve") -> Tag:
        """One of the two forms."""
        field = self.page.select_one(f"form input[name=action][value={action}]")
        assert field is not None, "this action is not offered"
        form = field.find_parent("form")
        assert isinstance(form, Tag)
        return form

    def values(self, action: str = "approve", **changes: str) -> dict[str, str]:
        """What the form sends once everything is filled in and ticked."""
        values = {}
        for field in self.form(action).select("input[name], textarea[name]"):
            is_box = field.get("type") == "checkbox"
            values[str(field["name"])] = "on" if is_box else str(field.get("value") or field.text)
        values["full_name"] = self.clerk.user.get_full_name()
        values["password"] = self.clerk.password
        return {name: value for name, value in {**values, **changes}.items() if value != "(none)"}

    def send(self, action: str = "approve", **changes: str) -> Any:
        """Sends the form, with `changes`; "(none)" leaves a field out. Returns the answer."""
        response = self.client.post(self.url, self.values(action, **changes))
        if response.status_code == 200:
            self._read(response)
        return response

    def frame(self, language: str) -> Any:
        """The answer in the frame of a language."""
        frame = self.page.select_one(f"section[aria-labelledby=side-{language}] iframe")
        assert frame is not None
        return self.client.get(str(frame["src"]))

    def _read(self, response: Any) -> BeautifulSoup:
        assert response.status_code == 200, response.status_code
        self.page = BeautifulSoup(response.content, "html.parser")
        return self.page


def anonymous() -> Client:
    """Somebody who is not signed in."""
    return Client()
