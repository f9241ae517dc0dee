"""Signing in the editors: the buttons, and why signatures are void where they are."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import WorkflowState

from cms.signoff.action_menu import add_signing_items, dialog_script
from cms.signoff.rounds import change_notice, return_if_changed


@hooks.register("before_edit_page", order=-10)
@hooks.register("before_edit_snippet", order=-10)
def show_change_notice(request: HttpRequest, item: Any) -> None:
    """Checks the signed content against the present one (a file may have been replaced)."""
    workflow_state = getattr(item, "current_workflow_state", None)
    if workflow_state is None or workflow_state.status != WorkflowState.STATUS_IN_PROGRESS:
        return
    return_if_changed(workflow_state)
    workflow_state.refresh_from_db()
    if request.method == "GET" and (notice := change_notice(workflow_state)):
        messages.warning(request, notice)


@hooks.register("construct_page_action_menu")
def add_page_signing_items(menu_items: list[Any], request: HttpRequest, context: dict) -> None:
    """The signer's buttons in a page's editor."""
    add_signing_items(menu_items, request, context.get("page"))


@hooks.register("construct_snippet_action_menu")
def add_snippet_signing_items(menu_items: list[Any], request: HttpRequest, context: dict) -> None:
    """The signer's buttons in a snippet's editor."""
    add_signing_items(menu_items, request, context.get("instance"))


@hooks.register("insert_editor_js")
def insert_dialog_script() -> str:
    """Lets those buttons open the dialog."""
    return dialog_script()
