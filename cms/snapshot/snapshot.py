"""The snapshot of a draft: the exact JSON that people sign and the public reads."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models.fields.files import FieldFile
from wagtail.models import Page, Revision, TranslatableMixin

from cms.snapshot.fields import References, field_value, plain

SCHEMA_VERSION = 2


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
    that publication copies from; `draft` is the page or record that it was made of.
    """

    data: dict[str, Any]
    sources: dict[str, FieldFile] = field(default_factory=dict, compare=False)
    draft: Any = field(default=None, compare=False)

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
    references = References(instance.locale.language_code)
    data = {
        "schema": SCHEMA_VERSION,
        "type": type(instance).__name__,
        "subject": str(instance.translation_key),
        "locale": instance.locale.language_code,
        "title": plain(instance.title),
        "fields": {
            name: field_value(instance, name, references) for name in sorted(instance.public_fields)
        },
        "effectiveFrom": plain(instance.go_live_at),
        "effectiveUntil": plain(instance.expire_at),
        "signing": _signing(instance),
        **_place(instance),
    }
    data["files"] = references.described
    data["references"] = sorted(references.subjects)
    return Snapshot(data, references.sources, instance)


def latest_snapshot(instance: TranslatableMixin) -> Snapshot:
    """The snapshot of the newest draft of a page or snippet, whatever its database row says."""
    revision: Revision | None = instance.get_latest_revision()
    return snapshot_of(revision.as_object() if revision else instance)


def _signing(instance: TranslatableMixin) -> dict[str, Any]:
    """What decides who must sign, bound into the hash; the assessment itself stays private."""
    assessment = [getattr(instance, name, "") for name in ("benefits", "harms", "after_effects")]
    signing = {
        "needsExecutive": instance.needs_executive,
        "assessment": sha256(canonical_json(assessment)) if any(assessment) else None,
    }
    # Of the class, never of the instance: nothing that a draft holds can shorten its path.
    return {**signing, "quickPath": True} if takes_quick_path(type(instance).__name__) else signing


def takes_quick_path(type_name: str) -> bool:
    """Whether records of a type are released by two people (4.1): alerts, and nothing else."""
    try:
        model = apps.get_model("pages", type_name)
    except LookupError:
        return False
    return getattr(model, "takes_quick_path", False)


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
