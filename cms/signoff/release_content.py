"""What a release holds now: its items as drafts, and the manifest that people sign."""

import functools
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Revision, WorkflowState

from cms.signoff.releases import Release, ReleaseItem, place_of
from cms.signoff.roles import Role, required_roles
from cms.snapshot.fields import MissingFile
from cms.snapshot.snapshot import Snapshot, canonical_json, latest_snapshot, sha256


@dataclass
class Part:
    """One item of a release as it stands now.

    `item` is None where somebody deleted it; `snapshot` is None then, and where a file that the
    draft names is missing. `problem` says so.
    """

    row: ReleaseItem
    item: Any
    revision: Revision | None
    snapshot: Snapshot | None
    problem: str

    @property
    def run(self) -> WorkflowState:
        """The workflow run that the release began for it; raises `LookupError` without one."""
        if self.row.run is None:
            raise LookupError(self.name)
        return self.row.run

    @property
    def content(self) -> Snapshot:
        """The snapshot, where it was looked at before that there is one."""
        if self.snapshot is None:
            raise LookupError(self.problem)
        return self.snapshot

    @property
    def draft(self) -> Any:
        """The page or record as its newest draft says."""
        return self.revision.as_object() if self.revision else self.item

    @property
    def name(self) -> str:
        """Title and language, for messages."""
        if self.item is None:
            return _("a deleted item")
        language = self.draft.locale.get_display_name()
        return f"{self.draft.title} ({language})"


@dataclass(frozen=True)
class Manifest:
    """What people sign: everything that is released together."""

    data: dict[str, Any]

    @functools.cached_property
    def text(self) -> str:
        """The canonical JSON."""
        return canonical_json(self.data)

    @functools.cached_property
    def content_hash(self) -> str:
        """The SHA-256 of `text`."""
        return sha256(self.text)


def parts_of(release: Release) -> list[Part]:
    """The items, those that stand above others first: addresses follow from what is above."""
    rows = release.items.select_related(
        "content_type", "run__workflow", "run__current_task_state"
    ).prefetch_related("content_object")
    parts = [_part(row) for row in rows]
    return sorted(parts, key=lambda part: getattr(part.item, "depth", 0) or 0)


def _part(row: ReleaseItem) -> Part:
    item = row.content_object
    if item is None:
        return Part(row, None, None, None, _("This item was deleted. Remove it."))
    revision = item.get_latest_revision()
    if revision:  # Wagtail reads it for its log and for each step: it gets the same
        revision.as_object = functools.cache(revision.as_object)
    try:
        return Part(row, item, revision, latest_snapshot(item), "")
    except MissingFile as error:
        return Part(row, item, revision, None, str(error))


def manifest_of(release: Release, parts: list[Part]) -> Manifest | None:
    """What would be signed now; None where an item or one of its files is missing."""
    snapshots = [part.snapshot for part in parts if part.snapshot]
    if len(snapshots) < len(parts):
        return None
    items = sorted(
        (entry_of(snapshot.data, snapshot.content_hash) for snapshot in snapshots), key=_key
    )
    return Manifest(
        {
            "release": str(release.uuid),
            "title": release.title,
            "round": release.round,
            "roles": roles_for(snapshots),
            "items": sorted(items, key=_key),
        }
    )


def entry_of(data: dict[str, Any], content_hash: str) -> dict[str, str]:
    """What a manifest says of one item, by its snapshot."""
    return {
        "subject": data["subject"],
        "locale": data["locale"],
        "type": data["type"],
        "title": data["title"],
        "hash": content_hash,
    }


def _key(entry: dict[str, str]) -> tuple[str, str]:
    return entry["subject"], entry["locale"]


def roles_for(snapshots: list[Snapshot]) -> list[Role]:
    """Who must sign, in order: everybody whom at least one item needs."""
    needed = {role for item in snapshots for role in required_roles(item.data["signing"])}
    return [role for role in Role if role in needed]


def needs_executive(parts: list[Part]) -> bool:
    """Whether one of the items is urgent or sensitive (4.1)."""
    return any(part.item is not None and part.draft.needs_executive for part in parts)


def problems_of(part: Part, role: str) -> list[str]:
    """What keeps an item from being signed in a role, by what every signature asks."""
    if part.snapshot is None:
        return [part.problem]
    found = hooks.get_hooks("find_signing_problems")
    return [problem for hook in found for problem in hook(part.snapshot, role)]


def released_with(item: Any) -> set[str]:
    """The subjects, in the language of `item`, that are released together with it."""
    place = place_of(item)
    if place is None:
        return set()
    others = place.release.items.exclude(pk=place.pk).prefetch_related("content_object")
    found = [row.content_object for row in others]
    return {
        str(other.translation_key) for other in found if other and other.locale_id == item.locale_id
    }
