"""The app of the public record."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    """Publications, addresses, pinned files."""

    name = "cms.publication"
    verbose_name = _("Publication")
    # What the public is answered from (content_version_triggers).
    public_tables: dict[str, tuple[str, ...]] = {
        "publication_publication": (),
        "publication_publication_files": (),
        "publication_address": (),
        "publication_formerpath": (),
        "publication_placechange": (),
        "publication_pinnedfile": (),
        "publication_pinnedfile_sources": (),
        "publication_publicsettings": (),
        "wagtailcore_site": (),
        "wagtailcore_pageviewrestriction": (),
    }

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.models import PageViewRestriction, Site
        from wagtail.permissions import register_permission_policy

        from cms.publication.content_version_triggers import watch_public_tables
        from cms.publication.models import Publication
        from cms.publication.permissions import ReadOnlyPermissionPolicy
        from cms.publication.restrictions import on_restriction
        from cms.publication.sites import forget_sites

        register_permission_policy(Publication, ReadOnlyPermissionPolicy(Publication))
        for signal in (post_save, post_delete):
            signal.connect(on_restriction, PageViewRestriction)
            signal.connect(forget_sites, Site)
        post_migrate.connect(
            watch_public_tables, sender=self, dispatch_uid="publication.watch_public_tables"
        )
