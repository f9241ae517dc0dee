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

        from pages.choosers import speak_each_language
        from pages.department_collections import ensure_collections
        from pages.localize_drafts import keep_to_drafts
        from pages.localize_permissions import keep_to_divisions
        from pages.media import OfficeDocument, OfficeImage
        from pages.media_permissions import document_policy, image_policy
        from pages.permissions import SignedModelPermissionPolicy
        from pages.setup import ensure_site
        from pages.snippets import SignableSnippet

        for model in self.get_models():
            if issubclass(model, SignableSnippet):
                register_permission_policy(model, SignedModelPermissionPolicy(model))
        # For exactly these classes: Wagtail's own apps register theirs after this one.
        register_permission_policy(OfficeImage, image_policy(), exact_class=True)
        register_permission_policy(OfficeDocument, document_policy(), exact_class=True)
        keep_to_drafts()
        keep_to_divisions()
        speak_each_language()
        post_migrate.connect(ensure_site, sender=self, dispatch_uid="pages.ensure_site")
        post_migrate.connect(
            ensure_collections, sender=self, dispatch_uid="pages.ensure_collections"
        )
