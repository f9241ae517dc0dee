"""The frames of the signing screen: exactly the content of one hash, rendered by the site."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from cms.moderation.access import signing_step
from cms.publication.models import Publication
from cms.snapshot.fields import MissingFile
from cms.snapshot.snapshot import Snapshot, latest_snapshot, takes_quick_path
from pages.previews import show_draft

# The site's own styles and scripts; nothing may leave the frame or be sent from it.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "frame-ancestors 'self'",
        "base-uri 'self'",
        "form-action 'none'",
        "object-src 'none'",
    ]
)


@require_safe
def preview(
    request: HttpRequest, task_state_id: int, language: str, content_hash: str
) -> HttpResponse:
    """The draft in `language`, or what is public of a record, where its hash is `content_hash`.

    Where the draft has moved on, a sentence says so: nothing else is shown in its place.
    """
    _task_state, _task, item = signing_step(request.user, task_state_id)
    subject = _in_language(item, language)
    is_signed_here = subject is item
    snapshot = (not is_signed_here and _public(subject, content_hash)) or _draft(
        subject, content_hash
    )
    if snapshot is None:
        context = {"task_state_id": task_state_id}
        response = render(request, "moderation/moved_on.html", context, status=409)
    else:
        instance = snapshot.draft or subject
        response = show_draft(request, instance, snapshot, language=language)
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _in_language(item: Any, language: str) -> Any:
    if item.locale.language_code == language or takes_quick_path(type(item).__name__):
        return item
    locale = Locale.objects.filter(language_code=language).first()
    translation = item.get_translation_or_none(locale) if locale else None
    if translation is None:
        raise Http404
    return translation


def _draft(subject: Any, content_hash: str) -> Snapshot | None:
    """The newest draft, where it has this hash."""
    try:
        snapshot = latest_snapshot(subject)
    except MissingFile:
        return None
    return snapshot if snapshot.content_hash == content_hash else None


def _public(subject: Any, content_hash: str) -> Snapshot | None:
    """What is public now, where it has this hash; made of no draft."""
    rows = Publication.objects.in_force().filter(
        subject=subject.translation_key, locale=subject.locale.language_code
    )
    publication = rows.filter(content_hash=content_hash).first()
    return Snapshot(publication.data) if publication else None
