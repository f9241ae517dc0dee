"""The app of the public record."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    """Publications, addresses, pinned files."""

    name = "cms.publication"
    verbose_name = _("Publication")
