"""How long a key opens something, and what it is for."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

HOURS = [(1, _("1 hour")), (4, _("4 hours")), (8, _("8 hours")), (24, _("24 hours"))]


class PreviewLinkForm(forms.Form):
    """For a link to one draft."""

    hours = forms.TypedChoiceField(
        label=_("Valid for"), choices=HOURS, coerce=int, initial=HOURS[-1][0]
    )

    @property
    def lifetime(self) -> datetime.timedelta:
        """As a length of time."""
        return datetime.timedelta(hours=self.cleaned_data["hours"])


class AccessKeyForm(PreviewLinkForm):
    """For a key to the private pages that one may read."""

    purpose = forms.CharField(
        label=_("Purpose"), max_length=100, help_text=_("Who or what will read with this key")
    )
    field_order = ("purpose", "hours")
