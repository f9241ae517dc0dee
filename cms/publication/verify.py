"""Recomputes everything that the public record claims."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from typing import IO

from django.db.models import Model
from django.utils.dateparse import parse_datetime
from wagtail import hooks

from cms.publication.addresses import derived_place
from cms.publication.files import picture_size
from cms.publication.models import Address, PinnedFile, Publication, facets
from cms.publication.verify_releases import RecordBroken, verify_release_acts, verify_releases
from cms.publication.withdraw import EXCEPTION_ROLES
from cms.signoff.models import Decision, Signature
from cms.signoff.release_record import NotWhole, needed_roles
from cms.signoff.roles import Role
from cms.snapshot.fields import content_type_of
from cms.snapshot.snapshot import canonical_json, sha256, takes_quick_path


def verify_publications() -> Iterator[Model]:
    """Yields each signature, act on a release, publication, file and address once it was checked.

    Then what other apps yield by the hook `verify_record`.

    Raises `ChainBroken` or `RecordBroken` at the first that does not hold.
    """
    yield from Signature.verified()
    yield from verify_release_acts()
    yield from _verify_publications()
    verify_releases()
    yield from _verify_files()
    yield from _verify_addresses()
    for hook in hooks.get_hooks("verify_record"):  # what other apps had signed
        yield from hook()


def _verify_publications() -> Iterator[Publication]:
    later: dict[int, list[Publication]] = defaultdict(list)
    rows = list(
        Publication.objects.order_by("sequence").only(
            "address_id", "kind", "effective_from", "sequence"
        )
    )
    for row in rows:
        later[row.address_id].append(row)
    used: set[int] = set()
    for publication in Publication.verified():
        if used & set(publication.signature_sequences):
            raise RecordBroken(f"{_name(publication)}: its signatures were used before")
        used.update(publication.signature_sequences)
        _verify_publication(publication, later[publication.address_id])
        yield publication


def verified_history(address: Address) -> list[Publication]:
    """Everything that was ever published at one address, in order, each row after it was checked.

    Whether rows are missing between them only `verify_publications` can tell. Raises
    `RecordBroken` at the first that does not hold.
    """
    rows = list(address.publications.select_related("address").order_by("sequence"))
    for publication in rows:
        if publication.own_hash != publication.expected_hash():
            raise RecordBroken(f"{_name(publication)} was changed")
        _verify_publication(publication, rows)
    return rows


def _name(publication: Publication) -> str:
    return f"Publication {publication.sequence}"


def _verify_publication(publication: Publication, rows: list[Publication]) -> None:
    """One row against its snapshot, signatures, files and `rows`, all those of its address."""
    name = _name(publication)
    data = publication.data
    if canonical_json(data) != publication.snapshot:
        raise RecordBroken(f"{name}: the snapshot is not canonical")
    if sha256(publication.snapshot) != publication.content_hash:
        raise RecordBroken(f"{name}: the snapshot was changed")
    for column, value in facets(data).items():
        stored = getattr(publication, column)
        if (str(stored) if hasattr(stored, "hex") else stored) != value:
            raise RecordBroken(f"{name}: the column {column} was changed")
    address = publication.address
    if (str(address.subject), address.locale) != (data["subject"], data["locale"]):
        raise RecordBroken(f"{name}: it stands at another's address")
    _verify_signatures(publication, name)
    _verify_window(publication, rows, name)
    pinned = set(publication.files.values_list("sha256", flat=True))
    if pinned != set(data["files"]):
        raise RecordBroken(f"{name}: its files are not pinned")


def _verify_signatures(publication: Publication, name: str) -> None:
    signatures = list(Signature.objects.filter(sequence__in=publication.signature_sequences))
    if publication.kind == Publication.Kind.WITHDRAWAL:
        decision, roles_hold = Decision.WITHDRAW, len(signatures) == 2
        if publication.data.get("ground"):  # before a notice's minimum period was over
            roles_hold &= signatures[-1].role in EXCEPTION_ROLES
    else:
        if publication.data["signing"].get("quickPath") and not takes_quick_path(
            publication.data["type"]
        ):
            raise RecordBroken(f"{name}: it took the quick path of alerts")
        roles = _roles_of(publication, signatures, name)
        decision = Decision.APPROVE
        roles_hold = [signature.role for signature in signatures] == roles
    if not roles_hold or len({signature.user_id for signature in signatures}) != len(signatures):
        raise RecordBroken(f"{name}: signatures are missing")
    for signature in signatures:
        if (signature.content_hash, signature.decision) != (publication.content_hash, decision):
            raise RecordBroken(f"{name}: signature {signature.sequence} is for something else")


def _roles_of(publication: Publication, signatures: list[Signature], name: str) -> list[Role]:
    try:
        roles, act = needed_roles(publication.data, publication.content_hash, signatures)
    except NotWhole as error:
        raise RecordBroken(f"{name}: its release is not whole") from error
    if act and act.signed_at != publication.published_at:
        raise RecordBroken(f"{name}: it was not published with its release")
    return roles


def _verify_window(publication: Publication, rows: list[Publication], name: str) -> None:
    """`effective_until` and `withdrawn_at` follow from what was signed and what came later."""
    followers = [row for row in rows if row.sequence > publication.sequence]
    planned = publication.data.get("effectiveUntil")
    ends = [row.effective_from for row in followers] + (
        [parse_datetime(planned)] if planned else []
    )
    first_end = min((end for end in ends if end), default=None)
    expected = max(first_end, publication.effective_from) if first_end else None
    if publication.effective_until != expected:
        raise RecordBroken(f"{name}: effective_until was changed")
    withdrawals = [row for row in followers if row.kind == Publication.Kind.WITHDRAWAL]
    withdrawn = publication.kind == Publication.Kind.PUBLICATION and withdrawals
    expected = withdrawals[0].effective_from if withdrawn else None
    if publication.withdrawn_at != expected:
        raise RecordBroken(f"{name}: withdrawn_at was changed")


def _verify_files() -> Iterator[PinnedFile]:
    storage = PinnedFile.storage()
    for pinned in PinnedFile.objects.order_by("pk").iterator():
        if not storage.exists(pinned.storage_name):
            raise RecordBroken(f"File {pinned.filename}: missing ({pinned.sha256})")
        with storage.open(pinned.storage_name) as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != pinned.sha256:
                raise RecordBroken(f"File {pinned.filename}: changed ({pinned.sha256})")
            stream.seek(0)
            if _described(pinned) != _measured(pinned, stream):
                raise RecordBroken(f"File {pinned.filename}: described otherwise than it is")
        yield pinned


def _described(pinned: PinnedFile) -> tuple:
    return pinned.content_type, pinned.size, pinned.width, pinned.height


def _measured(pinned: PinnedFile, stream: IO[bytes]) -> tuple:
    """Type by the name, size and (where the row claims one) picture size by the bytes."""
    size = stream.seek(0, 2)
    stream.seek(0)
    width = height = None
    if pinned.width is not None:
        width, height = picture_size(stream)
    return content_type_of(pinned.filename), size, width, height


def _verify_addresses() -> Iterator[Address]:
    for address in Address.objects.order_by("pk").iterator():
        latest = address.publications.order_by("-sequence").first()
        if latest is None:
            raise RecordBroken(f"Address {address}: nothing was published there")
        root = address.root
        if latest.kind == Publication.Kind.WITHDRAWAL:
            expected = None
        else:
            expected, root = derived_place(latest.data)
            if expected is None and latest.data["slug"] is not None:  # the parent is gone
                expected, root = address.path, address.root
        if (address.path, address.root) != (expected, root):
            raise RecordBroken(f"Address {address}: it should be {expected}")
        yield address
