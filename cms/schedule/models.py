"""When the office works, and when each periodic job ran last."""

import datetime
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

# In the order of `datetime.date.weekday`.
WEEKDAY_FIELDS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@register_setting(icon="time")
class OfficeHours(BaseGenericSetting):
    """The days and hours in which the office works; reminders and time limits count them."""

    monday = models.BooleanField(WEEKDAYS[0], default=True)
    tuesday = models.BooleanField(WEEKDAYS[1], default=True)
    wednesday = models.BooleanField(WEEKDAYS[2], default=True)
    thursday = models.BooleanField(WEEKDAYS[3], default=True)
    friday = models.BooleanField(WEEKDAYS[4], default=True)
    saturday = models.BooleanField(WEEKDAYS[5], default=False)
    sunday = models.BooleanField(WEEKDAYS[6], default=False)
    starts_at = models.TimeField(_("start of work"), default=datetime.time(8, 30))
    ends_at = models.TimeField(_("end of work"), default=datetime.time(16, 30))
    lunch_from = models.TimeField(
        _("lunch from"),
        null=True,
        blank=True,
        default=datetime.time(12, 0),
        help_text=_("Both times empty: the office works through."),
    )
    lunch_until = models.TimeField(
        _("lunch until"), null=True, blank=True, default=datetime.time(13, 0)
    )

    panels = [
        MultiFieldPanel([FieldPanel(name) for name in WEEKDAY_FIELDS], heading=_("Working days")),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldRowPanel([FieldPanel("lunch_from"), FieldPanel("lunch_until")]),
    ]

    class Meta:
        verbose_name = _("office hours")

    def clean(self) -> None:
        """At least one day, and times that follow each other."""
        if not any(getattr(self, name) for name in WEEKDAY_FIELDS):
            raise ValidationError(_("Choose at least one working day."))
        times = [self.starts_at, self.lunch_from, self.lunch_until, self.ends_at]
        if (self.lunch_from is None) != (self.lunch_until is None):
            raise ValidationError({"lunch_until": _("Give both times of lunch, or none.")})
        given = [time for time in times if time is not None]
        if any(earlier >= later for earlier, later in pairwise(given)):
            raise ValidationError(_("Each time must be later than the one before."))

    @property
    def weekdays(self) -> frozenset[int]:
        """The working days as `datetime.date.weekday` numbers them."""
        return frozenset(
            number for number, name in enumerate(WEEKDAY_FIELDS) if getattr(self, name)
        )

    @property
    def spans(self) -> list[tuple[datetime.time, datetime.time]]:
        """From when to when a working day counts, around lunch."""
        if self.lunch_from is None or self.lunch_until is None:
            return [(self.starts_at, self.ends_at)]
        return [(self.starts_at, self.lunch_from), (self.lunch_until, self.ends_at)]


class Holiday(models.Model):
    """A day on which the office is closed, whatever day of the week it is."""

    date = models.DateField(_("date"), unique=True)
    name_th = models.CharField(_("name in Thai"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("public holiday")
        verbose_name_plural = _("public holidays")
        ordering = ("date",)

    def __str__(self) -> str:
        return self.name_th

    def name_in(self, language_code: str) -> str:
        """The name as text in `language_code`, Thai where English is missing."""
        return (self.name_en if language_code == "en" else "") or self.name_th


class PeriodicRun(models.Model):
    """When a periodic job ran last, and whether it runs now: one row for each name."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    known_since = models.DateTimeField(auto_now_add=True)
    last_started_at = models.DateTimeField(_("last started"), null=True)
    last_finished_at = models.DateTimeField(_("last finished"), null=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    # The process that runs it moves this on; null: it does not run.
    alive_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("run of a periodic job")
        verbose_name_plural = _("runs of periodic jobs")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.name

    @property
    def has_succeeded(self) -> bool:
        """Whether the last run came to its end without an error."""
        started, finished = self.last_started_at, self.last_finished_at
        return bool(started and finished and finished >= started and not self.last_error)


def holiday_dates() -> frozenset[datetime.date]:
    """Every day on which the office is closed."""
    dates: Any = Holiday.objects.values_list("date", flat=True)
    return frozenset(dates)
