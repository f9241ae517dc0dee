"""Addresses of the alerts in the admin, below `/admin/alerts/`."""

from django.urls import path, re_path

from cms.alerts.views import (
    ChooseView,
    EditView,
    FillView,
    IndexView,
    PreviewView,
    ReviewView,
    SignView,
)

app_name = "alerts"
urlpatterns = [
    path("", IndexView.as_view(), name="index"),
    path("new/", ChooseView.as_view(), name="choose"),
    path("new/<int:pk>/", FillView.as_view(), name="fill"),
    path("<int:pk>/", SignView.as_view(), name="alert"),
    re_path(r"^(?P<pk>\d+)/preview/(?P<language>th|en)/$", PreviewView.as_view(), name="preview"),
    path("<int:pk>/edit/", EditView.as_view(), name="edit"),
    re_path(r"^(?P<pk>\d+)/(?P<change>update|cancel)/$", EditView.as_view(), name="change"),
    path("review/<int:pk>/", ReviewView.as_view(), name="review"),
]
