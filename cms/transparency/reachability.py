"""How often public addresses answered over the network, from the samples of `cms.watching`."""

import datetime
from typing import NamedTuple

from django.db.models import Sum

from cms.watching.models import SampleDay

DAYS = 30


class Reached(NamedTuple):
    """Samples of some days, the first and the last among them."""

    first_day: datetime.date
    last_day: datetime.date
    samples: int
    answered: int

    @property
    def percent(self) -> float:
        """Of the samples, to a hundredth, rounded down."""
        return self.answered * 10_000 // self.samples / 100


def reached(last_day: datetime.date) -> Reached | None:
    """Of the 30 days until a day; None where no sample was taken. One query."""
    first_day = last_day - datetime.timedelta(days=DAYS - 1)
    found = SampleDay.objects.filter(day__gte=first_day, day__lte=last_day).aggregate(
        answered=Sum("answered"), failed=Sum("failed")
    )
    answered, samples = found["answered"] or 0, (found["answered"] or 0) + (found["failed"] or 0)
    return Reached(first_day, last_day, samples, answered) if samples else None
