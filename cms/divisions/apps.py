"""The app of who belongs to which division, who heads it, and who acts for whom."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DivisionsConfig(AppConfig):
    """The app of who belongs to which division, who heads it, and who acts for whom."""

    name = "cms.divisions"
    verbose_name = _("Divisions")
