"""Says who signs a step: to one of those who may, with a reason; or to all of them again."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import TaskState

from cms.signoff.assignments import Assignment, assign, candidates_for, may_assign, unassign
from cms.signoff.models import SignedTask
from cms.signoff.roles import Role


class PersonField(forms.ModelChoiceField):
    """People by name and position."""

    def label_from_instance(self, person: Any) -> str:
        """As the office knows them."""
        name = person.get_full_name() or person.username
        return f"{name} – {person.position}" if person.position else name


class AssignmentForm(forms.Form):
    """To whom, and why."""

    to = PersonField(label=gettext_lazy("Who signs"), queryset=None)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For that person, and for the item's history"),
    )

    def __init__(self, *args: Any, candidates: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = candidates.order_by("first_name", "pk")


class AssignmentScreen(WagtailAdminTemplateMixin, TemplateView):
    """For those who may say who signs; `assign` checks it again."""

    template_name = "moderation/assign.html"
    header_icon = "user"
    page_title = gettext_lazy("Assign the signature")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises `PermissionDenied` for others, `Http404` where there is no such open step."""
        self.step = get_object_or_404(
            TaskState.objects.select_related("workflow_state", "task", "revision"),
            pk=kwargs["task_state_id"],
            status=TaskState.STATUS_IN_PROGRESS,
        )
        if not isinstance(self.step.task.specific, SignedTask):
            raise PermissionDenied
        if not may_assign(self.step, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The queue, then this."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("moderation:queue"), "label": _("Waits for your signature")},
            {"url": "", "label": self.page_title},
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Assigns, or ends the assignment."""
        if request.POST.get("action") == "unassign":
            unassign(self.step, request.user)
            messages.success(request, _("Everybody who may sign it can sign it again."))
            return redirect("moderation:queue")
        form = self._form(request.POST)
        if form.is_valid():
            person = form.cleaned_data["to"]
            assign(self.step, person, request.user, form.cleaned_data["reason"])
            words = {"name": person.get_full_name() or person.username}
            messages.success(request, _("Assigned to %(name)s.") % words)
            return redirect("moderation:queue")
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and who has it now."""
        kwargs.setdefault("form", self._form())
        return {
            **super().get_context_data(**kwargs),
            "title": self.step.revision.object_str,
            "role": Role(self.step.task.specific.role).label,
            "assignment": Assignment.objects.filter(task_state=self.step)
            .select_related("to", "by")
            .first(),
        }

    def _form(self, data: Any = None) -> AssignmentForm:
        return AssignmentForm(data, candidates=candidates_for(self.step))
