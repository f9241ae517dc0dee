"""The project's addresses, and the two views to compare with."""

from django.urls import path

from benchmarks.api import plain
from cms.urls import urlpatterns as _project

urlpatterns = [
    path("bench/limit/", plain.limit),
    path("bench/plain/<str:name>/", plain.view),
    *_project,
]
