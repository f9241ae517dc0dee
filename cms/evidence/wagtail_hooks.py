"""Proofs in the admin: among the reports, below each record, and in the editors."""

import datetime
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.models import TaskState

from cms.evidence.permissions import may_see_record
from cms.evidence.subjects import form_url
from cms.evidence.verification import run_verification
from cms.publication.actions import RecordAction
from cms.publication.models import Publication
from cms.schedule.jobs import PeriodicJob


@hooks.register("register_admin_urls")
def register_evidence_urls() -> list[Any]:
    """Everything below `/admin/evidence/`."""
    return [path("evidence/", include("cms.evidence.urls"))]


class StateMenuItem(MenuItem):
    """For those who may see the public record."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By the same rule as the page itself."""
        return may_see_record(request.user)


@hooks.register("register_reports_menu_item")
def register_state_menu_item() -> MenuItem:
    """Among the reports."""
    return StateMenuItem(
        gettext_lazy("State of the record"),
        reverse("evidence:state"),
        name="state-of-the-record",
        icon_name="lock",
        order=500,
    )


@hooks.register("insert_global_admin_css")
def evidence_style() -> str:
    """Long hashes on narrow screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("evidence/evidence.css"))


@hooks.register("register_periodic_jobs")
def verify_nightly() -> list[PeriodicJob]:
    """The nightly proof."""
    return [PeriodicJob("verify_publications", run_verification, daily_at=datetime.time(2, 0))]


@hooks.register("find_record_actions")
def find_evidence_actions(publication: Publication, user: Any) -> list[RecordAction]:
    """Form, certificate and sealed history of a record, for whoever may see it."""
    if not may_see_record(user):
        return []
    form = (
        [
            RecordAction(_("Request form (PDF, Thai)"), form_url(publication)),
            RecordAction(_("Request form (PDF, English)"), form_url(publication, "en")),
        ]
        if publication.kind == Publication.Kind.PUBLICATION
        else []
    )
    address = [publication.address_id]
    certificate, history = (
        reverse(f"evidence:{name}", args=address) for name in ("certificate", "history")
    )
    return [
        *form,
        RecordAction(_("Certificate of publication"), certificate),
        RecordAction(_("Whole history, sealed (ZIP)"), history),
    ]


@hooks.register("find_signing_links")
def find_form_link(task_state: TaskState) -> list[tuple[str, str]]:
    """The request form on the signing screen."""
    return [(_("Request form (PDF)"), form_url(task_state))]


class RequestFormMenuItem(ActionMenuItem):
    """Opens the request form of what is in the editor, as it was saved last."""

    name = "request-form"
    template_name = "evidence/form_menu_item.html"

    def __init__(self, item: Any, order: int) -> None:
        super().__init__(order=order)
        self.item = item

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """What the template needs."""
        return {**super().get_context_data(parent_context), "url": form_url(self.item)}


@hooks.register("construct_page_action_menu", order=20)  # after the signer's buttons
def add_page_form_item(menu_items: list[Any], request: HttpRequest, context: dict) -> None:
    """In a page's editor, last."""
    _add_form_item(menu_items, context.get("page"))


@hooks.register("construct_snippet_action_menu", order=20)
def add_snippet_form_item(menu_items: list[Any], request: HttpRequest, context: dict) -> None:
    """In a snippet's editor, last."""
    _add_form_item(menu_items, context.get("instance"))


def _add_form_item(menu_items: list[Any], item: Any) -> None:
    if item is not None and item.pk and hasattr(item, "current_workflow_state"):
        menu_items.append(RequestFormMenuItem(item, order=1000))
