"""Lets a translation be sent to the signatures from wagtail-localize's editor."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import WorkflowState
from wagtail_localize import wagtail_hooks as localize_hooks
from wagtail_localize.models import Translation

_THAI_LETTER = re.compile(r"[\u0e01-\u0e2e]")
SUBMIT_ACTION = "submit-for-signing"


def wrap_editor() -> None:
    """Puts our hooks in front of wagtail-localize's, which replaces Wagtail's editor."""
    for name, theirs in (
        ("before_edit_page", localize_hooks.before_edit_page),
        ("before_edit_snippet", localize_hooks.before_edit_snippet),
    ):
        registered = hooks._hooks[name]
        registered[:] = [entry for entry in registered if entry[0] is not theirs]

        def edit_or_sign(request: HttpRequest, item: Any, theirs: Any = theirs) -> Any:
            return _edit_or_sign(request, item, theirs)

        hooks.register(name, edit_or_sign)


def _edit_or_sign(request: HttpRequest, item: Any, localize_editor: Any) -> HttpResponse | None:
    """Wagtail's own editor while an item is being signed, wagtail-localize's otherwise."""
    state = getattr(item, "current_workflow_state", None)
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        return None
    translation = translation_into(item)
    if translation and request.method == "POST" and request.POST.get("action") == SUBMIT_ACTION:
        return submit_translation(request, item, translation)
    return localize_editor(request, item)


def translation_into(item: Any) -> Translation | None:
    """The wagtail-localize record that produces `item`, where it is a translation."""
    return Translation.objects.filter(
        source__object_id=getattr(item, "translation_key", None),
        target_locale_id=getattr(item, "locale_id", None),
        enabled=True,
    ).first()


def untranslated_count(translation: Translation) -> int:
    """How many Thai texts of the source have no translation yet.

    wagtail-localize would fill the gaps with the Thai text, silently. Texts without a Thai
    letter (numbers, names of files) may stay as they are.
    """
    segments = translation.source.stringsegment_set.annotate_translation(
        translation.target_locale
    ).filter(translation__isnull=True)
    texts = segments.values_list("string__data", flat=True)
    return sum(bool(_THAI_LETTER.search(text)) for text in texts)


def submit_translation(request: HttpRequest, item: Any, translation: Translation) -> HttpResponse:
    """Builds the draft from the translated texts and sends it to the first signature."""
    missing = untranslated_count(translation)
    if missing:
        messages.error(
            request,
            _("%(count)d texts are not translated yet. Translate them before signing.")
            % {"count": missing},
        )
        return redirect(request.path)
    translation.save_target(user=request.user, publish=False)
    item = type(item).objects.get(pk=item.pk)
    state = item.current_workflow_state
    if state is None:
        item.get_workflow().start(item, request.user)
    else:  # it was returned for correction
        state.resume(user=request.user)
    messages.success(request, _("The translation was sent to the first signature."))
    return redirect(request.path)
