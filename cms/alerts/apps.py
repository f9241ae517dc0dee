"""The app of emergency alerts: issued from a template, released by two, reviewed afterwards."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    """Issuing, releasing and reviewing alerts on a telephone. The alert itself is in `pages`."""

    name = "cms.alerts"
    verbose_name = _("Emergency alerts")

    def ready(self) -> None:
        from cms.alerts.setup import ensure_settings_permission

        post_migrate.connect(
            ensure_settings_permission, sender=self, dispatch_uid="alerts.permission"
        )
