"""The app of the page types, blocks and snippets: what the office writes, as drafts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Registers our permission policies before Wagtail looks any up, and our front pages."""

    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from pages.localize_drafts import keep_to_drafts
        from pages.permissions import SignedModelPermissionPolicy
        from pages.setup import ensure_site
        from pages.snippets import Department, DisclosureItem

        for model in (Department, DisclosureItem):
            register_permission_policy(model, SignedModelPermissionPolicy(model))
        keep_to_drafts()
        post_migrate.connect(ensure_site, sender=self, dispatch_uid="pages.ensure_site")
