"""The app of imports: drafts from a spreadsheet or from an old site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportingConfig(AppConfig):
    """Uploads and what became of them; nothing of it is public."""

    name = "cms.importing"
    verbose_name = _("Import")
