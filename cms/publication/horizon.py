"""The moments at which time alone changes what the public is answered."""

import datetime
from typing import NamedTuple

from django.db.models import Min, Q
from django.utils import timezone

from cms.publication.models import Publication


class Horizon(NamedTuple):
    """Until when answers hold by themselves: `changes_at` at most, the next midnight at the latest.

    `hides_at` is the next moment at which something leaves the public, None where none is set.
    """

    changes_at: datetime.datetime
    hides_at: datetime.datetime | None


def horizon(now: datetime.datetime | None = None) -> Horizon:
    """The next moments at which a time window begins or ends. One query.

    The next midnight of the office counts as one: what is open, over or in force "today" changes.
    """
    now = now or timezone.now()
    rows = Publication.objects.filter(
        Q(effective_from__gt=now) | Q(effective_until__gt=now),
        kind=Publication.Kind.PUBLICATION,
        withdrawn_at__isnull=True,
    )
    found = rows.aggregate(
        begins=Min("effective_from", filter=Q(effective_from__gt=now)),
        ends=Min("effective_until", filter=Q(effective_until__gt=now)),
    )
    moments = [moment for moment in found.values() if moment]
    return Horizon(min([*moments, _midnight_after(now)]), found["ends"])


def _midnight_after(now: datetime.datetime) -> datetime.datetime:
    tomorrow = timezone.localdate(now) + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(tomorrow, datetime.time.min))
