"""What each person chooses to get by mail, in Wagtail's account page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import NotificationPreferencesForm
from wagtail.admin.views.account import (
    BaseSettingsPanel,
    NotificationsSettingsPanel,
    notifications_tab,
)

from cms.mail.kinds import MailKind, mail_kinds
from cms.mail.models import MailPreference
from cms.mail.outbox import delivery_of

Delivery = MailPreference.Delivery


class MailPreferencesForm(forms.Form):
    """One choice for each kind of mail that members of the office get."""

    def __init__(self, *args: Any, instance: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = instance
        self.kinds = [kind for kind in mail_kinds().values() if kind.is_for_staff]
        for kind in self.kinds:
            self.fields[kind.name] = forms.ChoiceField(
                label=kind.label, choices=_choices(kind), initial=delivery_of(self.user, kind)
            )

    def save(self) -> None:
        """Keeps every choice."""
        for kind in self.kinds:
            MailPreference.objects.update_or_create(
                user=self.user,
                kind=kind.name,
                defaults={"delivery": self.cleaned_data[kind.name]},
            )


def _choices(kind: MailKind) -> list[tuple[str, Any]]:
    """What a duty requires cannot be turned off."""
    allowed = [Delivery.AT_ONCE, Delivery.DIGEST, *([Delivery.NEVER] if kind.is_optional else [])]
    return [(choice.value, choice.label) for choice in allowed]


class MailSettingsPanel(BaseSettingsPanel):
    """The choices, on the page of one's own account."""

    name = "mail"
    title = _("Mail")
    tab = notifications_tab
    order = 50
    form_class = MailPreferencesForm
    help_text = _(
        "The daily digest comes on working days at 8:30. What is urgent always comes at once."
    )
    template_name = "mail/preferences.html"

    def is_active(self) -> bool:
        """Only where there is something to choose."""
        return any(kind.is_for_staff for kind in mail_kinds().values())

    def get_context_data(self) -> dict[str, Any]:
        """With the help text, which Wagtail's own template leaves out."""
        return {**super().get_context_data(), "help_text": self.help_text}


class _CommentNotificationsForm(NotificationPreferencesForm):
    """Wagtail's choices without those about its workflow mails, in whose place ours are sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("submitted", "approved", "rejected"):
            self.fields.pop(f"{name}_notifications", None)


def hide_replaced_choices() -> None:
    """Leaves of Wagtail's own choices those that still mean something; called once."""
    NotificationsSettingsPanel.form_class = _CommentNotificationsForm
