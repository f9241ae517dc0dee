"""The form of an endpoint."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.publication.public_changes import ChangeType
from cms.webhooks.models import Endpoint


class EndpointForm(WagtailAdminModelForm):
    """Where, and what is told there."""

    event_types = forms.MultipleChoiceField(
        label=_("what is told"),
        choices=ChangeType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: everything that happens to what is public."),
    )

    class Meta:
        model = Endpoint
        fields = ("description", "url", "event_types", "is_active")

    def save(self, commit: bool = True) -> Any:
        """Whoever switches an endpoint on again gives it another chance."""
        if "is_active" in self.changed_data and self.instance.is_active:
            self.instance.failing_since = None
        return super().save(commit)
