"""The screen on which a signer flags an item; `flag_item` carries it out and checks everything."""

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

from cms.moderation.access import signing_step
from cms.signoff.action_menu import signing_url
from cms.signoff.flag_form import FlagForm
from cms.signoff.flagging import flag_item, flagging_problem
from cms.snapshot.fields import MissingFile
from cms.snapshot.snapshot import latest_snapshot


class FlagScreen(WagtailAdminTemplateMixin, TemplateView):
    """For those who may sign the present step of an item."""

    template_name = "moderation/flag.html"
    header_icon = "warning"
    page_title = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Leads back to the signing screen, with the reason, where this cannot be flagged."""
        self.task_state, _task, self.item = signing_step(request.user, kwargs["task_state_id"])
        problem = flagging_problem(self.task_state, self.item, request.user)
        try:
            self.snapshot = latest_snapshot(self.item)
        except MissingFile as error:
            problem = problem or str(error)
        if problem:
            messages.warning(request, problem)
            return redirect(signing_url(self.task_state.pk))
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Flags it; a wrong form is shown again as it was filled in."""
        form = self._form(request.POST)
        if form.is_valid():
            try:
                flag_item(self.task_state, request.user, form.token())
            except PermissionDenied as error:
                form.add_error(None, str(error))
            else:
                messages.success(
                    request,
                    _("Flagged. The chief executive and the chief administrator have been told."),
                )
                return redirect("moderation:queue")
        messages.error(request, _("Nothing was flagged. Please correct what is marked below."))
        return self.render_to_response(self.get_context_data(form=form))

    def get_page_title(self) -> str:
        """What is being done here, for the tab of the browser."""
        return _("Flag: %(title)s") % {"title": get_latest_str(self.item)}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The signing screen, then this."""
        url = signing_url(self.task_state.pk)
        return [
            *self.breadcrumbs_items,
            {"url": url, "label": _("Signing")},
            {"url": "", "label": _("Flag as urgent or sensitive")},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form."""
        kwargs.setdefault("form", self._form())
        return super().get_context_data(
            title=self.snapshot.data["title"], back_url=signing_url(self.task_state.pk), **kwargs
        )

    def _form(self, data: Any = None) -> FlagForm:
        return FlagForm(
            data, task_state=self.task_state, snapshot=self.snapshot, signer=self.request.user
        )
