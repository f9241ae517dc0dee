"""The snapshot of a draft: the exact JSON that people sign and the public reads."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models.fields.files import FieldFile
from wagtail.models import Page, Revision, TranslatableMixin

from cms.snapshot.fields import Files, field_value, plain

SCHEMA_VERSION = 1


def canonical_json(value: Any) -> str:
    """One text for one value, on every database: keys sorted, no spaces, Thai left as it is."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Snapshot:
    """What one revision says, ready to be signed.

    `data` is the public record; `sources` maps each SHA-256 that it names to the private file
    that publication copies from.
    """

    data: dict[str, Any]
    sources: dict[str, FieldFile] = field(default_factory=dict, compare=False)

    @cached_property
    def text(self) -> str:
        """The canonical JSON: the same text for the same revision, whatever the database."""
        return canonical_json(self.data)

    @cached_property
    def content_hash(self) -> str:
        """What people sign: the SHA-256 of `text`."""
        return sha256(self.text)


def snapshot_of(instance: TranslatableMixin) -> Snapshot:
    """The snapshot of a page or signable snippet as it stands in memory.

    Raises `MissingFile` where a file that it names is not in storage.
    """
    if isinstance(instance, Page):
        instance = instance.specific
    files = Files()
    data = {
        "schema": SCHEMA_VERSION,
        "type": type(instance).__name__,
        "subject": str(instance.translation_key),
        "locale": instance.locale.language_code,
        "title": plain(instance.title),
        "fields": {
            name: field_value(instance, name, files) for name in sorted(instance.public_fields)
        },
        "effectiveFrom": plain(instance.go_live_at),
        "effectiveUntil": plain(instance.expire_at),
        "signing": _signing(instance),
        **_place(instance),
    }
    data["files"] = files.described
    return Snapshot(data, files.sources)


def latest_snapshot(instance: TranslatableMixin) -> Snapshot:
    """The snapshot of the newest draft of a page or snippet, whatever its database row says."""
    revision: Revision | None = instance.get_latest_revision()
    return snapshot_of(revision.as_object() if revision else instance)


def _signing(instance: TranslatableMixin) -> dict[str, Any]:
    """What decides who must sign, bound into the hash; the assessment itself stays private."""
    assessment = [getattr(instance, name, "") for name in ("benefits", "harms", "after_effects")]
    return {
        "needsExecutive": instance.needs_executive,
        "assessment": sha256(canonical_json(assessment)) if any(assessment) else None,
    }


def _place(instance: TranslatableMixin) -> dict[str, Any]:
    """Where a page stands: its own slug and the record above it; a snippet stands nowhere."""
    if not isinstance(instance, Page):
        return {"parent": None, "slug": None, "inMenu": False}
    parent = instance.get_parent()
    if parent is None or parent.is_root():
        return {"parent": None, "slug": "", "inMenu": instance.show_in_menus}
    return {
        "parent": str(parent.translation_key),
        "slug": instance.slug,
        "inMenu": instance.show_in_menus,
    }
