"""When signers are reminded, and of which step they were."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, HelpPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


def _hours(label: Any, default: int) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(label, default=default, validators=[MinValueValidator(1)])


@register_setting(icon="mail")
class ReminderSettings(BaseGenericSetting):
    """After how many hours what waits is overdue; the administrator decides.

    Ordinary items count working hours. Urgent and sensitive ones count every hour: they do not
    wait for the morning.
    """

    reminder_hours = _hours(_("reminder after (working hours)"), 8)
    escalation_hours = _hours(_("the division's head is told after (working hours)"), 16)
    urgent_reminder_hours = _hours(_("reminder of an urgent item after (hours)"), 1)
    urgent_escalation_hours = _hours(_("the head is told of an urgent item after (hours)"), 2)

    panels = [
        HelpPanel(
            content=_(
                "Ordinary items count the hours of the office's working time. Urgent and"
                " sensitive items count every hour, by day and by night."
            )
        ),
        FieldRowPanel(["reminder_hours", "escalation_hours"]),
        FieldRowPanel(["urgent_reminder_hours", "urgent_escalation_hours"]),
    ]

    class Meta:
        verbose_name = _("reminders of signatures")

    def clean(self) -> None:
        """The head is told after the signers are."""
        for first, second in (
            ("reminder_hours", "escalation_hours"),
            ("urgent_reminder_hours", "urgent_escalation_hours"),
        ):
            earlier, later = getattr(self, first), getattr(self, second)
            if earlier is not None and later is not None and later <= earlier:
                raise ValidationError({second: _("This must be later than the reminder.")})

    def hours(self, kind: str, is_urgent: bool) -> int:
        """After how many hours a kind of `Reminder` is due."""
        name = f"{kind}_hours"
        return getattr(self, f"urgent_{name}" if is_urgent else name)


class Reminder(models.Model):
    """That people were reminded of a step: once for each kind."""

    class Kind(models.TextChoices):
        """To whom it went."""

        REMINDER = "reminder", _("to the signers")
        ESCALATION = "escalation", _("to the division's head")

    task_state_id = models.BigIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["task_state_id", "kind"], name="one_reminder_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.task_state_id}: {self.kind}"
