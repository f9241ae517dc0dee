"""The forms of memberships and appointments: people by name, and nothing that rewrites the past."""

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm


class TermForm(WagtailAdminModelForm):
    """Of a term that has begun only the last day can be changed, of one that is over nothing."""

    # What stands in the list of divisions for "none".
    no_division: Any = "---------"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person, division = self.fields["user"], self.fields["department"]
        person.queryset = get_user_model().objects.filter(is_active=True).order_by("first_name")
        person.label_from_instance = name_of
        division.empty_label = self.no_division
        if not self.instance.pk or not self.instance.has_begun():
            return
        person.queryset = get_user_model().objects.filter(pk=self.instance.user_id)
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        is_over = self.instance.until is not None and self.instance.until < yesterday
        for name, field in self.fields.items():
            field.disabled = is_over or name != "until"


class MembershipForm(TermForm):
    """No division means the whole office."""

    no_division = _("Whole office")


class AppointmentForm(TermForm):
    """No division means the chief executive's office."""

    no_division = _("None (chief executive or chief administrator)")


def name_of(user: Any) -> str:
    """A person with the account, as two people may have one name."""
    return f"{user.get_full_name()} ({user.username})" if user.get_full_name() else user.username
