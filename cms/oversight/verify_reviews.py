"""Recomputes what each review claims from the signature that seals it."""

from collections.abc import Iterator

from cms.oversight.models import Review
from cms.oversight.reviews import REVIEWING_ROLES, review_hash
from cms.publication.verify_releases import RecordBroken
from cms.signoff.models import Decision, Signature


def verify_reviews() -> Iterator[Review]:
    """Yields each review once it was checked, in constant memory.

    The signatures themselves are a chain, which `Signature.verified` checks. Raises `RecordBroken`
    for a review that says otherwise than was signed, and for a signature whose review is gone.
    """
    reviewed = 0
    rows = Review.objects.select_related("publication").defer("publication__snapshot")
    for row in rows.order_by("pk").iterator(chunk_size=500):
        _verify(row)
        reviewed += 1
        yield row
    if Signature.objects.filter(decision=Decision.CONFIRM).count() != reviewed:
        raise RecordBroken("Reviews are missing")


def _verify(row: Review) -> None:
    signature = Signature.objects.filter(sequence=row.signature).first()
    if signature is None or (
        signature.decision,
        signature.content_hash,
        signature.comment,
        signature.signed_at,
    ) != (
        Decision.CONFIRM,
        review_hash(row.publication, row.next_due, row.note),
        row.note,
        row.reviewed_at,
    ):
        raise RecordBroken(f"Review {row.pk}: it is not what was signed")
    if signature.role not in REVIEWING_ROLES:
        raise RecordBroken(f"Review {row.pk}: it was not signed by who reviews")
