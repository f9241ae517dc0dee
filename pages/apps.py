"""The app of the page types, blocks and snippets: what the office writes, as drafts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Registers the permission policies of our snippets before Wagtail looks any up."""

    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from pages.permissions import SignedModelPermissionPolicy
        from pages.setup import ensure_site
        from pages.snippets import Department, DisclosureItem

        for model in (Department, DisclosureItem):
            register_permission_policy(model, SignedModelPermissionPolicy(model))
        post_migrate.connect(ensure_site, sender=self, dispatch_uid="pages.ensure_site")
