"""The app of the audit log: who signed in, was refused, exported, previewed."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Begins to listen before anything happens."""

    name = "cms.audit"
    verbose_name = _("Audit log")

    def ready(self) -> None:
        from cms.audit.denials import watch_wagtail
        from cms.audit.receivers import connect

        connect()
        watch_wagtail()
