"""What left the public by a withdrawal: for feeds, calendars and whoever keeps a copy."""

import datetime
from typing import Any

import graphene
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from cms.publication.models import Publication
from content_api.connections import connection, paging_arguments, slice_of
from content_api.filters import filtered, plain
from content_api.reader import Reader, reader_of
from content_api.results import Gone
from content_api.scalars import Date, DateTime, Locale
from content_api.types import SignOffStep, permanent_path


class Withdrawn(graphene.ObjectType):
    """The note that stays of a withdrawn record: its title, the reason, who signed."""

    id = graphene.ID(required=True, description="Of the record, as before.")
    type = graphene.String(required=True, description="What it was, e.g. NewsPage.")
    title = graphene.String(required=True)
    permanent_id = graphene.String(required=True)
    permanent_path = graphene.String(required=True, description="Answers 410 with the reason.")
    withdrawn_at = DateTime(required=True)
    reason = graphene.String(required=True)
    ground_label = graphene.String(
        description="Why it went before the minimum period of a procurement notice was over."
    )
    begins_on = Date(description="The day on which a withdrawn event was to begin.")
    finishes_on = Date(description="The last day of a withdrawn event.")
    sign_off = graphene.List(graphene.NonNull(SignOffStep), required=True)

    @staticmethod
    def resolve_id(note: Publication, info: Any) -> str:
        """Stable for ever."""
        return f"{note.subject}:{note.locale}"

    @staticmethod
    def resolve_permanent_id(note: Publication, info: Any) -> str:
        """The short id."""
        return note.address.short_id

    @staticmethod
    def resolve_permanent_path(note: Publication, info: Any) -> str:
        """Below the origin."""
        return permanent_path(note)

    @staticmethod
    def resolve_withdrawn_at(note: Publication, info: Any) -> datetime.datetime:
        """The moment of the second signature."""
        return note.effective_from

    @staticmethod
    def resolve_reason(note: Publication, info: Any) -> str:
        """Written for the public by who asked for it."""
        return note.data["reason"]

    @staticmethod
    def resolve_ground_label(note: Publication, info: Any) -> str | None:
        """In the language of the record."""
        return Gone.resolve_ground_label(note, info)

    @staticmethod
    def resolve_begins_on(note: Publication, info: Any) -> datetime.date | None:
        """Of events only: whoever has it in a calendar must find it."""
        return note.began_on if note.type == "EventPage" else None  # type: ignore[attr-defined]

    @staticmethod
    def resolve_finishes_on(note: Publication, info: Any) -> datetime.date | None:
        """As `begins_on`."""
        return note.finished_on if note.type == "EventPage" else None  # type: ignore[attr-defined]

    @staticmethod
    def resolve_sign_off(note: Publication, info: Any) -> list[Any]:
        """In signing order."""
        return reader_of(note).signatures(note)


WithdrawnConnection = connection("Withdrawn", Withdrawn)


class WithdrawalQueries:
    """The root field about withdrawals."""

    withdrawals = graphene.Field(
        WithdrawnConnection,
        required=True,
        locale=Locale(required=True, default_value="th"),
        since=DateTime(description="Not earlier than this; default: thirty days ago."),
        type=graphene.List(graphene.NonNull(graphene.String), description="Type names."),
        kind=graphene.List(
            graphene.NonNull(graphene.String), description="Keys of the field `kind` it had."
        ),
        **paging_arguments,
        description="What was withdrawn and not published again since, the latest first.",
    )

    @staticmethod
    def resolve_withdrawals(
        root: Any,
        info: Any,
        locale: str,
        since: datetime.datetime | None = None,
        type: list[str] | None = None,
        kind: list[str] | None = None,
        **paging: Any,
    ) -> Any:
        """One query."""
        # From a midnight on, so that the answer stays the same for a day.
        since = since or _midnight_before(datetime.timedelta(days=30))
        reader = info.context.reader()
        rows = _notes(reader).filter(locale=plain(locale), effective_from__gte=since)
        rows = filtered(rows, {"type": type}, plain(locale))
        if kind:
            keys = [key.lower().replace("_", "-") for key in kind]
            rows = rows.filter(was_kind__in=keys)
        return slice_of(rows, ("-effective_from", "-id"), paging, reader.read)


def _midnight_before(span: datetime.timedelta) -> datetime.datetime:
    day = timezone.localdate() - span
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def _notes(reader: Reader) -> QuerySet:
    """The notes of withdrawals that are the last word on their record."""
    later = Publication.objects.filter(
        address=OuterRef("address"), sequence__gt=OuterRef("sequence")
    )
    withdrawn = Publication.objects.filter(
        address=OuterRef("address"),
        kind=Publication.Kind.PUBLICATION,
        withdrawn_at=OuterRef("effective_from"),
    ).order_by("-sequence")
    return (
        reader.ever()
        .told()
        .filter(~Exists(later), kind=Publication.Kind.WITHDRAWAL)
        .annotate(
            was_kind=Subquery(withdrawn.values("category")[:1]),
            began_on=Subquery(withdrawn.values("begins_on")[:1]),
            finished_on=Subquery(withdrawn.values("finishes_on")[:1]),
        )
    )
