"""Turns what the API answered into pages: one template for each type, one frame around all."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import select_template

from website.body import contents, prepared, template_names
from website.languages import LANGUAGES, other_language, site_name
from website.navigation import (
    layout_of,
    section_path,
    translation_path,
    with_current,
)


def page_response(
    language: str, data: dict[str, Any], status: int = 200, **extra: Any
) -> HttpResponse:
    """The page of an answer to the operation "page", with its children and what `extra` adds."""
    page = data["page"]
    # A list may be a page of its own under a query string, for example one part of an index.
    own_query = extra.get("listing", {}).get("own_query", "")
    translated = translation_path(page, language)
    translated = translated and f"{translated}{own_query}"
    context = {
        "page": {name: prepared(value) for name, value in page.items()},
        "contents": contents(page.get("body", [])),
        "sections": data["sections"]["nodes"],
        "path": page["path"],
        "switch_path": translated,
        "canonical": f"{page['path']}{own_query}",
        "alternates": _alternates(f"{page['path']}{own_query}", translated, language),
        **extra,
    }
    templates = template_names(page["__typename"])
    return _response(templates, language, data, context, status)


def plain_response(
    name: str,
    language: str,
    status: int = 200,
    layout: dict[str, Any] | None = None,
    **context: Any,
) -> HttpResponse:
    """A page of the site's own, from its template `website/<name>.html`.

    `layout` is the answer to an operation that asks for what stands around every page.
    """
    return _response([f"website/{name}.html"], language, layout, context, status)


def gone_response(
    language: str, gone: dict[str, Any], layout: dict[str, Any] | None = None
) -> HttpResponse:
    """410: what stood here, why it is not public any more, and since when."""
    context = {"gone": gone, "switch_path": translation_path(gone, language)}
    return _response(["website/gone.html"], language, layout, context, status=410)


def changes_response(language: str, data: dict[str, Any], **extra: Any) -> HttpResponse:
    """The versions of an answer to the operation "history"."""
    context = {"history": data["history"], **extra}
    return _response(["website/changes.html"], language, data, context)


def not_found_response(
    language: str, layout: dict[str, Any] | None = None, **extra: Any
) -> HttpResponse:
    """404, with the ways on from here."""
    return _response(["website/not_found.html"], language, layout, extra, status=404)


def message_response(language: str, title: str, message: str, status: int, **extra: Any) -> Any:
    """A page that says one thing."""
    context = {"title": title, "message": message, **extra}
    return _response(["website/message.html"], language, None, context, status)


def _response(
    templates: list[str],
    language: str,
    layout: dict[str, Any] | None,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """Renders without the request: no session, user or token can reach a public page."""
    layout = layout or layout_of(language)
    navigation = layout["navigation"]
    path = context.get("path", "")
    frame = {
        "language": language,
        "other_language": other_language(language),
        "site_name": site_name(language),
        "base_url": settings.BASE_URL,
        "navigation": with_current(navigation, path),
        "alerts_in_force": layout["alertsInForce"],
        "is_home": path == f"/{language}/",
        "news_path": section_path(navigation, "NEWS"),
        "site_map_path": section_path(navigation, "SITE_MAP"),
        "official_path": section_path(navigation, "OFFICIAL_INFORMATION"),
    }
    html = select_template(templates).render({**frame, **context})
    return HttpResponse(html, status=status, headers={"Content-Language": language})


def _alternates(path: str, translated: str, language: str) -> list[tuple[str, str]]:
    """Language and address of the page and its translation, Thai first, for search engines."""
    paths = {language: path, other_language(language): translated}
    return [(code, paths[code]) for code in LANGUAGES if paths[code]]
