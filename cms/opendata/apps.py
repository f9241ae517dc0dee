"""The app of open data: uploaded tables and maps, published in every format."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpenDataConfig(AppConfig):
    """Conversions, and who may see them."""

    name = "cms.opendata"
    verbose_name = _("Open data")
    # Signs of life and the rows done so far are not told to the public.
    public_tables = {"opendata_conversion": ("state", "summary", "result_id")}

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.opendata.models import Conversion
        from cms.opendata.permissions import PublicRecordPermissionPolicy

        register_permission_policy(Conversion, PublicRecordPermissionPolicy(Conversion))
