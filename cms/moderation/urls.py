"""Addresses of the signers' daily work, below `/admin/`."""

from django.urls import path

from cms.moderation.assignment_screen import AssignmentScreen
from cms.moderation.checklist_views import ChecklistsView, ChecklistView
from cms.moderation.flag_screen import FlagScreen
from cms.moderation.previews import preview
from cms.moderation.queue_views import QueueView
from cms.moderation.signing_screen import SigningScreen

app_name = "moderation"
urlpatterns = [
    path("queue/", QueueView.as_view(), name="queue"),
    path("signing/<int:task_state_id>/assign/", AssignmentScreen.as_view(), name="assign"),
    path("signing/<int:task_state_id>/", SigningScreen.as_view(), name="sign"),
    path(
        "signing/<int:task_state_id>/preview/<slug:language>/<str:content_hash>/",
        preview,
        name="preview",
    ),
    path("signing/<int:task_state_id>/flag/", FlagScreen.as_view(), name="flag"),
    path("checklists/", ChecklistsView.as_view(), name="checklists"),
    path("checklists/<slug:role>/", ChecklistView.as_view(), name="checklist"),
]
