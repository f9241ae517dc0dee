"""The app of the public record."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    """Publications, addresses, pinned files."""

    name = "cms.publication"
    verbose_name = _("Publication")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.publication.models import Publication
        from cms.publication.permissions import ReadOnlyPermissionPolicy

        register_permission_policy(Publication, ReadOnlyPermissionPolicy(Publication))
