"""The public page about a hash: whether it is, was or never was public, from when to when."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from website.client import QueryRefused, query
from website.headers import public
from website.languages import locale_of, other_language
from website.rendering import plain_response

_MAX_TYPED = 300


@public
def verify(request: HttpRequest, language: str, typed: str = "") -> HttpResponse:
    """The form, `?hash=` as it was typed there, or the answer at the address of a hash."""
    with translation.override(language):
        asked = typed or request.GET.get("hash", "")[:_MAX_TYPED]
        if not asked.strip():
            return _page(language)
        try:
            answer = query("verify", {"hash": asked, "locale": locale_of(language)})
        except QueryRefused:
            problem = _("This is no hash: it must have 64 letters (a to f) and digits.")
            return _page(language, 422, typed=asked, problem=problem)
        found = answer["verification"]
        if typed != found["hash"]:
            # One address for each hash, however it was typed.
            return redirect("verification", language=language, typed=found["hash"])
        return _page(language, typed=typed, found=found, layout=answer)


def _page(language: str, status: int = 200, typed: str = "", **context: Any) -> HttpResponse:
    found = context.get("found")
    other = [other_language(language), *([typed] if found else [])]
    name = "verification" if found else "verification_form"
    response = plain_response(
        "verification",
        language,
        status,
        typed=typed,
        switch_path=reverse(name, args=other),
        **context,
    )
    response["X-Robots-Tag"] = "noindex"
    return response
