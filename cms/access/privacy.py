"""The private pages in the admin: a list for administrators and chiefs, who edit no pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import PageViewRestriction


class PrivacyForm(PageViewRestrictionForm):
    """Wagtail's own form, which also asks for the page."""

    def __init__(self, *args: Any, for_user: Any = None, **kwargs: Any) -> None:
        kinds = [kind for kind, _label in PageViewRestriction.RESTRICTION_CHOICES]
        super().__init__(*args, private_page_options=kinds, **kwargs)
        choices = self.fields["restriction_type"].choices
        self.fields["restriction_type"].choices = [
            choice for choice in choices if choice[0] != PageViewRestriction.NONE
        ]

    class Meta(PageViewRestrictionForm.Meta):
        fields = ("page", "restriction_type", "password", "groups")
        widgets = {"page": AdminPageChooser}


class PrivacyViewSet(ModelViewSet):
    """Private pages. Each change stands in the audit log."""

    model = PageViewRestriction
    name = "private-pages"
    icon = "lock"
    menu_label = _("Private pages")
    menu_order = 660
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = ["page", Column("get_restriction_type_display", label=_("Visibility"))]
    list_filter = ("restriction_type",)
    search_fields = ("page__title",)

    def get_form_class(self, for_update: bool = False) -> Any:
        """One form for making and changing."""
        return PrivacyForm
