"""Turns what the API answered into pages: one template for each type, one frame around all."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import select_template

from website.body import contents, prepared, template_names
from website.languages import LANGUAGES, other_language, site_name
from website.navigation import (
    NEWS_SECTION,
    SITE_MAP_SECTION,
    is_section,
    navigation_of,
    section_path,
    translation_path,
    with_current,
)


def page_response(language: str, data: dict[str, Any], **extra: Any) -> HttpResponse:
    """The page of an answer to the operation "page", with its children and what `extra` adds."""
    page = data["page"]
    translated = translation_path(page, language)
    context = {
        "page": {
            **page,
            "body": prepared(page.get("body", [])),
            "attachments": prepared(page["attachments"]),
        },
        "contents": contents(page.get("body", [])),
        "sections": data["sections"]["nodes"],
        "is_site_map": is_section(page, SITE_MAP_SECTION),
        "path": page["path"],
        "switch_path": translated,
        "alternates": _alternates(page, translated, language),
        **extra,
    }
    templates = template_names(page["__typename"])
    return _response(templates, language, data["navigation"], context)


def gone_response(
    language: str, gone: dict[str, Any], navigation: list[dict[str, Any]] | None = None
) -> HttpResponse:
    """410: what stood here, why it is not public any more, and since when."""
    context = {"gone": gone}
    return _response(["website/gone.html"], language, navigation, context, status=410)


def not_found_response(
    language: str, navigation: list[dict[str, Any]] | None = None, **extra: Any
) -> HttpResponse:
    """404, with the ways on from here."""
    return _response(["website/not_found.html"], language, navigation, extra, status=404)


def message_response(language: str, title: str, message: str, status: int, **extra: Any) -> Any:
    """A page that says one thing."""
    context = {"title": title, "message": message, **extra}
    return _response(["website/message.html"], language, None, context, status)


def _response(
    templates: list[str],
    language: str,
    navigation: list[dict[str, Any]] | None,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """Renders without the request: no session, user or token can reach a public page."""
    if navigation is None:
        navigation = navigation_of(language)
    path = context.get("path", "")
    frame = {
        "language": language,
        "other_language": other_language(language),
        "site_name": site_name(language),
        "base_url": settings.BASE_URL,
        "navigation": with_current(navigation, path),
        "is_home": path == f"/{language}/",
        "news_path": section_path(navigation, NEWS_SECTION),
        "site_map_path": section_path(navigation, SITE_MAP_SECTION),
    }
    html = select_template(templates).render({**frame, **context})
    return HttpResponse(html, status=status, headers={"Content-Language": language})


def _alternates(page: dict[str, Any], translated: str, language: str) -> list[tuple[str, str]]:
    """Language and address of the page and its translation, Thai first, for search engines."""
    paths = {language: page["path"], other_language(language): translated}
    return [(code, paths[code]) for code in LANGUAGES if paths[code]]
