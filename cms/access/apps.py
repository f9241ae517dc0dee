"""The app of keys: who may read what is not public yet, or not for everyone."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    """The app of keys to drafts and to private pages."""

    name = "cms.access"
    verbose_name = _("Access")

    def ready(self) -> None:
        from cms.access import privacy_log

        privacy_log.connect()
