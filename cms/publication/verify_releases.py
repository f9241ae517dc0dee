"""Checks that what was signed together was published together, and nothing was left out."""

from collections.abc import Iterator

from cms.publication.models import Publication
from cms.signoff.models import Decision, ReleaseAct, Signature
from cms.signoff.release_content import entry_of
from cms.snapshot.snapshot import canonical_json, sha256


class RecordBroken(Exception):
    """A publication, file, address or release is not what the signatures say."""


def verify_release_acts() -> Iterator[ReleaseAct]:
    """Yields every act after it was checked: it made one signature for each item that it names.

    Raises `RecordBroken` where it did not, and where a signature names a release without an act.
    """
    claimed: set[int] = set()
    for act in ReleaseAct.verified():
        name = f"Act {act.sequence} on a release"
        if canonical_json(act.data) != act.manifest or sha256(act.manifest) != act.manifest_hash:
            raise RecordBroken(f"{name}: the manifest was changed")
        sequences = act.signature_sequences
        if claimed & set(sequences):
            raise RecordBroken(f"{name}: its signatures belong to another act")
        claimed.update(sequences)
        if _signed(act, sequences) != sorted(map(_words, act.data["items"])):
            raise RecordBroken(f"{name}: its signatures are not those of its items")
        yield act
    naming = Signature.objects.exclude(release="").values_list("sequence", flat=True)
    if alone := set(naming) - claimed:
        raise RecordBroken(f"Signature {min(alone)} names a release that nobody signed")


def _signed(act: ReleaseAct, sequences: list[int]) -> list[tuple[str, ...]]:
    """Subject, language and hash of what was signed in this act, by the signatures themselves."""
    rows = Signature.objects.filter(
        sequence__in=sequences,
        release=act.release,
        role=act.role,
        decision=act.decision,
        user_id=act.user_id,
        signed_at=act.signed_at,
    )
    return sorted((row.subject_text, row.locale, row.content_hash) for row in rows)


def verify_releases() -> None:
    """Raises `RecordBroken` unless each release whose last person signed is public as a whole.

    Each item has one publication made of that act's signature, at the moment of that act.
    """
    for act in ReleaseAct.objects.filter(decision=Decision.APPROVE):
        if act.role != act.data["roles"][-1]:
            continue
        items = act.data["items"]
        rows = Publication.objects.filter(
            subject__in={entry["subject"] for entry in items},
            kind=Publication.Kind.PUBLICATION,
            published_at=act.signed_at,
        )
        sequences = set(act.signature_sequences)
        public = [
            entry_of(row.data, row.content_hash)
            for row in rows
            if row.signature_sequences[-1] in sequences
        ]
        if sorted(map(_words, public)) != sorted(map(_words, items)):
            raise RecordBroken(f"Act {act.sequence} on a release: an item of it is not public")


def _words(entry: dict[str, str]) -> tuple[str, ...]:
    return entry["subject"], entry["locale"], entry["hash"]
