"""Addresses of watching, below `/admin/watching/`."""

from django.urls import path

from cms.watching.views import WatchingView

app_name = "watching"
urlpatterns = [path("", WatchingView.as_view(), name="report")]
