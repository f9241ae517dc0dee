"""Emergency alerts on the site: the list of them, and a page for each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from website.client import QueryRefused, query
from website.headers import public
from website.languages import locale_of, other_language
from website.rendering import (
    gone_response,
    message_response,
    not_found_response,
    plain_response,
)


@public
def alerts(request: HttpRequest, language: str) -> HttpResponse:
    """Those in force, and below them those that are over, twenty at a time."""
    with translation.override(language):
        variables = {"locale": locale_of(language), "after": request.GET.get("after") or None}
        try:
            data = query("alerts", variables)
        except QueryRefused:
            return message_response(
                language,
                _("This list does not go on here"),
                _("The address names a place in the list that does not exist."),
                status=400,
                way_on=reverse("alerts", args=[language]),
            )
        return plain_response(
            "alerts",
            language,
            layout=data,
            current=data["current"]["nodes"],
            past=data["past"]["nodes"],
            more=data["past"]["pageInfo"],
            is_first=variables["after"] is None,
            path=reverse("alerts", args=[language]),
            switch_path=reverse("alerts", args=[other_language(language)]),
        )


@public
def alert(request: HttpRequest, language: str, permanent_id: str) -> HttpResponse:
    """One alert by its latest message, in force or over; 410 with the reason where withdrawn."""
    with translation.override(language):
        variables = {"permanentId": permanent_id, "locale": locale_of(language)}
        return alert_response(language, query("alert", variables))


def alert_response(
    language: str, data: dict[str, Any], is_draft: bool = False, **extra: Any
) -> HttpResponse:
    """The page of an answer to the operation "alert"."""
    found = data["alert"]
    if found is None:
        return not_found_response(language, data)
    if found["__typename"] == "Gone":
        return gone_response(language, found, data)
    place = [found["permanentId"]]
    return plain_response(
        "alert",
        language,
        layout=data,
        alert=found,
        is_draft=is_draft,
        path=reverse("alert", args=[language, *place]),
        switch_path=reverse("alert", args=[other_language(language), *place]),
        **extra,
    )
