"""The desks in the admin: one menu, one entry for each channel, shown to its own people."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, re_path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from cms.engagement.case_views import CaseFileView, CaseView
from cms.engagement.channels import Channel
from cms.engagement.permissions import handled_channels, may_handle
from cms.engagement.publishing_views import PlaceOpinionsView, PublishQuestionView
from cms.engagement.queue import QueueExportView, QueueView
from cms.engagement.statistics_view import StatisticsView


class DeskPolicy:
    """Wagtail's question "may this user", answered for one desk: all or nothing."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Cases are viewed; the admin neither adds nor deletes them."""
        return action == "view" and may_handle(user, self.channel)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Whether viewing is among them and allowed."""
        return any(self.user_has_permission(user, action) for action in actions)


class DeskViewSet(ViewSet):
    """The queue of one channel and everything below it."""

    channel = Channel.QUESTION
    icon = "mail"

    @cached_property
    def name(self) -> str:  # type: ignore[override]
        """Also the namespace of its addresses: `citizens_question`."""
        return f"citizens_{self.channel.value}"

    @cached_property
    def url_prefix(self) -> str:
        """`/admin/citizens/question/`."""
        return f"citizens/{self.channel.value}"

    @cached_property
    def menu_label(self) -> Any:  # type: ignore[override]
        """The desk's name."""
        return self.channel.desk

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        """Shown to those who work at this desk."""
        channel = self.channel

        class DeskMenuItem(MenuItem):
            def is_shown(self, request: HttpRequest) -> bool:
                return may_handle(request.user, channel)

        return DeskMenuItem

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """What each view is told of its desk."""
        return super().get_common_view_kwargs(
            channel=self.channel,
            namespace=self.url_namespace,
            permission_policy=DeskPolicy(self.channel),
            header_icon=self.icon,
            index_url_name=self.get_url_name("index"),
            index_results_url_name=self.get_url_name("index_results"),
            case_url_name=self.get_url_name("case"),
            export_url_name=self.get_url_name("export"),
            opinions_url_name=self.get_url_name("opinions"),
            **kwargs,
        )

    def get_urlpatterns(self) -> list[Any]:
        """The list first: the menu leads there."""
        results = self.construct_view(QueueView, results_only=True)
        export = self.construct_view(QueueExportView)
        case = "<str:reference>/"
        found = [
            path("", self.construct_view(QueueView), name="index"),
            path("results/", results, name="index_results"),
            re_path(r"^export\.(?P<file_format>csv|xlsx)$", export, name="export"),
            path(case, self.construct_view(CaseView), name="case"),
            path(f"{case}files/<int:pk>/", self.construct_view(CaseFileView), name="file"),
        ]
        if self.channel == Channel.QUESTION:
            publish = self.construct_view(PublishQuestionView)
            found.append(path(f"{case}publish/", publish, name="publish"))
        if self.channel == Channel.OPINION:
            place = self.construct_view(PlaceOpinionsView)
            found.insert(1, path("publish/", place, name="opinions"))
        return found


class StatisticsViewSet(ViewSet):
    """Numbers for the yearly reports."""

    name = "citizens_statistics"
    url_prefix = "citizens/statistics"
    icon = "table"
    menu_label = _("Statistics")

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        """Shown to everyone who works at a desk; each sees the numbers of their own."""

        class StatisticsMenuItem(MenuItem):
            def is_shown(self, request: HttpRequest) -> bool:
                return bool(handled_channels(request.user))

        return StatisticsMenuItem

    def get_urlpatterns(self) -> list[Any]:
        """One page."""
        return [path("", self.construct_view(StatisticsView), name="index")]


class CitizensGroup(ViewSetGroup):
    """The menu "Citizens"."""

    menu_label = _("Citizens")
    menu_name = "citizens"
    menu_icon = "mail"
    menu_order = 180
    items = (*(DeskViewSet(channel=channel) for channel in Channel), StatisticsViewSet())
