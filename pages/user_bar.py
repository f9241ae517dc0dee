"""Wagtail's user bar and content checker on drafts, also where another front end shows them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.admin.userbar import ContentCheckerItem, Userbar
from wagtail.models import Page


class CrossOriginChecker(ContentCheckerItem):
    """Wagtail's checker, which may also talk to the frame of the front end at another origin.

    axe-core speaks to no other origin than its own unless it is told which.
    """

    def get_axe_spec(self, request: HttpRequest | None) -> dict[str, Any]:
        """The same rules and checks, and who may hear of them."""
        spec = super().get_axe_spec(request)
        if settings.FRONT_END_ORIGIN:
            origins = [settings.BASE_URL, settings.FRONT_END_ORIGIN]
            spec = {**spec, "allowedOrigins": ["<same_origin>", *origins]}
        return spec


def with_our_checker(items: list[Any]) -> None:
    """Puts our checker in the place of Wagtail's, in the bar and in the editor's panel."""
    items[:] = [
        CrossOriginChecker(in_editor=item.in_editor)
        if isinstance(item, ContentCheckerItem)
        else item
        for item in items
    ]


def user_bar(request: HttpRequest, item: Any) -> SafeString | str:
    """The bar for a preview that we render ourselves; hidden in the editor's own panel.

    Empty for whoever is not of the office.
    """
    if not request.user.has_perm("wagtailadmin.access_admin"):
        return ""
    page = item if isinstance(item, Page) and item.pk else None
    return Userbar(object=page).render_html({"request": request})


class FrontEndUserbar(Userbar):
    """The bar for a page that another origin renders: every address in it is absolute."""

    def __init__(self, *, is_in_panel: bool) -> None:
        super().__init__()
        self.is_in_panel = is_in_panel

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Without a request of the front end: Wagtail then takes our own origin."""
        context = super().get_context_data({"request": None})
        return {**context, "request": _InPanel() if self.is_in_panel else None}


class _InPanel:
    """No request, of which the template asks all the same whether to hide the bar."""

    in_preview_panel = True

    def __bool__(self) -> bool:
        return False
