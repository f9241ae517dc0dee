"""The admin as a browser drives it: signed in, with forms filled in as they were rendered."""

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from cms.demonstration.clerk import Clerk


def browser(clerk: Clerk) -> Client:
    """A browser in which `clerk` is signed in."""
    client = Client()
    client.force_login(clerk.user)
    return client


def status(client: Client, url: str) -> int:
    """The status of an answer that was read to its end, as its file stays open till then."""
    response = client.get(url)
    list(response)
    return response.status_code


def edit_url(item: Any) -> str:
    """The address of the editor of a page or snippet."""
    if hasattr(item, "url_path"):
        return reverse("wagtailadmin_pages:edit", args=[item.pk])
    return reverse(f"{_snippet_urls(item)}:edit", args=[item.pk])


def unpublish_url(item: Any) -> str:
    """The address of the question whether to unpublish a page or snippet."""
    if hasattr(item, "url_path"):
        return reverse("wagtailadmin_pages:unpublish", args=[item.pk])
    return reverse(f"{_snippet_urls(item)}:unpublish", args=[item.pk])


def filled_in(client: Client, url: str, **changes: Any) -> dict[str, Any]:
    """What the editor's form at `url` would send, with `changes`; all StreamFields are empty."""
    html = client.get(url).content.decode()
    form = BeautifulSoup(html, "html.parser").find("form", attrs={"data-edit-form": True})
    values = querydict_from_html(html, form_id=form["id"]).dict()
    streams = {f"{block['id']}-count": "0" for block in form.select("[data-block]")}
    return {**values, **streams, **changes}


def _snippet_urls(item: Any) -> str:
    return f"wagtailsnippets_{item._meta.app_label}_{item._meta.model_name}"
