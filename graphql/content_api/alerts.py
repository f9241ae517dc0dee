"""The root fields about emergency alerts: those in force, all of them, and one."""

import re
from typing import Any

import graphene
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.publication.models import Publication
from content_api.connections import connection, paging_arguments, slice_of
from content_api.errors import Refused
from content_api.results import Gone
from content_api.types import object_types
from pages.alert_codes import Severity

Alert = object_types["Alert"]
AlertConnection = connection("Alert", Alert)
_SEVERITIES = Severity.values  # the worst first
_IDENTIFIER = re.compile(r"([a-z0-9]{1,32})-([0-9]{1,18})")


class AlertResult(graphene.Union):
    """What an alert's address answers with: the alert, or why it is not public any more."""

    class Meta:
        types = (Alert, Gone)

    @classmethod
    def resolve_type(cls, found: Any, info: Any) -> Any:
        """The note of a withdrawal, or the alert."""
        return Gone if found.kind == Publication.Kind.WITHDRAWAL else Alert


class AlertQueries:
    """The root fields about alerts. An alert has one record for both languages."""

    alerts_in_force = graphene.List(
        graphene.NonNull(Alert),
        required=True,
        description="What every page must show now: the worst first, then the newest.",
    )
    alerts = graphene.Field(
        AlertConnection,
        required=True,
        in_force=graphene.Boolean(description="Only those in force, or only those that are over."),
        **paging_arguments,
        description="Every alert by its latest message, the newest first; withdrawn ones apart.",
    )
    alert = graphene.Field(
        AlertResult,
        permanent_id=graphene.String(description="Of the alert: its latest message."),
        identifier=graphene.String(description="Of one message, instead of a permanent id."),
        description="One alert; null where there never was one.",
    )

    @staticmethod
    def resolve_alerts_in_force(root: Any, info: Any) -> list[Publication]:
        """No query beside the menus', one without. In a preview the draft stands among them."""
        reader, rows = info.context.reader(), info.context.alerts
        if rows is None:
            rows = Publication.objects.effective().filter(type="Alert").select_related("address")
        found = sorted(reader.read(rows), key=lambda row: -row.sequence)
        draft = _draft_of(reader)
        if draft:
            found = [draft, *[row for row in found if row.subject != draft.address.subject]]
        return sorted(found, key=lambda row: _rank(row.data["fields"]["severity"]))

    @staticmethod
    def resolve_alerts(root: Any, info: Any, in_force: bool | None = None, **paging: Any) -> Any:
        """One row for each alert."""
        reader = info.context.reader()
        rows = _messages().filter(sequence=Subquery(_latest().values("sequence")[:1]))
        if in_force is not None:
            goes_on = _goes_on()
            rows = rows.filter(goes_on if in_force else ~goes_on)
        return slice_of(rows, ("-sequence",), paging, reader.read)

    @staticmethod
    def resolve_alert(
        root: Any, info: Any, permanent_id: str | None = None, identifier: str | None = None
    ) -> Any:
        """By the alert's permanent id or a message's identifier."""
        if (permanent_id is None) == (identifier is None):
            raise Refused(_("Give either permanentId or identifier."))
        reader = info.context.reader()
        if draft := _draft_of(reader):
            return draft
        if identifier is None:
            place: dict[str, Any] = {"address__short_id": permanent_id}
        else:
            parts = _IDENTIFIER.fullmatch(identifier)
            if parts is None:
                return None
            place = {"address__short_id": parts[1], "sequence": int(parts[2])}
        found = _messages().filter(**place).order_by("-sequence").first() or _gone(place)
        return reader.read([found])[0] if found else None


def _messages() -> QuerySet:
    """Every message that was ever public and was not withdrawn."""
    return Publication.objects.filter(
        type="Alert",
        kind=Publication.Kind.PUBLICATION,
        withdrawn_at__isnull=True,
        effective_from__lte=timezone.now(),
    ).select_related("address")


def _latest() -> QuerySet:
    rows = Publication.objects.filter(address=OuterRef("address"))
    return rows.order_by("-sequence")


def _goes_on() -> Q:
    return Q(effective_until__isnull=True) | Q(effective_until__gt=timezone.now())


def _gone(place: dict[str, Any]) -> Publication | None:
    """The note of a withdrawn alert, which says why; None where there never was one."""
    withdrawn = Publication.objects.filter(
        type="Alert", kind=Publication.Kind.PUBLICATION, withdrawn_at__isnull=False, **place
    ).first()
    if withdrawn is None:
        return None
    notes = Publication.objects.filter(
        address=withdrawn.address_id, kind=Publication.Kind.WITHDRAWAL
    ).select_related("address")
    return notes.filter(sequence__gt=withdrawn.sequence).order_by("sequence").first()


def _draft_of(reader: Any) -> Publication | None:
    draft = getattr(reader, "draft", None)
    return draft if draft is not None and draft.type == "Alert" else None


def _rank(severity: str) -> int:
    return _SEVERITIES.index(severity) if severity in _SEVERITIES else len(_SEVERITIES)
