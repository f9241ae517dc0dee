"""Writing drafts: new ones, changed ones, and which are left alone."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder

from cms.importing.models import ImportedItem, ImportRun
from cms.importing.places import Places
from cms.importing.problems import Problem
from cms.importing.rows import Row
from cms.snapshot.snapshot import canonical_json, sha256
from pages.divisions import covers
from pages.models import ContentPage, SectionPage

# What Wagtail keeps for itself in a revision: it changes without anybody having edited.
_BOOKKEEPING = {
    "path",
    "depth",
    "numchild",
    "url_path",
    "live",
    "locked",
    "locked_at",
    "locked_by",
    "has_unpublished_changes",
    "draft_title",
    "owner",
    "expired",
    "search_description",
    "first_published_at",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
    "alias_of",
    "wagtail_admin_comments",
}


class Act(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT = "left"


@dataclass(frozen=True)
class Decision:
    """`finding` says why a draft is left alone, or what does not change with it."""

    act: Act
    item: ImportedItem | None = None
    finding: Problem | None = None
    is_refused: bool = False


def decide(row: Row, source: str, places: Places) -> Decision:
    """What an import would do with a row now. One query for a new row, a few for a known one."""
    known = ImportedItem.objects.filter(source=source, source_id=row.key)
    item = known.select_related("page").first()
    if item is None:
        return Decision(Act.NEW)
    page = item.page.specific
    if not covers(places.user, page):
        problem = Problem("other_division_before", row.number, "code")
        return Decision(Act.LEFT, item, problem, is_refused=True)
    if item.row_digest == row.digest():
        return Decision(Act.UNCHANGED, item)
    if reason := _reason_to_leave(page, item, row, places.user):
        return Decision(Act.LEFT, item, Problem(reason, row.number))
    is_elsewhere = row.section is not None and not page.is_child_of(row.section)
    note = Problem("not_moved", row.number, "section") if is_elsewhere else None
    return Decision(Act.CHANGED, item, note)


def create(row: Row, run: ImportRun, section: SectionPage, slug: str) -> ContentPage:
    """A new draft in a section; the import's user is its author.

    Raises `PermissionDenied` where the user may not add a page there or works for another
    division.
    """
    if not section.permissions_for_user(run.user).can_add_subpage():
        raise PermissionDenied
    page = row.draft()
    page.slug, page.owner, page.locale = slug, run.user, section.locale
    page.clean()  # what a type fills in by itself
    section.add_child(instance=page)
    revision = page.save_revision(user=run.user, clean=False, log_action=True)
    ImportedItem.objects.create(
        source=run.source,
        source_id=row.key,
        page_id=page.pk,
        is_new=True,
        run=run,
        row=row.number,
        row_digest=row.digest(),
        draft_digest=digest_of(revision.content),
        old_address=row.old_address,
    )
    return page


def change(row: Row, run: ImportRun, item: ImportedItem) -> ContentPage:
    """A further draft of a page that nobody edited since. Raises `PermissionDenied` as above."""
    page = item.page.specific.get_latest_revision_as_object()
    if not page.permissions_for_user(run.user).can_edit():
        raise PermissionDenied
    row.write_to(page)
    page.clean()
    revision = page.save_revision(user=run.user, clean=False, log_action=True)
    item.run, item.row, item.is_new = run, row.number, False
    item.row_digest, item.draft_digest = row.digest(), digest_of(revision.content)
    item.old_address = row.old_address
    item.save()
    return page


def digest_of(content: dict[str, Any]) -> str:
    """Of what an editor can write. The number of a revision says nothing: autosave keeps it."""
    written = {name: value for name, value in content.items() if name not in _BOOKKEEPING}
    return sha256(canonical_json(json.loads(json.dumps(written, cls=DjangoJSONEncoder))))


def _reason_to_leave(page: ContentPage, item: ImportedItem, row: Row, user: Any) -> str:
    revision = page.get_latest_revision()
    if type(page) is not row.model or not revision:
        return "edited"
    if digest_of(revision.content) != item.draft_digest:
        return "edited"
    if page.current_workflow_state:
        return "in_signing"
    tester = page.permissions_for_user(user)
    return "locked" if tester.page_locked() or not tester.can_edit() else ""
