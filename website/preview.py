"""Drafts as the public would see them, for Wagtail's preview. Named in `DRAFT_RENDERER`.

The one module of the site that meets drafts: it takes their snapshot, and asks the same operation
and the same templates about it.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cms.publication.wording import Wording, child_of, label_of
from cms.snapshot.fields import MissingFile
from cms.snapshot.snapshot import Snapshot, snapshot_of
from website.alerts import alert_response
from website.client import query, timings
from website.languages import locale_of, site_name
from website.listings import lists_of
from website.rendering import message_response, page_response


def render_draft(
    request: HttpRequest,
    instance: Any,
    snapshot: Snapshot | None = None,
    language: str = "",
    user_bar: str = "",
) -> HttpResponse:
    """A page or snippet, with unsaved changes, in its own language; no cache keeps it.

    `snapshot`: shown as it is, where the caller has looked at it already; one that was made of
    no draft is a record that is public. `language` is for an alert, which is written in both.
    `user_bar`: what Wagtail puts on the page for editors, with its content checker.
    """
    language = language or instance.locale.language_code
    with translation.override(language), timings() as timing:
        try:
            snapshot = snapshot or snapshot_of(instance)
            response = _draft(request, language, instance, snapshot, user_bar)
        except MissingFile as error:
            response = message_response(language, _("A file is missing"), str(error), status=200)
    response["Cache-Control"] = "no-store"
    response["Server-Timing"] = timing()  # whoever sees a draft is staff
    return response


def _draft(
    request: HttpRequest, language: str, instance: Any, snapshot: Snapshot, user_bar: str
) -> HttpResponse:
    if snapshot.data["type"] == "Alert":
        variables = {"permanentId": "draft", "locale": locale_of(language)}
        return alert_response(
            language, query("alert", variables, draft=snapshot), is_draft=True, user_bar=user_bar
        )
    if snapshot.data["slug"] is None:
        return _snippet(language, instance, snapshot, user_bar)
    parts = instance.get_url_parts(request)
    public_path = parts[2] if parts else f"/{language}/"
    data = query(
        "page",
        {
            # The draft stands in for the page itself; the path is where its sections are.
            "path": public_path.removeprefix(f"/{language}"),
            "locale": locale_of(language),
            "asOf": None,
        },
        draft=snapshot,
    )
    lists = lists_of(language, data, QueryDict())
    return page_response(language, data, is_draft=True, user_bar=user_bar, **lists)


def _snippet(language: str, instance: Any, snapshot: Snapshot, user_bar: str) -> HttpResponse:
    """A record without a page of its own: its title and its public fields, by name."""
    wording = Wording([snapshot.data], drafts_too=True)
    fields = [
        {"label": label_of(definition, name), "value": text}
        for name in instance.public_fields
        if (definition := child_of(type(instance), name))
        and (text := wording.text(snapshot.data["fields"].get(name), definition))
    ]
    context = {
        "language": language,
        "is_draft": snapshot.draft is not None,
        "site_name": site_name(language),
        "title": snapshot.data["title"],
        "fields": fields,
        "user_bar": user_bar,
    }
    return HttpResponse(render_to_string("website/snippet_preview.html", context))
