"""Alerts in the admin, made for a telephone: choose, fill in, look, sign; update, end, review."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin import messages

from cms.alerts.forms import AlertForm, BlanksForm, ReviewForm, beginning_of
from cms.alerts.issuing import (
    create_draft,
    is_being_signed,
    latest_message,
    save_draft,
    sign,
    step_for,
    waits_for_signature,
)
from cms.alerts.lists import AlertLists
from cms.alerts.reviews import due_at, may_review, review, review_of
from cms.alerts.reviews import messages as alert_messages
from cms.publication.models import Publication
from pages.alert_codes import MessageType
from pages.models import Alert, AlertTemplate

_CHANGES = {"update": MessageType.UPDATE, "cancel": MessageType.CANCEL}


class AlertView(View):
    """A view for who may see alerts."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises `PermissionDenied` for everybody else."""
        if not request.user.has_perm("pages.view_alert"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def show(self, name: str, title: str = "", **context: Any) -> HttpResponse:
        """The template `alerts/<name>.html`, below the page of all alerts."""
        above = {"url": reverse("alerts:index"), "label": _("Emergency alerts")}
        header = {
            "breadcrumbs_items": [above, {"url": "", "label": title}] if title else [above],
            "header_title": title or above["label"],
            "header_icon": "warning",
        }
        return render(self.request, f"alerts/{name}.html", {**header, **context})


class IndexView(AlertView):
    """What waits for a signature, what is in force, what must be reviewed, what is over."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The lists."""
        may_issue = request.user.has_perm("pages.add_alert")
        return self.show("index", lists=AlertLists(request.user), may_issue=may_issue)


class ChooseView(AlertView):
    """Which template?"""

    def get(self, request: HttpRequest) -> HttpResponse:
        """All of them, as large buttons."""
        if not request.user.has_perm("pages.add_alert"):
            raise PermissionDenied
        return self.show("choose", _("Issue an alert"), templates=AlertTemplate.objects.all())


class FillView(AlertView):
    """The blanks of a template, in both languages."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Finds the template."""
        if not request.user.has_perm("pages.add_alert"):
            raise PermissionDenied
        self.template = get_object_or_404(AlertTemplate, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Empty."""
        return self._page(BlanksForm(template=self.template))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Makes the draft and shows it as the site will."""
        form = BlanksForm(request.POST, template=self.template)
        if form.is_valid():
            try:
                alert = create_draft(self.template, form.values, request.user, **form.changes)
            except ValidationError as error:
                form.add_model_errors(error)
            else:
                return redirect("alerts:alert", alert.pk)
        return self._page(form)

    def _page(self, form: BlanksForm) -> HttpResponse:
        return self.show("fill", self.template.name, template=self.template, form=form)


class OneAlertView(AlertView):
    """A view of one alert."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Finds it."""
        self.alert = get_object_or_404(Alert, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)


class SignView(OneAlertView):
    """One alert as the site shows it in both languages, and the signature that it awaits."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """With the dialog for whoever may sign now."""
        return self._page()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Signs, or returns it for correction."""
        action = "reject" if request.POST.get("action") == "reject" else "approve"
        try:
            form = sign(self.alert, request.user, action, request.POST)
        except PermissionDenied as error:
            messages.error(request, str(error))
            return redirect("alerts:alert", pk)
        if form is not None:
            return self._page(**{action: form})
        self._tell(action)
        return redirect("alerts:alert", pk)

    def _page(self, **bound: Any) -> HttpResponse:
        alert, user = self.alert, self.request.user
        step, forms = step_for(alert, user), {}
        if step:
            actions = ["approve", "reject"] if is_being_signed(alert) else ["approve"]
            forms = {name: bound.get(name) or step.get_form_for_action(name)() for name in actions}
        message = latest_message(alert)
        is_waiting = waits_for_signature(alert)
        may_change = user.has_perm("pages.change_alert") and not is_being_signed(alert)
        draft = alert.get_latest_revision_as_object()
        return self.show(
            "alert",
            draft.title,
            alert=draft,
            forms=forms,
            step=step,
            message=message,
            is_waiting=is_waiting,
            is_being_signed=is_being_signed(alert),
            task_state=alert.current_workflow_task_state,
            may_change=may_change,
            is_public=bool(message and not message.withdrawn_at),
        )

    def _tell(self, action: str) -> None:
        alert = Alert.objects.get(pk=self.alert.pk)
        if action == "reject":
            text = _("Returned for correction.")
        elif waits_for_signature(alert):
            text = _("Signed. The alert becomes public as soon as another person signs.")
        else:
            text = _("Signed. The alert is public now, on every page of the site.")
        messages.success(self.request, text)


@method_decorator(xframe_options_sameorigin, name="dispatch")
class PreviewView(OneAlertView):
    """The newest draft as the site would show it, for the frames of the page above."""

    def get(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """In one language."""
        return self.alert.get_latest_revision_as_object().serve_preview(request, language)


class EditView(OneAlertView):
    """The whole text: to correct a draft, or with `change` to update or end what is public."""

    def get(self, request: HttpRequest, pk: int, change: str = "") -> HttpResponse:
        """Filled in with what is known."""
        return self._page(AlertForm(instance=self._draft(change)), change)

    def post(self, request: HttpRequest, pk: int, change: str = "") -> HttpResponse:
        """Saves the draft and goes back to look at it."""
        form = AlertForm(request.POST, instance=self._draft(change))
        if not form.is_valid():
            return self._page(form, change)
        try:
            save_draft(form.instance, request.user)
        except PermissionDenied as error:
            messages.error(request, str(error))
        return redirect("alerts:alert", pk)

    def _draft(self, change: str) -> Alert:
        if not self.request.user.has_perm("pages.change_alert"):
            raise PermissionDenied
        alert = self.alert.get_latest_revision_as_object()
        return beginning_of(alert, _CHANGES[change]) if change else alert

    def _page(self, form: AlertForm, change: str) -> HttpResponse:
        titles = {
            "": _("Correct the alert"),
            "update": _("Update the alert"),
            "cancel": _("End the alert"),
        }
        return self.show("edit", titles[change], form=form, alert=self.alert)


class ReviewView(AlertView):
    """The review of one message."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Finds the message."""
        self.message: Publication = get_object_or_404(alert_messages(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The review that was signed, or the form for it."""
        return self._page(ReviewForm(signer=request.user, publication=self.message))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Signs the review."""
        form = ReviewForm(request.POST, signer=request.user, publication=self.message)
        if form.is_valid():
            try:
                review(self.message, request.user, form.token())
            except PermissionDenied as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The review is signed."))
                return redirect("alerts:review", pk)
        return self._page(form)

    def _page(self, form: ReviewForm) -> HttpResponse:
        found = review_of(self.message)
        return self.show(
            "review",
            self.message.title,
            message=self.message,
            fields=self.message.data["fields"],
            review=found,
            due_at=due_at(self.message),
            form=form if may_review(self.message, self.request.user) else None,
        )
