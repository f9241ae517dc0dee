"""The cursors of `changes`: what of the record a client has seen, and what it is still to see."""

import datetime
import json
from typing import Any, NamedTuple, Self

from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from cms.accounts.encryption import sealed, unsealed
from cms.publication.models import Address, PlaceChange, Publication
from content_api.errors import Refused

_PURPOSE = "cursor of changes"
BEGINNING = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class Mark(NamedTuple):
    """How much of the record has been seen: rows, moments, changes of place."""

    sequence: int
    moment: datetime.datetime
    place: int

    @classmethod
    def now(cls) -> Self:
        """Everything that there is."""
        place = PlaceChange.objects.aggregate(Max("pk"))["pk__max"] or 0
        sequence = Publication.objects.aggregate(Max("sequence"))["sequence__max"] or 0
        return cls(sequence, timezone.now(), place)

    @classmethod
    def of(cls, values: list[Any]) -> Self:
        """From a cursor."""
        sequence, moment, place = values
        parsed = parse_datetime(moment)
        if parsed is None or parsed.tzinfo is None:
            raise ValueError
        return cls(int(sequence), parsed, int(place))

    @property
    def plain(self) -> list[Any]:
        """For a cursor."""
        return [self.sequence, self.moment.isoformat(), self.place]


class Place(NamedTuple):
    """The place of an event in a window: its moment, its source, the number in that source."""

    at: datetime.datetime
    source: int
    number: int


class Event(NamedTuple):
    """One event, before it is told."""

    place: Place
    kind: str
    row: Any  # the publication, the note or the change of place

    @property
    def address(self) -> Address:
        """Of the record."""
        return self.row.address


class Window(NamedTuple):
    """The events between two marks, from a place within them on."""

    seen: Mark
    until: Mark
    after: Place | None = None

    @classmethod
    def of(cls, cursor: str) -> Self:
        """Raises `Refused` for a cursor that is not ours."""
        try:
            seen, until, place = json.loads(unsealed(_PURPOSE, cursor))
            if until is None:
                return cls(Mark.of(seen), Mark.now())
            at = parse_datetime(place[0])
            if at is None or at.tzinfo is None:
                raise ValueError
            return cls(Mark.of(seen), Mark.of(until), Place(at, int(place[1]), int(place[2])))
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise Refused(_("This cursor is not one of ours.")) from error

    def cursor(self, last: Place | None) -> str:
        """After `last`; None: after everything in this window."""
        if last is None:
            values: list[Any] = [self.until.plain, None, None]
        else:
            place = [last.at.isoformat(), last.source, last.number]
            values = [self.seen.plain, self.until.plain, place]
        # Sealed: the sequence counts what is to begin later, and what is for some readers only.
        return sealed(_PURPOSE, json.dumps(values, separators=(",", ":")))

    def rows(self, rows: QuerySet, moment: str, source: int) -> QuerySet:
        """Those of which a column `moment` makes an event in this window, in order."""
        rows = rows.filter(sequence__lte=self.until.sequence)
        rows = rows.filter(**{f"{moment}__lte": self.until.moment})
        rows = rows.filter(
            Q(sequence__gt=self.seen.sequence) | Q(**{f"{moment}__gt": self.seen.moment})
        )
        return self._beyond(rows, moment, "sequence", source)

    def places(self, rows: QuerySet, source: int) -> QuerySet:
        """The changes of place in this window, in order."""
        rows = rows.filter(pk__gt=self.seen.place, pk__lte=self.until.place)
        return self._beyond(rows, "at", "pk", source)

    def _beyond(self, rows: QuerySet, moment: str, number: str, source: int) -> QuerySet:
        if self.after is not None:
            later = Q(**{f"{moment}__gt": self.after.at})
            same = Q(**{moment: self.after.at})
            if source == self.after.source:
                later |= same & Q(**{f"{number}__gt": self.after.number})
            elif source > self.after.source:
                later |= same
            rows = rows.filter(later)
        return rows.order_by(moment, number)
