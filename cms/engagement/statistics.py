"""How many cases came in, by channel, state and month: numbers that outlive the cases."""

import datetime
from collections import Counter
from typing import NamedTuple

from django.db import models
from django.db.models import Count, F
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from cms.engagement.cases import Case
from cms.engagement.channels import Channel, State
from cms.thai.dates import BUDDHIST_ERA_OFFSET


class CaseCount(models.Model):
    """How many deleted cases of a channel came in in a month, by the state they ended in."""

    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices)
    month = models.DateField(_("month"))  # its first day
    state = models.CharField(_("state"), max_length=20, choices=State.choices)
    count = models.PositiveIntegerField(_("count"), default=0)

    class Meta:
        verbose_name = _("count of deleted cases")
        verbose_name_plural = _("counts of deleted cases")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["channel", "month", "state"], name="one_case_count")
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.month:%Y-%m} {self.state}: {self.count}"


class MonthlyCount(NamedTuple):
    """One number of the statistics; `month` is the first day of a month."""

    channel: str
    month: datetime.date
    state: str
    number: int


def keep_count(case: Case, month: datetime.date) -> None:
    """Counts a case that is about to be deleted."""
    row, _created = CaseCount.objects.get_or_create(
        channel=case.channel, month=month, state=case.state
    )
    CaseCount.objects.filter(pk=row.pk).update(count=F("count") + 1)


def months_of(year: int) -> list[datetime.date]:
    """October to September of a fiscal year in the Buddhist era, by their first days."""
    first = year - BUDDHIST_ERA_OFFSET - 1
    return [datetime.date(first + (9 + n) // 12, (9 + n) % 12 + 1, 1) for n in range(12)]


def monthly_counts(year: int, channels: list[Channel]) -> list[MonthlyCount]:
    """The cases received in a fiscal year (Buddhist era, from 1 October), deleted ones included.

    One row for each channel, month and state that has any, in that order.
    """
    start = datetime.date(year - BUDDHIST_ERA_OFFSET - 1, 10, 1)
    end = datetime.date(year - BUDDHIST_ERA_OFFSET, 10, 1)
    found: Counter[tuple[str, datetime.date, str]] = Counter()
    kept = (
        Case.objects.of(channels)
        .filter(received_at__date__gte=start, received_at__date__lt=end)
        .order_by()
        .annotate(month=TruncMonth("received_at"))
        .values_list("channel", "month", "state")
        .annotate(number=Count("pk"))
    )
    for channel, month, state, number in kept:
        found[channel, month.date(), state] += number
    deleted = CaseCount.objects.filter(channel__in=channels, month__gte=start, month__lt=end)
    for row in deleted:
        found[row.channel, row.month, row.state] += row.count
    return [MonthlyCount(*key, number) for key, number in sorted(found.items())]
