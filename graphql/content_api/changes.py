"""What happened to the public record since a client last asked: for whoever keeps a copy.

Three things make events, each with its own monotonic number, and a cursor holds all three: the
chain's sequence (rows appear in its order), the clock (time windows begin and end without a row
being written) and the number of a change of place. An event is new where either the row or the
moment is: so nothing is missed, and nothing repeated, however late a transaction commits.
"""

import datetime
from collections.abc import Iterable
from heapq import merge
from typing import Any

import graphene
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cms.publication.models import PlaceChange, Publication
from cms.publication.versions import follows_another
from content_api.change_windows import BEGINNING, Event, Mark, Place, Window
from content_api.errors import Refused
from content_api.filters import plain
from content_api.reader import Reader
from content_api.scalars import DateTime, Locale
from content_api.types import Node, permanent_path_of

MAX_CHANGES = 100
_PUBLISHED = {"kind": Publication.Kind.PUBLICATION, "withdrawn_at": None}

_DESCRIPTIONS = {
    "": "What happened to a record. After the last three it is not public: drop the copy.",
    "CREATED": "It is public, and was not just before.",
    "CHANGED": "Another version took the place of the one before.",
    "MOVED": "It stands at another address; its words are the same.",
    "WITHDRAWN": "It was withdrawn; `reason` says why.",
    "EXPIRED": "Its time is over.",
    "RESTRICTED": "It is for some readers only.",
}
ChangeKind = graphene.Enum(
    "RecordChangeKind",
    [
        ("CREATED", "created"),
        ("CHANGED", "changed"),
        ("MOVED", "moved"),
        ("WITHDRAWN", "withdrawn"),
        ("EXPIRED", "expired"),
        ("RESTRICTED", "restricted"),
    ],
    description=lambda kind: _DESCRIPTIONS[kind.name if kind else ""],
)


class RecordChange(graphene.ObjectType):
    """One event in the life of a published record."""

    kind = graphene.Field(ChangeKind, required=True, description="What happened.")
    at = DateTime(required=True, description="When it happened.")
    id = graphene.ID(required=True, description="Of the record, as in `node(id:)`.")
    type = graphene.String(required=True, description="E.g. NewsPage.")
    locale = Locale(required=True, description="The language of the record.")
    permanent_id = graphene.String(required=True, description="Survives every move.")
    permanent_path = graphene.String(
        required=True, description="Leads to the record, or says why it is gone."
    )
    path = graphene.String(description="Where it stands now; null where it does not.")
    old_path = graphene.String(description="Of a move: where it stood before.")
    reason = graphene.String(description="Of a withdrawal.")
    node = graphene.Field(
        Node, description="The record as it is public now; null where it is not any more."
    )


class RecordChanges(graphene.ObjectType):
    """A part of what happened, in order."""

    nodes = graphene.List(
        graphene.NonNull(RecordChange), required=True, description="The earliest first."
    )
    cursor = graphene.String(required=True, description="Keep it: the next `after`.")
    has_more = graphene.Boolean(required=True, description="Whether to ask again at once.")


class ChangeQueries:
    """The root field about what happened."""

    changes = graphene.Field(
        RecordChanges,
        required=True,
        after=graphene.String(description="The `cursor` of the answer before."),
        since=DateTime(description="Instead of a cursor: only what happened after this moment."),
        locale=Locale(description="Of records in this language alone."),
        type=graphene.List(graphene.NonNull(graphene.String), description="Type names."),
        first=graphene.Int(
            required=True, default_value=MAX_CHANGES, description=f"At most {MAX_CHANGES}."
        ),
        description=(
            "What happened to published records, for clients that keep a copy: without `after` and"
            " `since` from the very beginning. Ask again with the cursor: nothing is missed or"
            " told twice."
        ),
    )

    @staticmethod
    def resolve_changes(
        root: Any,
        info: Any,
        first: int,
        after: str | None = None,
        since: datetime.datetime | None = None,
        locale: Any = None,
        type: list[str] | None = None,
    ) -> RecordChanges:
        """Six queries, whatever their number."""
        if after is not None and since is not None:
            raise Refused(_("Give after or since, not both."))
        if not 1 <= first <= MAX_CHANGES:
            raise Refused(
                _("%(name)s must be between 1 and %(limit)s."), name="first", limit=MAX_CHANGES
            )
        window = Window.of(after) if after is not None else _window_since(since)
        reader = info.context.reader()
        conditions = {"locale": plain(locale)} if locale else {}
        events = _events(reader, window, conditions, type, first + 1)
        has_more = len(events) > first
        last = events[first - 1].place if has_more else None
        return RecordChanges(
            nodes=_told(reader, events[:first]), cursor=window.cursor(last), has_more=has_more
        )


def _window_since(since: datetime.datetime | None) -> Window:
    until = Mark.now()
    if since is None:
        return Window(Mark(0, BEGINNING, 0), until)
    place = PlaceChange.objects.filter(at__lte=since).aggregate(Max("pk"))["pk__max"] or 0
    return Window(Mark(until.sequence, since, place), until)


def _events(
    reader: Reader,
    window: Window,
    conditions: dict[str, Any],
    types: list[str] | None,
    limit: int,
) -> list[Event]:
    """So many events of a window, in order; of a record that may not be read, that it may not."""
    rows = reader.ever().filter(**conditions).defer("snapshot")
    changes = PlaceChange.objects.select_related("address")
    places = {**conditions, **reader.place}
    changes = changes.filter(**{f"address__{name}": value for name, value in places.items()})
    if types:
        rows = rows.filter(type__in=types)
        of_type = Publication.objects.filter(address=OuterRef("address"), type__in=types)
        changes = changes.filter(Exists(of_type))
    sources = [
        _begun(window, rows, limit),
        _ended(window, rows, limit),
        _withdrawn(window, rows, limit),
        _placed(reader, window, changes, limit),
    ]
    return list(merge(*sources, key=lambda event: event.place))[:limit]


def _begun(window: Window, rows: QuerySet, limit: int) -> Iterable[Event]:
    """Versions that readers got: what was replaced before it began, or withdrawn, is not told."""
    rows = _ever_public(rows).annotate(follows=follows_another())
    for row in window.rows(rows, "effective_from", 0)[:limit]:
        kind = "changed" if row.follows else "created"
        yield Event(Place(row.effective_from, 0, row.sequence), kind, row)


def _ended(window: Window, rows: QuerySet, limit: int) -> Iterable[Event]:
    """Versions whose time is over, where nothing took their place at that moment."""
    after = Publication.objects.filter(
        address=OuterRef("address"),
        sequence__gt=OuterRef("sequence"),
        effective_from=OuterRef("effective_until"),
    )
    rows = _ever_public(rows).filter(~Exists(after))
    for row in window.rows(rows, "effective_until", 1)[:limit]:
        yield Event(Place(row.effective_until, 1, row.sequence), "expired", row)


def _withdrawn(window: Window, rows: QuerySet, limit: int) -> Iterable[Event]:
    """Notes of withdrawals; of what was withdrawn before it began nobody may know."""
    withdrawn = Publication.objects.filter(
        address=OuterRef("address"),
        kind=Publication.Kind.PUBLICATION,
        withdrawn_at=OuterRef("effective_from"),
        effective_from__lt=OuterRef("effective_from"),
    )
    notes = rows.filter(Exists(withdrawn), kind=Publication.Kind.WITHDRAWAL).defer(None)
    for row in window.rows(notes, "effective_from", 2)[:limit]:
        yield Event(Place(row.effective_from, 2, row.sequence), "withdrawn", row)


def _placed(reader: Reader, window: Window, changes: QuerySet, limit: int) -> Iterable[Event]:
    """Moves, and pages that became, or are no more, for some readers only."""
    readable = reader.ever().filter(address=OuterRef("address"))
    public = reader.effective().filter(address=OuterRef("address"))
    known = _ever_public(Publication.objects.filter(address=OuterRef("address")))
    known = known.filter(effective_from__lt=OuterRef("at"))
    restricted = Q(kind=PlaceChange.Kind.RESTRICTED) & ~Exists(readable) & Exists(known)
    told = restricted | ~Q(kind=PlaceChange.Kind.RESTRICTED) & Exists(public)
    kind_of = {"moved": "moved", "restricted": "restricted", "opened": "created"}
    types = Publication.objects.filter(address=OuterRef("address")).order_by("-sequence")
    rows = changes.filter(told).annotate(type=types.values("type")[:1])
    for row in window.places(rows, 3)[:limit]:
        yield Event(Place(row.at, 3, row.pk), kind_of[row.kind], row)


def _ever_public(rows: QuerySet) -> QuerySet:
    lasting = Q(effective_until__isnull=True) | Q(effective_until__gt=F("effective_from"))
    return rows.filter(lasting, **_PUBLISHED)


def _told(reader: Reader, events: list[Event]) -> list[RecordChange]:
    """With the records as they are now: one query."""
    ids = {event.address.pk for event in events}
    standing = reader.read(reader.effective().filter(address__in=ids)) if ids else []
    now = {row.address_id: row for row in standing}
    return [_change(event, now.get(event.address.pk)) for event in events]


def _change(event: Event, node: Publication | None) -> RecordChange:
    address = event.address
    is_withdrawal = event.kind == "withdrawn"
    old_path = getattr(event.row, "old_path", "") if event.kind == "moved" else ""
    return RecordChange(
        kind=event.kind,
        at=event.place.at,
        id=f"{address.subject}:{address.locale}",
        type=event.row.type,
        locale=address.locale,
        permanent_id=address.short_id,
        permanent_path=permanent_path_of(address),
        path=str(address) if node and address.path else None,
        old_path=f"/{address.locale}{old_path}" if old_path else None,
        reason=event.row.data["reason"] if is_withdrawal else None,
        node=node,
    )
