"""What the administrator decides about watching: when to remind, and how much to sample."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from cms.thai.digits import to_arabic_digits

LONGEST_DAYS = 3660


def read_days(text: str) -> list[int]:
    """The numbers of a list such as "30, 7, 0", each once, the smallest first.

    Thai digits are numbers too. Raises `ValidationError` for anything else.
    """
    parts = [part.strip() for part in to_arabic_digits(text).split(",") if part.strip()]
    if not all(part.isdecimal() and int(part) <= LONGEST_DAYS for part in parts):
        raise ValidationError(_("Write numbers of days with commas between them: 30, 7, 0"))
    return sorted({int(part) for part in parts})


def check_days(text: str) -> None:
    """Raises `ValidationError` where it is no list of days."""
    read_days(text)


def _days(label: Any, default: str) -> models.CharField:
    return models.CharField(
        label, max_length=100, default=default, blank=True, validators=[check_days]
    )


@register_setting(icon="view")
class WatchingSettings(BaseGenericSetting):
    """When a division is reminded of a review, and what is sampled over the network."""

    days_before = _days(_("days before the review is due"), "30, 7, 0")
    days_after = _days(_("days after the review was due"), "7, 30")
    escalation_days = models.PositiveIntegerField(
        _("the chief administrator is told after (days)"),
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_DAYS)],
        help_text=_("So many days after the review was due"),
    )
    soon_days = models.PositiveIntegerField(
        _("“due soon” in the weekly summary (days)"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_DAYS)],
    )
    sample_size = models.PositiveIntegerField(
        _("addresses sampled each hour"),
        default=20,
        validators=[MaxValueValidator(500)],
        help_text=_("Besides the front pages and what was published last; 0: these alone"),
    )

    panels = [
        HelpPanel(
            content=_(
                "The reporters of the responsible division are reminded of the review of what is"
                " public. Days are written as numbers with commas between them."
            )
        ),
        FieldRowPanel([FieldPanel("days_before"), FieldPanel("days_after")]),
        FieldPanel("escalation_days"),
        FieldPanel("soon_days"),
        FieldPanel("sample_size"),
    ]

    class Meta:
        verbose_name = _("watching and reminders")

    @property
    def stages(self) -> list[int]:
        """Days relative to the due day at which reminders go out: negative before it."""
        before = [-days for days in read_days(self.days_before)]
        return sorted({*before, *read_days(self.days_after)})
