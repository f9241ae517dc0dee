"""Public holidays in the admin's settings."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from cms.schedule.models import Holiday


class HolidayViewSet(ModelViewSet):
    """The days on which the office is closed, as an administrator enters them each year."""

    model = Holiday
    name = "holidays"
    icon = "calendar"
    menu_label = _("Public holidays")
    menu_order = 650
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    form_fields = ("date", "name_th", "name_en")
    list_display = [
        "date",
        Column("name_th", label=capfirst(_("name in Thai"))),
        Column("name_en", label=capfirst(_("name in English"))),
    ]
    list_per_page = 100
