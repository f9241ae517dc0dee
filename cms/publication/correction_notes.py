"""The note with which an editor tells readers what a correction changed."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.publication.models import Publication
from cms.publication.versions import ORIGINAL
from cms.thai.dates import format_date

FIELD = "correction_note"


def note_problem(data: dict[str, Any]) -> str:
    """Why the note of a snapshot is not of this correction; empty where it is, or there is none.

    A note belongs to one publication. A first translation may carry the note of a correction of
    the original: readers are not shown it.
    """
    note = data["fields"].get(FIELD)
    if not note:
        return ""
    before = (
        Publication.objects.filter(
            subject=data["subject"],
            locale=data["locale"],
            kind=Publication.Kind.PUBLICATION,
            withdrawn_at__isnull=True,
        )
        .exclude(effective_from__gt=timezone.now())
        .order_by("-sequence")
        .first()
    )
    if before is None:
        if data["locale"] != ORIGINAL:
            return ""
        return _("Nothing of this is public that could be corrected: empty the correction note.")
    if before.data["fields"].get(FIELD) != note:
        return ""
    moment = format_date(before.published_at, get_language() or ORIGINAL, "j F Y H:i")
    return _(
        "The correction note is still that of the version of %(moment)s: write what you changed "
        "this time, or empty it."
    ) % {"moment": moment}
