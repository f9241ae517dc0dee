"""Recomputes what each submission claims: its seal, its hash, and the records that it names."""

import datetime
from collections.abc import Iterator

from cms.assessors.models import Submission
from cms.oversight.models import Assessment
from cms.publication.models import Publication
from cms.publication.verify_releases import RecordBroken
from cms.snapshot.snapshot import canonical_json, sha256


def verify_submissions() -> Iterator[Submission]:
    """Yields each submission once it was checked, in constant memory.

    Raises `ChainBroken` and `RecordBroken`: where a row was changed or is missing, where its
    content is not what the hash says, and where it names a publication that never was. A chain
    that was cut at its end is whole in itself: the lists know when they were submitted last.
    """
    # Read before the chain: what is submitted meanwhile may be missing here, never there.
    known = Assessment.objects.filter(submitted_at__isnull=False)
    expected = dict(known.values_list("pk", "submitted_at"))
    latest: dict[int, datetime.datetime] = {}
    for row in Submission.verified():
        if sha256(row.content) != row.content_hash or canonical_json(row.data) != row.content:
            raise RecordBroken(f"Submission {row.sequence}: the content was changed")
        _verify_addresses(row)
        latest[row.assessment_id] = row.submitted_at
        yield row
    if any(moment and (pk not in latest or latest[pk] < moment) for pk, moment in expected.items()):
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
