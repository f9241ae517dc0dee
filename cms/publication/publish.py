"""The only door into the public record."""

import datetime
import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from cms.publication.addresses import address_for, move_address, path_problem
from cms.publication.files import pin_files
from cms.publication.models import Publication, facets
from cms.signoff.models import Signature
from cms.signoff.roles import required_roles
from cms.signoff.rounds import standing_signatures
from cms.snapshot.snapshot import Snapshot, latest_snapshot


class NotSigned(PermissionDenied):
    """The signatures that this content needs are not all there."""


@transaction.atomic
def publish(workflow_state: WorkflowState) -> Publication:
    """Inserts the publication of the newest draft of an item, in one transaction.

    Raises `NotSigned` unless every required role signed exactly this content in this run, each
    by another person; `PermissionDenied` where the item cannot stand where it says.
    """
    item = workflow_state.content_object
    snapshot = latest_snapshot(item)
    signatures = standing_signatures(workflow_state)
    check_signatures(snapshot, signatures)
    if problem := publication_problem(snapshot):
        raise PermissionDenied(problem)
    now = timezone.now()
    start, end = time_window(snapshot.data, now)
    address = address_for(snapshot.data)
    close_earlier(address, start)
    publication = Publication.append(
        address=address,
        kind=Publication.Kind.PUBLICATION,
        snapshot=snapshot.text,
        content_hash=snapshot.content_hash,
        signatures=json.dumps([signature.sequence for signature in signatures]),
        published_at=now,
        effective_from=start,
        effective_until=end,
        revision_id=item.get_latest_revision().pk,
        **facets(snapshot.data),
    )
    publication.files.set(pin_files(snapshot))
    move_address(address, snapshot.data)
    return publication


def check_signatures(snapshot: Snapshot, signatures: list[Signature]) -> None:
    """Raises `NotSigned` unless these signatures make this snapshot public."""
    roles = required_roles(snapshot.data["signing"]["needsExecutive"])
    if [signature.role for signature in signatures] != roles:
        raise NotSigned(_("Signatures are missing."))
    if any(signature.content_hash != snapshot.content_hash for signature in signatures):
        raise NotSigned(_("The signatures are for another content."))
    if len({signature.user_id for signature in signatures}) != len(roles):
        raise NotSigned(_("One person signed twice."))
    subject, locale = snapshot.data["subject"], snapshot.data["locale"]
    earlier = Publication.objects.filter(subject=subject, locale=locale).only("signatures")
    used = {sequence for row in earlier for sequence in row.signature_sequences}
    if used & {signature.sequence for signature in signatures}:
        raise NotSigned(_("These signatures were used before."))


def publication_problem(snapshot: Snapshot) -> str:
    """Why this snapshot cannot be published now, in the user's language; empty where it can."""
    start, end = time_window(snapshot.data, timezone.now())
    if end and end <= start:
        return _("The time window is over before it begins.")
    return path_problem(snapshot.data, start)


def time_window(
    data: dict[str, Any], now: datetime.datetime
) -> tuple[datetime.datetime, datetime.datetime | None]:
    """From when to when a snapshot stands: from now, or from the later moment that it names."""
    start = parse_datetime(data["effectiveFrom"]) if data["effectiveFrom"] else None
    end = parse_datetime(data["effectiveUntil"]) if data["effectiveUntil"] else None
    return max(start, now) if start else now, end


def close_earlier(address: Any, start: datetime.datetime) -> None:
    """Ends what stood at an address before; what was to begin later never begins."""
    open_rows = Publication.objects.filter(address=address).filter(
        Q(effective_until__isnull=True) | Q(effective_until__gt=start)
    )
    open_rows.filter(effective_from__gt=start).update(effective_until=F("effective_from"))
    open_rows.filter(effective_from__lte=start).update(effective_until=start)
