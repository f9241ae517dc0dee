"""The app of the answers that assessors get: written, frozen, shown, checked every night."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessorsConfig(AppConfig):
    """What was submitted is public: a new row gives caches a new content version."""

    name = "cms.assessors"
    verbose_name = _("Evidence for assessors")
    public_tables = {"assessors_submission": ()}

    def ready(self) -> None:
        """The end of this chain is watched and told outside, as those of the other records are."""
        from cms.assessors.models import Submission
        from cms.publication.chain_head import CHAINS

        CHAINS["submissions"] = Submission
