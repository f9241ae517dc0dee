"""Template filters of emergency alerts."""

from typing import Any

from django import template

from website.alert_feeds import title_of

register = template.Library()


@register.filter
def alert_title(alert: dict[str, Any]) -> str:
    """The headline with what changes its meaning before it."""
    return title_of(alert)


@register.filter
def alert_class(alert: dict[str, Any]) -> str:
    """The colour of an alert: by its severity; calm for an end and for an exercise."""
    if alert["messageType"] == "CANCEL":
        return "alert-over"
    return "alert-exercise" if alert["isExercise"] else f"alert-{alert['severity'].lower()}"


@register.filter
def is_grave(alert: dict[str, Any]) -> bool:
    """Whether a screen reader must say it before anything else."""
    is_real = alert["messageType"] != "CANCEL" and not alert["isExercise"]
    return is_real and alert["severity"] in ("EXTREME", "SEVERE")
