"""The administrator's screens of the checklists: which are in force, and the next version."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.moderation.checklist_forms import statement_forms
from cms.signoff.checklists import EDIT_PERMISSION, Checklist, change_checklist, current_checklist
from cms.signoff.roles import CHECKLISTS, Role


class _ForAdministrators(WagtailAdminTemplateMixin, TemplateView):
    """Deny by default; the function that writes asks again."""

    header_icon = "list-ul"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Asks for the permission before anything is looked up."""
        if not request.user.has_perm(EDIT_PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ChecklistsView(_ForAdministrators):
    """The checklist of each role that is in force."""

    template_name = "moderation/checklists.html"
    page_title = gettext_lazy("Checklists of the signers")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The dashboard, then this."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each role with its checklist."""
        checklists = [current_checklist(role) for role in CHECKLISTS]
        rows = [(Role(checklist.role).label, checklist) for checklist in checklists]
        return {**super().get_context_data(**kwargs), "rows": rows}


class ChecklistView(_ForAdministrators):
    """One role's checklist: its statements, to be changed into the next version, and its past."""

    template_name = "moderation/checklist.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only roles that confirm something have one."""
        if kwargs["role"] not in CHECKLISTS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Makes the next version; what was typed stays where something is wrong."""
        role = kwargs["role"]
        statements = statement_forms(current_checklist(role), request.POST)
        problem = ""
        if statements.is_valid():
            try:
                version = int(request.POST.get("version", ""))
                change_checklist(request.user, role, statements.statements(), version)
            except (PermissionDenied, ValidationError, ValueError) as error:
                problem = " ".join(getattr(error, "messages", [str(error)]))
            else:
                messages.success(request, _("The new checklist is in force from now on."))
                return redirect("moderation:checklist", role)
        messages.error(request, problem or _("Nothing was changed. Please correct what is marked."))
        return self.render_to_response(self.get_context_data(statements=statements, role=role))

    def get_page_title(self) -> str:
        """The role."""
        return str(Role(self.kwargs["role"]).label)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The list of checklists, then this one."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("moderation:checklists"), "label": _("Checklists of the signers")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, statements: Any = None, **kwargs: Any) -> dict[str, Any]:
        """The form and the earlier versions, newest first."""
        role = self.kwargs["role"]
        checklist = current_checklist(role)
        versions = Checklist.objects.filter(role=role).select_related("created_by")
        return {
            **super().get_context_data(**kwargs),
            "checklist": checklist,
            "statements": statements or statement_forms(checklist),
            "versions": [*versions, Checklist.first(role)],
        }
