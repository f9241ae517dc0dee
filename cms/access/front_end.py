"""Shows drafts in a front end at another origin: hands over the key, and what the editor needs.

The key travels behind a `#`: browsers keep that part to themselves, so that no server, proxy or
`Referer` sees it.
"""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cms.access.models import PreviewToken, TokenInvalid
from cms.access.previews import draft_of, make_panel_token, snapshot_for, usable
from cms.snapshot.fields import MissingFile
from cms.snapshot.snapshot import snapshot_of
from pages.user_bar import FrontEndUserbar

FRAGMENT = "preview-token"


def hand_over(request: HttpRequest, draft: Any, language: str) -> HttpResponse:
    """Leads the editor's preview to the front end, with a key to what stands in the form."""
    try:
        snapshot = snapshot_of(draft)
    except MissingFile as error:
        return _unkept(render(request, "access/missing_file.html", {"reason": str(error)}))
    token = make_panel_token(snapshot, request.user)
    return _unkept(HttpResponseRedirect(front_end_address(draft, language, token)))


def front_end_address(draft: Any, language: str, token: str) -> str:
    """Where the front end shows a draft; `{path}` is the draft's own below the language."""
    parts = draft.get_url_parts() if hasattr(draft, "get_url_parts") else None
    path = parts[2].removeprefix(f"/{draft.locale.language_code}/") if parts else ""
    address = settings.FRONT_END_PREVIEW_URL
    address = address.replace("{language}", language).replace("{path}", quote(path))
    return f"{address}#{FRAGMENT}={token}"


def own_address(language: str, token: str) -> str:
    """Where our own site shows a draft to whoever has its key."""
    return f"{settings.BASE_URL}{reverse('shown_draft', args=[language])}#{FRAGMENT}={token}"


@csrf_exempt  # the key is the only proof; no session is read
def shown_draft(request: HttpRequest, language: str) -> HttpResponse:
    """Our own site's place for links to drafts: takes the key out of the address, and shows it.

    Browsers send no fragment: a script sends the key by POST, or a person pastes it.
    """
    with translation.override(language):
        response = _shown(request, language)
    response["X-Robots-Tag"] = "noindex"
    return _unkept(response)


def _shown(request: HttpRequest, language: str) -> HttpResponse:
    context = {"language": language, "fragment": FRAGMENT, "is_refused": False}
    if request.method == "POST":
        try:
            token = usable(PreviewToken.presented(request.POST.get("token", "").strip()))
            draft = draft_of(token)
        except TokenInvalid:
            context["is_refused"] = True
            return render(request, "access/shown_draft.html", context, status=403)
        snapshot = snapshot_for(token)
        return import_string(settings.DRAFT_RENDERER)(
            request, draft, snapshot, language=token.locale
        )
    return render(request, "access/shown_draft.html", context)


@require_safe
def user_bar(request: HttpRequest) -> HttpResponse:
    """Wagtail's user bar for the front end: `?panel=1` hides all but the content checker.

    It says nothing about any page or person: whoever asks may have it.
    """
    bar = FrontEndUserbar(is_in_panel=request.GET.get("panel") == "1")
    response = HttpResponse(bar.render_html({}))
    response["Access-Control-Allow-Origin"] = settings.FRONT_END_ORIGIN or settings.BASE_URL
    response["X-Robots-Tag"] = "noindex"
    return _unkept(response)


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """What a front end includes: takes the key, asks the API, puts the user bar on the page."""
    response = render(
        request,
        "access/front_end.js",
        {"base_url": settings.BASE_URL, "fragment": FRAGMENT},
        content_type="text/javascript; charset=utf-8",
    )
    response["Cache-Control"] = "public, max-age=300"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
