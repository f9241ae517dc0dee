"""The outbox in the admin: what waits, what failed, and another try. It shows no texts."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.mail.kinds import MailKind, mail_kinds
from cms.mail.models import OutgoingMail
from cms.mail.permissions import RETRY
from cms.mail.sending import TRY_AGAIN_STATES, try_again


class _KindColumn(Column):
    """The kind by its label."""

    def get_value(self, mail: OutgoingMail) -> Any:
        kind = mail_kinds().get(mail.kind)
        return kind.label if kind else mail.kind


class _DiscreetColumn(Column):
    """A column that stays empty for confidential kinds: even that there is a case is not told."""

    def get_value(self, mail: OutgoingMail) -> Any:
        kind: MailKind | None = mail_kinds().get(mail.kind)
        if kind is None or kind.is_confidential:
            return _("not shown")
        return super().get_value(mail)


class _TryAgainColumn(Column):
    """A button, where a mail failed or waits after a failure, for those who may press it."""

    cell_template_name = "mail/try_again_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """With what a form needs."""
        context = super().get_cell_context_data(instance, parent_context)
        offered = instance.state in TRY_AGAIN_STATES and instance.last_error
        offered = offered and parent_context["request"].user.has_perm(RETRY)
        context["url"] = reverse("mails:try_again", args=[instance.pk]) if offered else ""
        context["csrf_token"] = parent_context.get("csrf_token")
        return context


def _second(column: type[Column], name: str, label: Any) -> Column:
    """A column that narrow screens leave out."""
    return column(name, label=capfirst(label), classname="secondary")


class MailIndexView(IndexView):
    """The newest first, without the texts."""

    def get_base_queryset(self) -> Any:
        """The texts are not even read."""
        return super().get_base_queryset().defer("body")


class MailViewSet(ModelViewSet):
    """Read-only, apart from "try again"."""

    model = OutgoingMail
    name = "mails"
    icon = "mail"
    menu_label = gettext_lazy("Mails")
    menu_order = 660
    add_to_settings_menu = True
    copy_view_enabled = False
    index_view_class = MailIndexView
    form_fields = ("state",)
    list_per_page = 50
    list_filter = ("state",)

    @property
    def list_display(self) -> list[Any]:
        """What a phone shows comes first: kind, state, and the button."""
        return [
            _KindColumn("kind", label=capfirst(gettext_lazy("kind"))),
            Column("get_state_display", label=capfirst(gettext_lazy("state")), sort_key="state"),
            _TryAgainColumn("try_again", label=""),
            _second(_DiscreetColumn, "to", gettext_lazy("recipient")),
            _second(_DiscreetColumn, "subject", gettext_lazy("subject")),
            _second(Column, "attempts", gettext_lazy("tries")),
            _second(Column, "last_error", gettext_lazy("last error")),
            _second(DateColumn, "created_at", gettext_lazy("written at")),
            _second(DateColumn, "sent_at", gettext_lazy("sent at")),
        ]

    def get_urlpatterns(self) -> list[Any]:
        """The list, and another try of one mail."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/try-again/", require_POST(self.try_again_view), name="try_again"),
        ]

    def try_again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Puts one mail at the head of the line."""
        if not self.permission_policy.user_has_permission(request.user, "view"):
            raise PermissionDenied
        if try_again(get_object_or_404(OutgoingMail, pk=pk), request.user):
            messages.success(request, _("The mail is sent again in a moment."))
        else:
            messages.info(request, _("This mail does not wait to be sent again."))
        return redirect(self.get_url_name("index"))
