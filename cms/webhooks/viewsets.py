"""Webhooks in the admin: the endpoints and their secrets, and the log of deliveries."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from cms.thai.dates import format_date
from cms.webhooks.forms import EndpointForm
from cms.webhooks.messages import ping
from cms.webhooks.models import Delivery, Endpoint
from cms.webhooks.permissions import CHANGE, RETRY
from cms.webhooks.sending import TRY_AGAIN_STATES, try_again
from cms.webhooks.signing import ROTATION, renew_secret


class _PostColumn(Column):
    """A button that posts to an address of one row, for those who may press it."""

    cell_template_name = "webhooks/post_cell.html"

    def __init__(self, name: str, words: Any, url_name: str, permission: str) -> None:
        super().__init__(name, label="")
        self.words, self.url_name, self.permission = words, url_name, permission

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """With what a form needs."""
        context = super().get_cell_context_data(instance, parent_context)
        offered = parent_context["request"].user.has_perm(self.permission) and self.offers(instance)
        context["url"] = reverse(self.url_name, args=[instance.pk]) if offered else ""
        context["words"], context["about"] = self.words, instance
        context["csrf_token"] = parent_context.get("csrf_token")
        return context

    def offers(self, instance: Any) -> bool:
        """Whether there is something to do."""
        if isinstance(instance, Delivery):
            return instance.state in TRY_AGAIN_STATES
        return instance.is_active


class _FindingColumn(Column):
    """State, and why it failed, in one cell that a phone can show."""

    cell_template_name = "webhooks/finding_cell.html"


class _MomentColumn(Column):
    """A moment to come, which Wagtail's column would call "just now"."""

    def get_value(self, delivery: Delivery) -> str:
        """In the reader's language and era."""
        moment = super().get_value(delivery)
        return format_date(moment, get_language() or "th", "j M Y H:i") if moment else ""


class _EndpointCreateView(CreateView):
    """Makes the secret and shows it once, instead of going back to the list."""

    def save_instance(self) -> Endpoint:
        """With its first secret."""
        self.secret = renew_secret(self.form.instance)
        return super().save_instance()

    def save_action(self) -> HttpResponse:
        """The page with the secret."""
        return _secret_page(self.request, self.object, self.secret)


class _EndpointEditView(EditView):
    """With the ways to the secret and to the log."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Both, before Wagtail's own."""
        pk = self.object.pk
        log = f"{reverse('webhook_deliveries:index')}?endpoint={pk}"
        secret = reverse("webhooks:secret", args=[pk])
        return [
            Button(_("Log of deliveries"), url=log, icon_name="history", priority=5),
            Button(_("New secret"), url=secret, icon_name="key", priority=6),
            *super().header_more_buttons,
        ]


class EndpointViewSet(ModelViewSet):
    """For administrators."""

    model = Endpoint
    name = "webhooks"
    icon = "link-external"
    menu_label = gettext_lazy("Webhooks")
    menu_order = 670
    add_to_settings_menu = True
    copy_view_enabled = False
    add_view_class = _EndpointCreateView
    edit_view_class = _EndpointEditView
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type:
        """One form for both."""
        return EndpointForm

    @property
    def list_display(self) -> list[Any]:
        """Name, whether it works, and the button for a test."""
        return [
            TitleColumn(
                "description",
                label=capfirst(gettext_lazy("name")),
                url_name=self.get_url_name("edit"),
                sort_key="description",
            ),
            BooleanColumn("is_active", label=capfirst(gettext_lazy("active"))),
            _PostColumn("ping", gettext_lazy("Send a test"), "webhooks:ping", CHANGE),
            Column("url", label=capfirst(gettext_lazy("address")), classname="secondary"),
            DateColumn(
                "failing_since",
                label=capfirst(gettext_lazy("failing since")),
                classname="secondary",
            ),
        ]

    def get_urlpatterns(self) -> list[Any]:
        """And a test message, and a new secret."""
        secret = require_http_methods(["GET", "POST"])(self.secret_view)
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/ping/", require_POST(self.ping_view), name="ping"),
            path("<int:pk>/secret/", secret, name="secret"),
        ]

    def ping_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Sends a test and goes to the log."""
        endpoint = self._endpoint(request, pk)
        ping(endpoint)
        messages.success(request, _("A test is on its way. Its result stands here in a moment."))
        return redirect(f"{reverse('webhook_deliveries:index')}?endpoint={pk}")

    def secret_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks whether there is to be a new secret; makes and shows it."""
        endpoint = self._endpoint(request, pk)
        secret = ""
        if request.method == "POST":
            secret = renew_secret(endpoint)
            endpoint.save()
        return _secret_page(request, endpoint, secret)

    def _endpoint(self, request: HttpRequest, pk: int) -> Endpoint:
        if not self.permission_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        return get_object_or_404(Endpoint, pk=pk)


class _DeliveryIndexView(IndexView):
    """The newest first, without the texts."""

    def get_base_queryset(self) -> Any:
        """With the endpoints' names."""
        return super().get_base_queryset().defer("payload").select_related("endpoint")


class DeliveryViewSet(ModelViewSet):
    """The log: read-only, apart from "send again"."""

    model = Delivery
    name = "webhook_deliveries"
    icon = "history"
    menu_label = gettext_lazy("Webhook deliveries")
    menu_order = 671
    add_to_settings_menu = True
    copy_view_enabled = False
    index_view_class = _DeliveryIndexView
    form_fields = ("state",)
    list_per_page = 50
    list_filter = ("state", "event_type", "endpoint")

    @property
    def list_display(self) -> list[Any]:
        """What a phone shows comes first: event, state, and the button."""
        return [
            Column("get_event_type_display", label=capfirst(gettext_lazy("what happened"))),
            _FindingColumn(
                "state", label=capfirst(gettext_lazy("state")), sort_key="state", width="28%"
            ),
            _PostColumn("again", gettext_lazy("Send again"), "webhook_deliveries:again", RETRY),
            _second(Column, "to", gettext_lazy("recipient")),
            _second(Column, "about", gettext_lazy("about")),
            _second(Column, "attempts", gettext_lazy("tries")),
            _second(_MomentColumn, "next_try", gettext_lazy("next try")),
            _second(DateColumn, "created_at", gettext_lazy("written at")),
        ]

    def get_urlpatterns(self) -> list[Any]:
        """The list, and another try of one message."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/again/", require_POST(self.again_view), name="again"),
        ]

    def again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Puts one message at the head of the line."""
        if not self.permission_policy.user_has_permission(request.user, "view"):
            raise PermissionDenied
        if try_again(get_object_or_404(Delivery, pk=pk), request.user):
            messages.success(request, _("The message is sent again in a moment."))
        else:
            messages.info(request, _("This message is being sent just now."))
        return redirect(self.get_url_name("index"))


def _second(column: type[Column], name: str, label: Any) -> Column:
    """A column that narrow screens leave out."""
    return column(name, label=capfirst(label), classname="secondary")


def _secret_page(request: HttpRequest, endpoint: Endpoint, secret: str) -> HttpResponse:
    """The secret where there is a new one, else the question; kept by no cache."""
    context = {
        "endpoint": endpoint,
        "secret": secret,
        "hours": int(ROTATION.total_seconds() // 3600),
        "had_one": bool(endpoint.former_secret) if secret else bool(endpoint.secret),
        "page_title": _("Secret of the webhook"),
        "header_title": _("Secret of the webhook"),
        "header_icon": "key",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("webhooks:index"), "label": _("Webhooks")},
            {"url": reverse("webhooks:edit", args=[endpoint.pk]), "label": str(endpoint)},
            {"url": "", "label": _("Secret of the webhook")},
        ],
    }
    response = render(request, "webhooks/secret.html", context)
    response["Cache-Control"] = "no-store"
    return response
