"""The app that tells others what changed in public: front ends by webhooks, caches by purges."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    """Who is told, and what became of it."""

    name = "cms.webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.models import PageViewRestriction
        from wagtail.permissions import register_permission_policy

        from cms.publication.models import PublicSettings
        from cms.webhooks.models import Delivery
        from cms.webhooks.permissions import DeliveryPermissionPolicy
        from cms.webhooks.receivers import purge_everything

        # Signals, as Wagtail's own screens save these.
        for model in (PublicSettings, PageViewRestriction):
            for signal in (post_save, post_delete):
                signal.connect(purge_everything, model, dispatch_uid="webhooks.purge_everything")
        register_permission_policy(Delivery, DeliveryPermissionPolicy(Delivery))
