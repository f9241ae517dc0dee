"""What the dashboard tells one person of the office's duties: read once for a request."""

import datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from cms.divisions.scope import ACT_FOR_ALL, Scope, scope_of
from cms.oversight.behind import TRANSLATION
from cms.oversight.coverage import Coverage, Standing, State, coverage
from cms.oversight.division_names import division_names
from cms.oversight.history import Day, curve
from cms.oversight.obligations import public_at
from cms.oversight.signing_now import InSignoff, in_signoff
from cms.publication.models import Publication

EXPIRES_WITHIN = datetime.timedelta(days=30)
SHOWN = 5
_ORDER = [State.MISSING, State.OVERDUE, State.INCOMPLETE, State.DUE]


class Owed(NamedTuple):
    """What a division owes and does not show, the worst first."""

    standings: list[Standing]  # of its divisions
    open: list[Standing]  # of these, what somebody has to do something about


class Board:
    """For `user`. Each part is read when a panel asks for it, and all panels share the count."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @property
    def oversees(self) -> bool:
        """Executives, overseers, administrators: who is told of the whole office."""
        return self.user.has_perm("signoff.view_flag")

    @property
    def owes(self) -> bool:
        """Members of a division, or of the whole office, who write or approve for it."""
        return bool(scope_of(self.user)) and not self.user.has_perm(ACT_FOR_ALL)

    @property
    def publishes(self) -> bool:
        """Who puts together what is released for every division: publishers and translators."""
        may_release = self.user.has_perm("signoff.add_release")
        return may_release and self.user.has_perm(ACT_FOR_ALL)

    @cached_property
    def scope(self) -> Scope:
        """The divisions of this person."""
        return scope_of(self.user)

    @cached_property
    def found(self) -> Coverage:
        """How the office stands now."""
        return coverage()

    @cached_property
    def names(self) -> dict[UUID, str]:
        """Of the divisions."""
        return division_names()

    @cached_property
    def owed(self) -> Owed:
        """What this person's divisions owe."""
        mine = [one for one in self.found.standings if self.scope.covers(one.obligation.division)]
        todo = [one for one in mine if not one.is_fulfilled or one.state == State.DUE]
        return Owed(mine, sorted(todo, key=_urgency))

    @cached_property
    def waiting(self) -> list[InSignoff]:
        """What of these divisions waits for a signature, the longest first."""
        return in_signoff(self.scope)

    @cached_property
    def expiring(self) -> list[Publication]:
        """What of these divisions leaves the public soon by itself, the first to go first."""
        now = timezone.now()
        rows: QuerySet[Publication] = Publication.objects.filter(
            public_at(now), effective_until__lte=now + EXPIRES_WITHIN
        )
        if not self.scope.everything:
            rows = rows.filter(department__in=self.scope.keys)
        return list(rows.defer("snapshot").order_by("effective_until", "pk")[: SHOWN + 1])

    @cached_property
    def english(self) -> list[Standing]:
        """What is incomplete in English: not there, or behind the Thai."""
        return [
            one
            for one in self.found.standings
            if TRANSLATION in one.missing_languages or one.outdated
        ]

    @cached_property
    def curve(self) -> list[Day]:
        """The recorded days."""
        return curve()


def _urgency(one: Standing) -> tuple[int, datetime.date]:
    rank = _ORDER.index(one.state) if one.state in _ORDER else len(_ORDER)
    return rank, one.due_on or datetime.date.max
