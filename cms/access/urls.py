"""Addresses below `/preview/`: drafts and files for keys, and what a front end includes."""

from django.urls import path, re_path

from cms.access.files import preview_file
from cms.access.front_end import script, shown_draft, user_bar
from cms.access.private_files import private_page_file

urlpatterns = [
    path("files/<str:signed>/<str:filename>", preview_file, name="preview_file"),
    path("private-files/<str:signed>/<str:filename>", private_page_file, name="private_page_file"),
    path("front-end.js", script, name="front_end_script"),
    re_path(r"^(?P<language>th|en)/$", shown_draft, name="shown_draft"),
    path("user-bar/", user_bar, name="front_end_user_bar"),
]
