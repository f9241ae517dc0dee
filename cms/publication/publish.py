"""The only door into the public record."""

import datetime
import json
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import WorkflowState

from cms.publication import search_index
from cms.publication.addresses import address_for, move_address, path_problem
from cms.publication.correction_notes import note_problem
from cms.publication.files import pin_files
from cms.publication.minimum_periods import period_problem
from cms.publication.models import Address, Publication, facets
from cms.publication.public_changes import ChangeType, announce, change_of, changes_of_moves
from cms.publication.restrictions import note_restrictions
from cms.signoff.chain import lock_chains
from cms.signoff.models import ReleaseAct, Signature
from cms.signoff.release_record import NotWhole, needed_roles
from cms.signoff.releases import place_of_run
from cms.signoff.rounds import standing_signatures
from cms.signoff.signers import division_in, unentitled
from cms.snapshot.snapshot import Snapshot, latest_snapshot, takes_quick_path


class NotSigned(PermissionDenied):
    """The signatures that this content needs are not all there."""


@transaction.atomic
def publish(workflow_state: WorkflowState) -> Publication:
    """Inserts the publication of the newest draft of an item, in one transaction.

    Raises `NotSigned` unless every required role signed exactly this content in this run, each
    by another person; `PermissionDenied` where the item cannot stand where it says.
    """
    lock_chains()
    item = workflow_state.content_object
    snapshot = latest_snapshot(item)
    signatures = standing_signatures(workflow_state)
    act = check_signatures(snapshot, signatures)
    place = place_of_run(workflow_state)
    if (str(place.release.uuid) if place else None) != (act.release if act else None):
        raise NotSigned(_("It is signed with its release, not alone."))
    if problem := publication_problem(snapshot):
        raise PermissionDenied(problem)
    # What is released together is published at one moment, which each row keeps under its seal.
    now = act.signed_at if act else timezone.now()
    start, end = time_window(snapshot.data, now)
    address = address_for(snapshot.data)
    before = address.publications.effective(now).first()
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
    moved = move_address(address, snapshot.data)
    note_restrictions(address, snapshot.data["parent"])
    search_index.write(publication)
    # Of what is to begin later, or is for some readers only, nobody may know.
    if start <= now and not address.restricted_by:
        _tell(publication, moved, before)
    # robust: what follows a publication cannot undo it, so its failures are only logged.
    transaction.on_commit(partial(_announce, publication), robust=True)
    return publication


def _tell(row: Publication, moved: dict[Address, str], before: Publication | None) -> None:
    """Passes on that a record is public now, and what moved with it."""
    former_path, at = moved.get(row.address), row.effective_from
    change = change_of(ChangeType.PUBLISHED, row, at, former_path, before)
    announce([change, *changes_of_moves(moved, at)])


def _announce(publication: Publication) -> None:
    """Tells whoever waits for publications, such as the conversion of datasets."""
    for hook in hooks.get_hooks("after_publication"):
        hook(publication)


def check_signatures(snapshot: Snapshot, signatures: list[Signature]) -> ReleaseAct | None:
    """Raises `NotSigned` unless these signatures make this snapshot public.

    Returns the last act on the release that the snapshot is published with, if there is one.
    """
    quick = bool(snapshot.data["signing"].get("quickPath"))
    if quick != takes_quick_path(snapshot.data["type"]):
        raise NotSigned(_("The quick path is for emergency alerts alone."))
    try:
        roles, act = needed_roles(snapshot.data, snapshot.content_hash, signatures)
    except NotWhole as error:
        raise NotSigned(_("The signatures are not those of one whole release.")) from error
    if [signature.role for signature in signatures] != roles:
        raise NotSigned(_("Signatures are missing."))
    if any(signature.content_hash != snapshot.content_hash for signature in signatures):
        raise NotSigned(_("The signatures are for another content."))
    if len({signature.user_id for signature in signatures}) != len(roles):
        raise NotSigned(_("One person signed twice."))
    if unentitled(signatures, division_in(snapshot.data)):
        raise NotSigned(_("A signer was not entitled to sign for this division."))
    subject, locale = snapshot.data["subject"], snapshot.data["locale"]
    earlier = Publication.objects.filter(subject=subject, locale=locale).only("signatures")
    used = {sequence for row in earlier for sequence in row.signature_sequences}
    if used & {signature.sequence for signature in signatures}:
        raise NotSigned(_("These signatures were used before."))
    return act


def publication_problem(snapshot: Snapshot) -> str:
    """Why this snapshot cannot be published now, in the user's language; empty where it can."""
    start, end = time_window(snapshot.data, timezone.now())
    if end and end <= start:
        return _("The time window is over before it begins.")
    return (
        path_problem(snapshot.data, start)
        or note_problem(snapshot.data)
        or period_problem(snapshot.data, start, end)
    )


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
