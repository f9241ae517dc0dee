"""The app of the numbers that the office tells of itself."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransparencyConfig(AppConfig):
    """One home for every number of the transparency page, GraphQL and the open data."""

    name = "cms.transparency"
    verbose_name = _("Transparency")
    public_tables: dict[str, tuple[str, ...]] = {"transparency_assessmentday": ()}
