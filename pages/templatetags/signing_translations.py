"""What the translation editor says about sending a translation to the signatures."""

import json
from typing import Any

from django import template
from wagtail_localize.models import Translation

from pages.translation import KEEP_ACTION, SUBMIT_ACTION, untranslated_count

register = template.Library()


@register.filter
def for_signing(props: str) -> str:
    """The editor's settings without two buttons that would stand where "send" is expected.

    "Convert to alias": an alias could not be signed. "Delete": that is done in the page list.
    """
    settings = json.loads(props)
    settings["links"]["convertToAliasUrl"] = None
    settings["perms"]["canDelete"] = False
    return json.dumps(settings)


@register.inclusion_tag("pages/submit_translation.html", takes_context=True)
def submit_translation_bar(context: dict[str, Any], translation: Translation, item: Any) -> dict:
    """A bar with the number of untranslated texts, the last objection and the button."""
    state = getattr(item, "current_workflow_state", None)
    objection = state.current_task_state.comment if state and state.current_task_state else ""
    return {
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
        "untranslated": untranslated_count(translation),
        "objection": objection,
        "action": SUBMIT_ACTION,
        "keep_action": KEEP_ACTION,
    }
