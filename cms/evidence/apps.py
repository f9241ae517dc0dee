"""The app of proof: request form, certificate, sealed history, state of the chain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    """The app of proof."""

    name = "cms.evidence"
    verbose_name = _("Evidence")
