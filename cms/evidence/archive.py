"""One item's whole history as a sealed ZIP that outsiders can check without this system."""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils import timezone

from cms.evidence import signing_key
from cms.publication.models import Address, PinnedFile, Publication
from cms.publication.verify import RecordBroken, verified_history
from cms.signoff.chain import ChainedRecord
from cms.signoff.models import Signature
from cms.snapshot.snapshot import canonical_json

FORMAT = "prakat-evidence/1"
_ENCLOSURES = Path(__file__).parent / "enclosures"
_ENCLOSED = ("README.en.txt", "README.th.txt", "verify.py")
_CHUNK = 1 << 20
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP knows: the same bytes on every day
_REGULAR_FILE = 0o100644 << 16


class _Archive:
    """A ZIP in the making that remembers the hash and size of each member."""

    def __init__(self, target: IO[bytes]) -> None:
        # Stored, not compressed: the bytes depend on no version of a compressor.
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_STORED)
        self.members: list[dict[str, Any]] = []

    def add(self, name: str, chunks: Iterator[bytes] | bytes) -> str:
        """Adds a member and returns its SHA-256."""
        entry = zipfile.ZipInfo(name, _MOMENT)
        entry.external_attr = _REGULAR_FILE
        digest, size = hashlib.sha256(), 0
        with self._zip.open(entry, "w", force_zip64=True) as member:
            for chunk in [chunks] if isinstance(chunks, bytes) else chunks:
                member.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.members.append({"path": name, "sha256": digest.hexdigest(), "size": size})
        return digest.hexdigest()

    def __enter__(self) -> "_Archive":
        return self

    def __exit__(self, *_problem: object) -> None:
        """Writes the ZIP's own list of members."""
        self._zip.close()


def sealed_archive(address: Address) -> IO[bytes]:
    """A temporary file with the archive of one subject in one language, at its beginning.

    The same record gives the same bytes. What has not begun is left out, as are signatures on
    contents that never became public. The caller has checked who asks, and closes the file.
    Raises `RecordBroken` where the record does not hold.
    """
    now = timezone.now()
    history = [row for row in verified_history(address) if row.effective_from <= now]
    signatures = _signatures(address, history)
    target = tempfile.TemporaryFile()  # noqa: SIM115 (the caller's to close)
    try:
        _write(target, address, history, signatures)
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return target


def _write(
    target: IO[bytes],
    address: Address,
    history: list[Publication],
    signatures: list[Signature],
) -> None:
    with _Archive(target) as archive:
        for name in _ENCLOSED:
            archive.add(name, (_ENCLOSURES / name).read_bytes())
        archive.add("public-key.txt", signing_key.key_text().encode())
        for text in sorted({row.snapshot for row in history}):
            archive.add(
                f"snapshots/{hashlib.sha256(text.encode()).hexdigest()}.json", text.encode()
            )
        for row in history:
            archive.add(f"publications/{row.sequence:09d}.json", _as_json(_publication(row)))
        for signature in signatures:
            archive.add(f"signatures/{signature.sequence:09d}.json", _as_json(_record(signature)))
        for name, records in (("publications", history), ("signatures", signatures)):
            archive.add(f"chain/{name}.txt", _links(records))
        for pinned, filename in _files(history):
            _add_file(archive, pinned, filename)
        manifest = _as_json(_manifest(address, history, signatures, archive.members))
        archive.add("manifest.json", manifest)
        archive.add("manifest.sig", f"{signing_key.sign(manifest).hex()}\n".encode())
        archive.add("manifest.hmac", f"{signing_key.seal(manifest)}\n".encode())


def _signatures(address: Address, history: list[Publication]) -> list[Signature]:
    """Every signature on a content of this history, in order; those of drafts stay inside."""
    found = Signature.objects.filter(
        subject=address.subject,
        locale=address.locale,
        content_hash__in={row.content_hash for row in history},
    )
    signatures = list(found.order_by("sequence"))
    for signature in signatures:
        if signature.own_hash != signature.expected_hash():
            raise RecordBroken(f"Signature {signature.sequence} was changed")
    return signatures


def _record(record: ChainedRecord) -> dict[str, Any]:
    """A row of a chain: its place, and all that its hash covers."""
    return {
        "sequence": record.sequence,
        "previousHash": record.previous_hash,
        "ownHash": record.own_hash,
        "sealed": record.sealed_values(),
    }


def _publication(row: Publication) -> dict[str, Any]:
    """With what follows from later rows, and is not under this row's seal."""
    return {
        **_record(row),
        "effectiveUntil": row.effective_until and row.effective_until.isoformat(),
        "withdrawnAt": row.withdrawn_at and row.withdrawn_at.isoformat(),
    }


def _links(records: list[Any]) -> Iterator[bytes]:
    """The chain from the first of these records to the last, other items' places without content.

    So the links between them can be followed; what stands there nobody can tell from a hash.
    """
    if not records:
        return
    rows = type(records[0])._default_manager.filter(
        sequence__gte=records[0].sequence, sequence__lte=records[-1].sequence
    )
    places = rows.order_by("sequence").values_list("sequence", "previous_hash", "own_hash")
    for sequence, previous_hash, own_hash in places.iterator(chunk_size=2000):
        yield f"{sequence} {previous_hash} {own_hash}\n".encode()


def _files(history: list[Publication]) -> list[tuple[PinnedFile, str]]:
    """Every file that these publications name, under the names that they give it."""
    names = {
        (sha256, file["filename"]) for row in history for sha256, file in row.data["files"].items()
    }
    pinned = PinnedFile.objects.in_bulk({sha256 for sha256, _ in names}, field_name="sha256")
    return [(pinned[sha256], filename) for sha256, filename in sorted(names)]


def _add_file(archive: _Archive, pinned: PinnedFile, filename: str) -> None:
    storage = PinnedFile.storage()
    if not storage.exists(pinned.storage_name):
        raise RecordBroken(f"File {filename}: missing ({pinned.sha256})")
    with storage.open(pinned.storage_name) as stream:
        chunks = iter(lambda: stream.read(_CHUNK), b"")
        if archive.add(f"files/{pinned.sha256}/{filename}", chunks) != pinned.sha256:
            raise RecordBroken(f"File {filename}: changed ({pinned.sha256})")


def _manifest(
    address: Address,
    history: list[Publication],
    signatures: list[Signature],
    members: list[dict[str, Any]],
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "office": {"th": settings.SITE_NAME_TH, "en": settings.SITE_NAME_EN},
        "site": settings.BASE_URL,
        "subject": str(address.subject),
        "language": address.locale,
        "title": history[-1].title if history else "",
        "publications": [row.sequence for row in history],
        "signatures": [signature.sequence for signature in signatures],
        "members": sorted(members, key=lambda member: member["path"]),
    }


def _as_json(value: dict[str, Any]) -> bytes:
    """Canonical, then laid out for people: the same bytes for the same value."""
    ordered = json.loads(canonical_json(value))
    return (json.dumps(ordered, ensure_ascii=False, indent=2) + "\n").encode()
