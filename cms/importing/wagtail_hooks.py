"""Importing in the admin: its menu entry, its addresses, its periodic jobs."""

import datetime
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.importing import views
from cms.importing.jobs import forget_uploads, free_stale
from cms.importing.permissions import may_import
from cms.schedule.jobs import PeriodicJob


class ImportMenuItem(MenuItem):
    """For whoever may import."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user may import at all."""
        return may_import(request.user)


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Below the content."""
    url = reverse("importing:index")
    return ImportMenuItem(_("Import"), url, name="import", icon_name="upload", order=700)


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """Each asks by itself who may."""
    patterns = [
        path("", views.IndexView.as_view(), name="index"),
        path("template.xlsx", views.BlankSheetView.as_view(), name="template_xlsx"),
        path("template.csv", views.BlankSheetView.as_view(file_format="csv"), name="template_csv"),
        path("new/", views.UploadView.as_view(), name="upload"),
        path("<int:pk>/", views.RunView.as_view(), name="run"),
        path("<int:pk>/progress/", views.ProgressView.as_view(), name="progress"),
        path("<int:pk>/start/", views.StartView.as_view(), name="start"),
        path("<int:pk>/forget/", views.ForgetView.as_view(), name="forget"),
    ]
    return [path("importing/", include((patterns, "importing"), namespace="importing"))]


@hooks.register("insert_global_admin_css")
def style() -> str:
    """The tables of a run on narrow screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("importing/importing.css"))


@hooks.register("register_periodic_jobs")
def look_after_imports() -> list[PeriodicJob]:
    """Puts back what a killed worker left; deletes old uploads each night."""
    return [
        PeriodicJob("free_stale_imports", free_stale, every=datetime.timedelta(minutes=2)),
        PeriodicJob("forget_uploads_of_imports", forget_uploads, daily_at=datetime.time(3, 30)),
    ]
