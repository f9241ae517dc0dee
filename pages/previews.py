"""Drafts as the public would see them: in one language, or in both side by side."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.accounts.events import tell
from pages.record_views import check_record
from pages.user_bar import user_bar

BOTH = "both"
_LABELS = {"th": gettext_lazy("Thai"), "en": gettext_lazy("English")}


def show_draft(request: HttpRequest, draft: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """A page or record with unsaved changes, rendered by the public site's own templates.

    What follows the draft is for the renderer, which `DRAFT_RENDERER` names.
    """
    _note(request, draft)
    return import_string(settings.DRAFT_RENDERER)(request, draft, *args, **kwargs)


class TwoLanguagePreview:
    """Wagtail's preview of a page or record: its own language, the other one, or both."""

    locale: Any
    has_both_languages = False  # one record for both: then the other language is the same draft

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Its own language first: Wagtail begins with that."""
        own = self.locale.language_code
        codes = sorted(_LABELS, key=lambda code: code != own)
        return [*((code, _LABELS[code]) for code in codes), (BOTH, gettext_lazy("Side by side"))]

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As Wagtail does; both languages need the address at which the preview was asked for."""
        address = original_request.path if original_request else ""
        attributes = {"preview_address": address, **(extra_request_attrs or {})}
        return super().make_preview_request(  # type: ignore[misc]
            original_request, preview_mode, attributes
        )

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft as the public would see it, or that of its translation."""
        own = self.locale.language_code
        language = mode_name or own
        if language == BOTH:
            return _side_by_side(request, self)
        draft = self
        if language != own and not self.has_both_languages:
            draft = _translation(self, language, request.user)
            if draft is None:
                context = {"language": language, "user_bar": user_bar(request, None)}
                return _unkept(render(request, "pages/no_translation.html", context))
        if settings.PREVIEW_HANDOVER:
            _note(request, draft)
            return import_string(settings.PREVIEW_HANDOVER)(request, draft, language)
        bar = user_bar(request, draft)
        return show_draft(request, draft, language=language, user_bar=bar)


def _side_by_side(request: HttpRequest, draft: Any) -> HttpResponse:
    """A page with a frame for each language, Thai first; each frame is a preview of its own."""
    context = {
        "frames": [(code, _frame(request, code), _LABELS[code]) for code in _LABELS],
        "user_bar": user_bar(request, None),
    }
    return _unkept(render(request, "pages/side_by_side.html", context))


def _frame(request: HttpRequest, language: str) -> str:
    """The address of the same preview in one language, in the manner of the address of both.

    Wagtail's own has the language in the query string, wagtail-localize's in the path. As in
    the editor's panel, a frame hides its user bar: the page around it has one.
    """
    address = request.preview_address  # type: ignore[attr-defined]
    if address.endswith(f"/{BOTH}/"):
        return f"{address.removesuffix(f'{BOTH}/')}{language}/?in_preview_panel=true"
    return f"{address}?mode={language}&in_preview_panel=true"


def _translation(item: Any, language: str, user: Any) -> Any:
    """The newest draft of the translation, where there is one that `user` may open."""
    found = (
        type(item)
        ._default_manager.filter(
            translation_key=item.translation_key, locale__language_code=language
        )
        .first()
    )
    if found is None:
        return None
    try:
        if isinstance(found, Page):
            may_open = found.permissions_for_user(user).can_edit()
        else:
            check_record(user, found)
            may_open = True
    except PermissionDenied:
        may_open = False
    return found.get_latest_revision_as_object() if may_open else None


def _note(request: HttpRequest, draft: Any) -> None:
    person = request.user if request.user.is_authenticated else None
    subject = f"{draft._meta.label} {draft.pk}: {draft}"
    tell("previewed", user=person, subject=subject)


def _unkept(response: HttpResponse) -> HttpResponse:
    """Kept by no cache; frames what shows drafts, and is framed by the admin alone."""
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "; ".join(
        [
            "default-src 'self'",
            "img-src 'self' data:",
            "style-src 'self' 'unsafe-inline'",
            f"frame-src 'self' {settings.FRONT_END_ORIGIN}".strip(),
            "frame-ancestors 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    return response
