"""Template filters of services: durations in words."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def duration(amount: int | None, unit: str) -> str:
    """A length of time in words: `30|duration:"minute"` gives "30 minutes"."""
    if not amount:
        return _("at once")
    texts = {
        "minute": ngettext("%(count)d minute", "%(count)d minutes", amount),
        "hour": ngettext("%(count)d hour", "%(count)d hours", amount),
        "day": ngettext("%(count)d day", "%(count)d days", amount),
        "working-day": ngettext("%(count)d working day", "%(count)d working days", amount),
        "month": ngettext("%(count)d month", "%(count)d months", amount),
    }
    return texts.get(unit, f"%(count)d {unit}") % {"count": amount}


@register.filter
def durations(parts: list[dict[str, Any]]) -> str:
    """A computed total, the longest unit first: "2 working days 30 minutes"."""
    return " ".join(duration(part["amount"], part["unit"]) for part in reversed(parts))
