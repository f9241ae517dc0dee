"""Addresses of the answers to assessors, below `/admin/answers/`."""

from django.urls import path

from cms.assessors import submission_views, views
from cms.thai.spreadsheets import CONTENT_TYPES

app_name = "answers"
_ONE = "<int:pk>/submissions/<int:number>"
urlpatterns = [
    path("", views.YearsView.as_view(), name="years"),
    path("<int:pk>/", views.YearView.as_view(), name="year"),
    path("<int:pk>/prefill/", views.PrefillView.as_view(), name="prefill"),
    path("<int:pk>/items/<int:item>/", views.AnswerView.as_view(), name="answer"),
    path("<int:pk>/submit/", submission_views.SubmitView.as_view(), name="submit"),
    path(f"{_ONE}/", submission_views.SubmissionView.as_view(), name="submission"),
    *[
        path(
            f"{_ONE}.{name}",
            submission_views.ExportView.as_view(),
            {"file_format": name},
            name=f"export_{name}",
        )
        for name in CONTENT_TYPES
    ],
]
