"""A public record with very many rows, made in bulk: copies of one publication."""

import json
import uuid
from typing import Any

from cms.publication.models import Address, Publication


def many_publications(model: Publication, number: int) -> None:
    """Adds copies of a publication, each of a subject and at an address of its own.

    Their hashes are made up: such a record can be counted, not verified.
    """
    last: Any = Publication.objects.order_by("-sequence").first()
    address = model.address
    addresses, rows = [], []
    for place in range(1, number + 1):
        subject = uuid.uuid4()
        path = f"{address.path}{subject.hex}/" if address.path else None
        place_of = {"subject": subject, "short_id": subject.hex, "path": path}
        addresses.append(_copy(address, **place_of))
        snapshot = json.loads(model.snapshot)
        snapshot["subject"] = str(subject)
        rows.append(
            _copy(
                model,
                sequence=last.sequence + place,
                subject=subject,
                snapshot=json.dumps(snapshot, ensure_ascii=False),
                previous_hash=f"{place:064d}",
                own_hash=f"{subject.hex:0>64}",
            )
        )
    made = Address.objects.bulk_create(addresses, batch_size=500)
    for row, place in zip(rows, made, strict=True):
        row.address = place
    Publication.objects.bulk_create(rows, batch_size=200)


def _copy(row: Any, **changes: Any) -> Any:
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)(**{**{name: getattr(row, name) for name in names}, **changes})
