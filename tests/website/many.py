"""Many public records at once: copies of one that was published, without signing each."""

import json
import uuid
from collections.abc import Callable
from typing import Any

from cms.publication.models import Address, Publication, facets


def multiply(
    publication: Publication, count: int, change: Callable[[dict[str, Any], int], None]
) -> None:
    """Appends `count` copies to the public record, each changed by `change(snapshot, number)`."""
    for number in range(count):
        data = json.loads(publication.snapshot)
        data["subject"] = str(uuid.uuid4())
        data["slug"] = f"{data['slug']}-{number}"
        data["title"] = f"{data['title']} {number}"
        change(data, number)
        path = f"{publication.address.path.rstrip('/')}-{number}/"
        address = Address.objects.create(
            subject=data["subject"], locale=data["locale"], short_id=uuid.uuid4().hex, path=path
        )
        Publication.append(
            address=address,
            kind=Publication.Kind.PUBLICATION,
            snapshot=json.dumps(data),
            content_hash=publication.content_hash,
            signatures=publication.signatures,
            published_at=publication.published_at,
            effective_from=publication.effective_from,
            **facets(data),
        )


def publication_of(item: Any) -> Publication:
    """The public record of a page."""
    return Publication.objects.effective().get(
        subject=item.translation_key, locale=item.locale.language_code
    )
