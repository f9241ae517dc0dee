"""The records in the admin's menu, choosers, signing from the translation editor, documents."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from pages.choosers import begin_with_division
from pages.completeness import signing_problems
from pages.menu import OfficeGroup, ProcurementPeriodViewSet, SiteGroup
from pages.translation import wrap_editor
from pages.translation_buttons import replace_listing_buttons
from pages.user_bar import with_our_checker

register_snippet(OfficeGroup)
register_snippet(SiteGroup)
wrap_editor()
replace_listing_buttons()
begin_with_division()


@hooks.register("before_serve_document")
def serve_documents_to_staff_only(document: Any, request: HttpRequest) -> None:
    """Wagtail's own document address shows drafts' files: it is for the office."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404


@hooks.register("construct_wagtail_userbar")
def let_checker_reach_front_end(request: HttpRequest, items: list[Any], page: Any) -> None:
    """In previews and in the editor's panel of checks."""
    with_our_checker(items)


@hooks.register("register_admin_viewset")
def register_procurement_periods() -> ProcurementPeriodViewSet:
    """The minimum periods of notices, for the administrator."""
    return ProcurementPeriodViewSet()


@hooks.register("find_signing_problems")
def find_missing_parts(snapshot: Any, role: str) -> list[str]:
    """Nobody signs a draft that lacks something, whatever door it came through."""
    return signing_problems(snapshot.draft)
