"""Drafts as the public would see them, for Wagtail's preview. Named in `DRAFT_RENDERER`.

The one module of the site that meets drafts: it takes their snapshot, and asks the same operation
and the same templates about it.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cms.snapshot.fields import MissingFile
from cms.snapshot.snapshot import Snapshot, snapshot_of
from website.client import query
from website.languages import locale_of, site_name
from website.news import latest_news
from website.rendering import message_response, page_response


def render_draft(request: HttpRequest, instance: Any) -> HttpResponse:
    """A page or snippet, with unsaved changes, in its own language; no cache keeps it."""
    language = instance.locale.language_code
    with translation.override(language):
        try:
            response = _draft(request, language, instance, snapshot_of(instance))
        except MissingFile as error:
            response = message_response(language, _("A file is missing"), str(error), status=200)
    response["Cache-Control"] = "no-store"
    return response


def _draft(request: HttpRequest, language: str, instance: Any, snapshot: Snapshot) -> HttpResponse:
    if snapshot.data["slug"] is None:
        return _snippet(language, instance, snapshot)
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
    lists = latest_news(language) if data["page"]["__typename"] == "HomePage" else {}
    return page_response(language, data, is_draft=True, **lists)


def _snippet(language: str, instance: Any, snapshot: Snapshot) -> HttpResponse:
    """A record without a page of its own: its title and its public fields, by name."""
    fields = [
        {"label": instance._meta.get_field(name).verbose_name, "value": value}
        for name in instance.public_fields
        if (value := snapshot.data["fields"][name]) not in (None, "")
    ]
    context = {
        "language": language,
        "site_name": site_name(language),
        "title": snapshot.data["title"],
        "fields": fields,
    }
    return HttpResponse(render_to_string("website/snippet_preview.html", context))
