"""What the divisions of the office are called."""

from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language

from pages.models import Department


def division_names() -> dict[UUID, str]:
    """Their names by key, in the reader's language or in the office's. One query."""
    names: dict[UUID, str] = {}
    wanted = get_language() or settings.LANGUAGE_CODE
    rows = Department.objects.values_list("translation_key", "title", "locale__language_code")
    for key, title, language in rows.order_by("sort_order", "pk"):
        if language == wanted or key not in names:
            names[key] = title
    return names
