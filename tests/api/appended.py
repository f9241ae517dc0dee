"""Public records without their signing: for questions about what stands there already."""

import uuid
from typing import Any

from django.utils import timezone

from cms.publication import search_index
from cms.publication.models import Address, Publication, facets
from cms.snapshot.snapshot import canonical_json, sha256
from tests.office import Office


def append(office: Office, type_name: str = "NewsPage", **values: Any) -> Publication:
    """A publication of any type below the section for news, as `publish` writes it.

    `title`, `locale`, `has_page`, `files`, `begins` and `ends` (moments) apart, `values` are the
    fields of its snapshot.
    """
    title, locale = values.pop("title", type_name), values.pop("locale", "th")
    begins, ends = values.pop("begins", timezone.now()), values.pop("ends", None)
    has_page, files = values.pop("has_page", True), values.pop("files", {})
    subject, slug = str(uuid.uuid4()), f"a-{uuid.uuid4().hex[:8]}"
    nothing: dict[str, Any] = {"summary": "", "official_information": [], "attachments": []}
    data = {
        "schema": 2,
        "type": type_name,
        "subject": subject,
        "locale": locale,
        "title": title,
        "fields": {**(nothing if has_page else {}), **values},
        "effectiveFrom": None,
        "effectiveUntil": None,
        "parent": str(office.news.translation_key) if has_page else None,
        "slug": slug if has_page else None,
        "inMenu": False,
        "files": files,
        "references": sorted({values["department"]} if values.get("department") else ()),
        "signing": {"needsExecutive": False, "assessment": None},
    }
    text = canonical_json(data)
    publication = Publication.append(
        address=Address.objects.create(
            subject=subject,
            locale=locale,
            short_id=uuid.uuid4().hex,
            path=f"/news/{slug}/" if has_page else None,
        ),
        kind=Publication.Kind.PUBLICATION,
        snapshot=text,
        content_hash=sha256(text),
        signatures="[]",
        published_at=timezone.now(),
        effective_from=begins,
        effective_until=ends,
        **facets(data),
    )
    search_index.write(publication)
    return publication
