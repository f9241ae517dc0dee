"""The menu "Releases": the list, and the addresses of everything about one release."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.moderation import release_views as views
from cms.moderation.release_summary import state_of
from cms.signoff.models import Release, ReleaseItem


class ReleaseIndexView(IndexView):
    """The newest first, each with the role that it waits for."""

    default_ordering = "-created_at"

    def get_base_queryset(self) -> QuerySet[Release]:
        """With the number of items and the step at which they wait."""
        items = ReleaseItem.objects.filter(release=OuterRef("pk"))
        role = items.values("run__current_task_state__task__signedtask__role")[:1]
        return Release.objects.annotate(item_count=Count("items"), waiting_role=Subquery(role))


class ReleaseViewSet(ModelViewSet):
    """Items that are signed and published together."""

    model = Release
    name = "releases"
    icon = "clipboard-list"
    menu_label = gettext_lazy("Releases")
    menu_order = 190
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = ReleaseIndexView
    form_fields = ("title",)
    list_filter = ("state",)
    search_fields = ("title",)
    search_backend_name = None

    @property
    def list_display(self) -> list[Any]:
        """Title, state, number of items, day."""
        return [
            TitleColumn(
                "title",
                label=capfirst(gettext_lazy("title")),
                get_url=lambda release: reverse("releases:detail", args=[release.pk]),
                sort_key="title",
            ),
            Column(
                "state",
                label=capfirst(gettext_lazy("state")),
                accessor=lambda release: state_of(release, release.waiting_role or ""),
                sort_key="state",
            ),
            Column("item_count", label=gettext_lazy("Items"), classname="secondary"),
            DateColumn(
                "created_at",
                label=capfirst(gettext_lazy("made at")),
                sort_key="created_at",
                classname="secondary",
            ),
        ]

    def get_urlpatterns(self) -> list[Any]:
        """The list, one release, and each act."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", views.ReleaseTitleView.as_view(), name="add"),
            path("<int:pk>/", views.ReleaseDetailView.as_view(), name="detail"),
            path("<int:pk>/title/", views.ReleaseTitleView.as_view(), name="title"),
            path("<int:pk>/add/", views.AddItemsView.as_view(), name="add_items"),
            path("<int:pk>/sign/", views.SignReleaseView.as_view(), name="sign"),
            path("<int:pk>/return/", views.ReturnReleaseView.as_view(), name="return"),
            path("<int:pk>/items/<int:item>/", views.PreviewItemView.as_view(), name="preview"),
            *[
                path(
                    f"<int:pk>/{action}/",
                    views.ReleaseActionView.as_view(),
                    {"action": action},
                    name=action,
                )
                for action in ("submit", "cancel", "remove")
            ],
        ]
