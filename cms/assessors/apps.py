"""The app of the answers that assessors get: written, frozen, shown, checked every night."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessorsConfig(AppConfig):
    """What was submitted is public: a new row gives caches a new content version."""

    name = "cms.assessors"
    verbose_name = _("Evidence for assessors")
    public_tables = {"assessors_submission": ()}
