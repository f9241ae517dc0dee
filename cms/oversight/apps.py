"""The app that watches over what is public (announcement, chapter 4)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    """So far: do the addresses on other sites still answer?"""

    name = "cms.oversight"
    verbose_name = _("Oversight")
    public_tables: dict[str, tuple[str, ...]] = {
        "oversight_linkcheck": ("state", "checked_at", "failing_since"),
        "oversight_linkcheck_publications": (),
        "oversight_review": (),
        "oversight_coveragerecord": (),
        "oversight_assessment": ("fiscal_year",),
        "oversight_assessmentitem": (),
        "oversight_component": (),
        "oversight_component_addresses": (),
    }
