"""Signing in the editors, why signatures are void where they are, and who may sign."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import WorkflowState

from cms.signoff.action_menu import add_signing_items
from cms.signoff.flags import flag_problem
from cms.signoff.returns import last_return
from cms.signoff.rounds import change_notice, return_if_changed
from cms.signoff.signers_today import SignersTodayView
from cms.snapshot.snapshot import Snapshot


@hooks.register("before_edit_page", order=-10)
@hooks.register("before_edit_snippet", order=-10)
def show_change_notice(request: HttpRequest, item: Any) -> None:
    """Says why an item came back: somebody returned it, or its content is not what was signed.

    The content is compared here too, as a file may have been replaced.
    """
    workflow_state = getattr(item, "current_workflow_state", None)
    if workflow_state is None:
        return
    notice: Any = ""
    if workflow_state.status == WorkflowState.STATUS_IN_PROGRESS:
        return_if_changed(workflow_state)
        workflow_state.refresh_from_db()
        notice = change_notice(workflow_state)
    elif returned := last_return(workflow_state):
        notice = returned.sentence
    if request.method == "GET" and notice:
        messages.warning(request, notice)


@hooks.register("construct_page_action_menu")
def add_page_signing_items(menu_items: list[Any], request: HttpRequest, context: dict) -> None:
    """The signer's buttons in a page's editor."""
    add_signing_items(menu_items, request, context.get("page"))


@hooks.register("construct_snippet_action_menu")
def add_snippet_signing_items(menu_items: list[Any], request: HttpRequest, context: dict) -> None:
    """The signer's buttons in a snippet's editor."""
    add_signing_items(menu_items, request, context.get("instance"))


@hooks.register("find_signing_problems")
def find_flag_problems(snapshot: Snapshot, role: str) -> list[str]:
    """What was flagged needs the executive."""
    return [problem] if (problem := flag_problem(snapshot)) else []


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """What an item's history says of acts beside the signatures."""
    actions.register_action(
        "signoff.flag", _("Flag as urgent or sensitive"), _("Flagged as urgent or sensitive")
    )
    actions.register_action(
        "signoff.assign", _("Assign a signature"), _("Assigned a signature to one person")
    )
    actions.register_action(
        "signoff.unassign", _("End an assignment"), _("Ended the assignment of a signature")
    )


@hooks.register("register_reports_menu_item")
def register_signers_today_menu_item() -> MenuItem:
    """Among the reports."""
    return MenuItem(
        _("Who may sign today"),
        reverse("signers_today"),
        name="signers-today",
        icon_name="group",
        order=500,
    )


@hooks.register("register_admin_urls")
def register_signers_today_url() -> list[Any]:
    """The report."""
    return [path("reports/signers-today/", SignersTodayView.as_view(), name="signers_today")]
