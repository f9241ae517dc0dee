"""Recomputes what each submission claims: its seal, its hash, and the records that it names."""

from collections.abc import Iterator

from cms.assessors.models import Submission
from cms.oversight.models import Assessment
from cms.publication.models import Publication
from cms.publication.verify_releases import RecordBroken
from cms.snapshot.snapshot import canonical_json, sha256


def verify_submissions() -> Iterator[Submission]:
    """Yields each submission once it was checked, in constant memory.

    Raises `ChainBroken` and `RecordBroken`: where a row was changed or is missing, where its
    content is not what the hash says, and where it names a publication that never was.
    """
    seen: set[int] = set()
    for row in Submission.verified():
        if sha256(row.content) != row.content_hash or canonical_json(row.data) != row.content:
            raise RecordBroken(f"Submission {row.sequence}: the content was changed")
        _verify_addresses(row)
        seen.add(row.assessment_id)
        yield row
    submitted = Assessment.objects.filter(submitted_at__isnull=False)
    if set(submitted.values_list("pk", flat=True)) - seen:
        raise RecordBroken("Submissions are missing")


def _verify_addresses(row: Submission) -> None:
    named = {
        (one["publication"], one["contentHash"], one["title"])
        for item in row.data["items"]
        for one in item["addresses"]
        if "publication" in one
    }
    rows = Publication.objects.filter(sequence__in={sequence for sequence, *_rest in named})
    if named - set(rows.values_list("sequence", "content_hash", "title")):
        raise RecordBroken(f"Submission {row.sequence}: it names what was never public")
