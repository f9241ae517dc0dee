"""The app of what is done again and again: reminders, digests, nightly checks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScheduleConfig(AppConfig):
    """The app of what is done again and again."""

    name = "cms.schedule"
    verbose_name = _("Schedule")
