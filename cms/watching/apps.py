"""The app that watches: links, files, due dates, reachability, and drift from the record."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WatchingConfig(AppConfig):
    """Jobs that look again and again, and tell whom it concerns, once."""

    name = "cms.watching"
    verbose_name = _("Watching")
