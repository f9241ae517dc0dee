"""Addresses without a language: those of the office's former site, and mistyped ones."""

import unicodedata

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404
from django.views.decorators.cache import cache_control
from django.views.defaults import page_not_found

from website.client import query
from website.languages import LANGUAGES, locale_of

_MAX_PATH = 500  # as long as an editor's redirect may be


@cache_control(public=True, max_age=0, must_revalidate=True)
def unknown_address(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Where an address that no view knows leads, in Thai first; 404 where it leads nowhere.

    Named as `handler404`. A redirect is asked for again each time: an editor may change it.
    """
    path = unicodedata.normalize("NFC", request.path)
    if isinstance(exception, Resolver404) and len(path) <= _MAX_PATH and "\0" not in path:
        for language in LANGUAGES:
            if target := _standing(path, language):
                return HttpResponsePermanentRedirect(target)
    return page_not_found(request, exception)


def _standing(path: str, language: str) -> str:
    """The page of this path, or where a redirect or a move leads; empty where nothing does."""
    found = query("old_address", {"path": path, "locale": locale_of(language)})["page"]
    return (found or {}).get("path", "")
