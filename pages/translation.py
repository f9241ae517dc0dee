"""Lets a translation be sent to the signatures from wagtail-localize's editor."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import WorkflowState
from wagtail_localize import wagtail_hooks as localize_hooks
from wagtail_localize.models import Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from pages.completeness import signing_problems

_THAI_LETTER = re.compile(r"[\u0e01-\u0e2e]")
SUBMIT_ACTION = "submit-for-signing"
KEEP_ACTION = "keep-as-draft"


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
    action = request.POST.get("action") if translation and request.method == "POST" else ""
    if translation and action == SUBMIT_ACTION:
        return submit_translation(request, item, translation)
    if translation and action == KEEP_ACTION:
        return keep_translation(request, translation)
    return localize_editor(request, item)


def translation_into(item: Any) -> Translation | None:
    """The wagtail-localize record that produces `item`, where it is a translation."""
    return Translation.objects.filter(
        source__object_id=getattr(item, "translation_key", None),
        target_locale_id=getattr(item, "locale_id", None),
        enabled=True,
    ).first()


def untranslated_texts(translation: Translation) -> list[str]:
    """The Thai texts of the source that have no translation yet, in reading order.

    wagtail-localize would fill the gaps with the Thai text, silently. Texts without a Thai
    letter (numbers, names of files) may stay as they are.
    """
    segments = translation.source.stringsegment_set.annotate_translation(
        translation.target_locale
    ).filter(translation__isnull=True)
    texts = segments.order_by("order").values_list("string__data", flat=True)
    return [text for text in texts if _THAI_LETTER.search(text)]


def untranslated_count(translation: Translation) -> int:
    """How many Thai texts of the source have no translation yet."""
    return len(untranslated_texts(translation))


def untranslated_in(item: Any) -> int:
    """The same of a page or record: 0 where it is no translation."""
    translation = translation_into(item)
    return untranslated_count(translation) if translation else 0


def outdated_texts(translation: Translation, thai_draft: Any) -> list[str]:
    """The texts of the newest Thai draft that the translation was not made from.

    wagtail-localize translates a frozen copy of the Thai; the Thai goes on.
    """
    known = set(translation.source.stringsegment_set.values_list("string__data", flat=True))
    found: dict[str, None] = {}
    for segment in extract_segments(thai_draft):
        if isinstance(segment, StringSegmentValue) and not segment.is_empty():
            found[segment.string.data] = None
    return [text for text in found if text not in known and _THAI_LETTER.search(text)]


def submit_translation(request: HttpRequest, item: Any, translation: Translation) -> HttpResponse:
    """Builds the draft from the translated texts and sends it to the first signature.

    Where it lacks something, the draft is kept and the translator reads what.
    """
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
    problems = signing_problems(item.get_latest_revision_as_object())
    for problem in problems:
        messages.error(request, problem)
    if problems:
        return redirect(request.path)
    state = item.current_workflow_state
    try:
        if state is None:
            item.get_workflow().start(item, request.user)
        else:  # it was returned for correction
            state.resume(user=request.user)
    except PermissionDenied as error:  # it is signed with a release, for instance
        messages.error(request, str(error))
    else:
        messages.success(request, _("The translation was sent to the first signature."))
    return redirect(request.path)


def keep_translation(request: HttpRequest, translation: Translation) -> HttpResponse:
    """Builds the draft from the texts that are translated, and leaves it a draft.

    For a release, which is sent as a whole, and for whoever wants to read it in its place.
    """
    translation.save_target(user=request.user, publish=False)
    messages.success(request, _("The translation was kept as a draft."))
    return redirect(request.path)
