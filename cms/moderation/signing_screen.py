"""The signing screen: what will be public, what differs from what is, and the signer's form.

The rules stand in `SignedTask.on_action`; this shows, asks, and calls it.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_latest_str
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.hooks import get_hooks
from wagtail.models import TaskState, WorkflowState

from cms.moderation.access import signing_step
from cms.moderation.reading import Reading
from cms.signoff.action_menu import signing_url
from cms.signoff.flagging import flagging_problem
from cms.signoff.forms import SignatureForm
from cms.signoff.models import SignedTask
from cms.signoff.roles import Role
from cms.signoff.rounds import change_notice, return_if_changed
from cms.snapshot.fields import MissingFile
from cms.snapshot.snapshot import Snapshot, latest_snapshot


class SigningScreen(WagtailAdminTemplateMixin, TemplateView):
    """One step of signing, for its signers; for the item's editors, to read."""

    template_name = "moderation/signing.html"
    header_icon = "clipboard-list"
    task_state: TaskState
    task: SignedTask
    item: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Looks the step up, and leads on to where the item is now where it is over."""
        step = signing_step(request.user, kwargs["task_state_id"])
        self.task_state, self.task, self.item = step
        if self.task_state.status != TaskState.STATUS_IN_PROGRESS:
            return self._lead_on(_("This step is over."))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Shows everything; where the content is not what was signed, signing begins again."""
        run = self.task_state.workflow_state
        if return_if_changed(run):
            run.refresh_from_db()
            return self._lead_on(change_notice(run))
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Signs or returns; a wrong form is shown again as it was filled in."""
        action = request.POST.get("action", "")
        if action not in self._actions():
            raise PermissionDenied(_("This step is not yours."))
        snapshot = self._snapshot()
        form = self._form(action, snapshot, request.POST)
        if form.is_valid():
            try:
                self.task.on_action(self.task_state, request.user, action, **form.cleaned_data)
            except PermissionDenied as error:
                form.add_error(None, str(error))
            else:
                return self._done(action)
        messages.error(request, _("Nothing was signed. Please correct what is marked below."))
        return self.render_to_response(self.get_context_data(bound=form, snapshot=snapshot))

    def get_page_title(self) -> str:
        """What is being done here, for the tab of the browser."""
        return _("Sign: %(title)s") % {"title": get_latest_str(self.item)}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The dashboard, then this; the title stands in the page."""
        return [*self.breadcrumbs_items, {"url": "", "label": _("Signing")}]

    def get_context_data(
        self, bound: SignatureForm | None = None, snapshot: Snapshot | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """What is read, and one form for each thing that the person may do."""
        snapshot = snapshot or self._snapshot()
        forms = [
            bound if bound and bound.action == action else self._form(action, snapshot)
            for action in self._actions()
        ]
        signing = next((form for form in forms if form.action == "approve"), None)
        returning = next((form for form in forms if form.action == "reject"), None)
        return {
            **super().get_context_data(**kwargs),
            "reading": Reading(self.task_state, self.item, snapshot),
            "snapshot": snapshot,
            "role": Role(self.task.role).label,
            "notice": change_notice(self.task_state.workflow_state),
            "signing": signing,
            "returning": returning,
            "may_flag": not flagging_problem(self.task_state, self.item, self.request.user),
            "is_returning": bound is returning if bound else self._asks_to_return(),
            # Words and addresses of what other apps have about this step, a print of it, say.
            "links": [
                link for hook in get_hooks("find_signing_links") for link in hook(self.task_state)
            ],
            "problems": signing.signing_problems() if signing and not bound else [],
        }

    def _actions(self) -> list[str]:
        return [name for name, *_rest in self.task.get_actions(self.item, self.request.user)]

    def _form(self, action: str, snapshot: Snapshot | None, data: Any = None) -> SignatureForm:
        form_class = self.task.get_form_for_action(action)
        return form_class(
            data, snapshot=snapshot, auto_id="return_%s" if action == "reject" else "id_%s"
        )

    def _snapshot(self) -> Snapshot | None:
        try:
            return latest_snapshot(self.item)
        except MissingFile:
            return None  # the form says which file

    def _asks_to_return(self) -> bool:
        return self.request.GET.get("action") == "reject"

    def _done(self, action: str) -> HttpResponse:
        self.task_state.refresh_from_db()
        run = self.task_state.workflow_state
        run.refresh_from_db()
        if self.task_state.status == TaskState.STATUS_CANCELLED:
            messages.warning(self.request, change_notice(run))
        elif action == "reject":
            messages.success(
                self.request, _("Returned for correction. Whoever wrote it reads your reason.")
            )
        elif run.status == WorkflowState.STATUS_APPROVED:
            messages.success(self.request, _("Signed. All signatures are there: it is published."))
        else:
            messages.success(self.request, _("Signed. The next signer can go on."))
        return redirect("wagtailadmin_home")

    def _lead_on(self, notice: str) -> HttpResponse:
        """To the step at which the item waits now, or to the dashboard."""
        messages.warning(self.request, notice)
        run = self.task_state.workflow_state
        if run.status == WorkflowState.STATUS_IN_PROGRESS:
            return redirect(signing_url(run.current_task_state_id))
        return redirect("wagtailadmin_home")
