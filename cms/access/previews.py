"""Keys to drafts: made for a link or for the editor's panel, presented by a front end, ended."""

import datetime
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.access.files import file_address
from cms.access.models import LONGEST, PreviewToken, TokenInvalid
from cms.access.permissions import may_revoke, may_see_draft, may_still_see
from cms.accounts.events import tell, tells_refusals
from cms.snapshot.snapshot import Snapshot, canonical_json, sha256, snapshot_of

PANEL_LIFETIME = datetime.timedelta(hours=1)
# Of one draft in one language: the panel loads a new one while the old one is still shown.
_PANEL_TOKENS = 5
# After its end a row tells for so long that there was a link; the audit log tells for longer.
_KEPT = datetime.timedelta(days=30)
_USE_NOTED = datetime.timedelta(minutes=1)


@dataclass(frozen=True)
class PreviewFile:
    """A private file of a draft, at an address that opens with one key only."""

    name: str
    token: int

    @property
    def url(self) -> str:
        """Below the origin of this installation."""
        return file_address(self.token, self.name)


@tells_refusals
def make_link(item: Any, user: Any, lifetime: datetime.timedelta = LONGEST) -> tuple[Any, str]:
    """A key to the newest saved draft of a page or record, and its text.

    Raises `PermissionDenied` unless `user` may open that draft, `MissingFile` as a snapshot does.
    """
    if not may_see_draft(user, item):
        raise PermissionDenied(_("You may not open this draft."))
    revision = item.get_latest_revision()
    if revision is None:
        raise PermissionDenied(_("Nothing was saved yet."))
    snapshot = snapshot_of(revision.as_object())
    token, text = _make(
        user,
        snapshot,
        lifetime,
        revision_pk=revision.pk,
        revision_digest=sha256(canonical_json(revision.content)),
    )
    until = timezone.localtime(token.expires_at).isoformat(timespec="minutes")
    tell("token_made", user=user, subject=subject_of(token), detail=f"preview until {until}")
    return token, text


def make_panel_token(snapshot: Snapshot, user: Any) -> str:
    """The text of a key to what stands in an editor's form; the oldest of the same draft go."""
    token, text = _make(user, snapshot, PANEL_LIFETIME)
    mine = PreviewToken.objects.filter(
        user=user, subject=token.subject, locale=token.locale, revision_pk=None
    )
    newest = list(mine.order_by("-pk").values_list("pk", flat=True)[:_PANEL_TOKENS])
    mine.exclude(pk__in=newest).delete()
    return text


def presented_draft(text: str) -> Snapshot:
    """The draft that a key opens. Raises `TokenInvalid`, whatever the reason."""
    return snapshot_for(usable(PreviewToken.presented(text)))


def usable(token: PreviewToken) -> PreviewToken:
    """The same key, where its maker may still open the draft, and the draft is still the same.

    Raises `TokenInvalid`. Notes the use.
    """
    if not may_still_see(token) or not _is_unchanged(token):
        raise TokenInvalid
    if sha256(token.snapshot) != token.content_hash:
        raise TokenInvalid
    return note_use(token)


def draft_of(token: PreviewToken) -> Any:
    """The page or record itself, as the revision of a link has it. Raises `TokenInvalid`."""
    revision = Revision.objects.filter(pk=token.revision_pk).first()
    if revision is None:
        raise TokenInvalid
    return revision.as_object()


def note_use(token: Any) -> Any:
    """Notes with a key that it was used, once in a minute; and tells the log."""
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - _USE_NOTED:
        type(token).objects.filter(pk=token.pk).update(last_used_at=now)
        tell("token_used", user=token.user, subject=subject_of(token))
    return token


def snapshot_for(token: PreviewToken) -> Snapshot:
    """The draft as it was kept with its key."""
    sources: Any = {sha: PreviewFile(name, token.pk) for sha, name in token.files.items()}
    return Snapshot(json.loads(token.snapshot), sources)


@tells_refusals
def revoke(token: Any, user: Any) -> None:
    """Ends a key at once. Raises `PermissionDenied` unless it is one's own to end."""
    if not may_revoke(user, token):
        raise PermissionDenied(_("Only who made it, or an administrator, can end it."))
    token.revoked_at = timezone.now()
    changed = ["revoked_at"]
    if isinstance(token, PreviewToken):
        token.snapshot, token.files = "", {}
        changed += ["snapshot", "files"]
    token.save(update_fields=changed)
    tell("token_revoked", user=token.user, subject=subject_of(token))


def forget_drafts() -> None:
    """Deletes the drafts of keys that are over; for a job that runs now and then."""
    now = timezone.now()
    PreviewToken.objects.filter(revision_pk=None, expires_at__lt=now).delete()
    over = PreviewToken.objects.filter(Q(expires_at__lt=now) | Q(revoked_at__isnull=False))
    over.exclude(snapshot="").update(snapshot="", files={})
    over.filter(expires_at__lt=now - _KEPT).delete()


def _make(
    user: Any, snapshot: Snapshot, lifetime: datetime.timedelta, **fields: Any
) -> tuple[Any, str]:
    draft = snapshot.draft
    is_new_page = isinstance(draft, Page) and draft.pk is None
    return PreviewToken.make(
        user,
        lifetime,
        model=draft._meta.label_lower,
        object_pk=draft.pk,
        parent_page=draft.get_parent().pk if is_new_page else None,
        subject=snapshot.data["subject"],
        locale=snapshot.data["locale"],
        title=snapshot.data["title"],
        content_hash=snapshot.content_hash,
        snapshot=snapshot.text,
        files={sha: str(file.name) for sha, file in snapshot.sources.items()},
        **fields,
    )


def _is_unchanged(token: PreviewToken) -> bool:
    """Autosave writes other words into the same revision: the key is for the words it had."""
    if token.revision_pk is None:
        return True
    revision = Revision.objects.filter(pk=token.revision_pk).first()
    return revision is not None and (
        sha256(canonical_json(revision.content)) == token.revision_digest
    )


def subject_of(token: Any) -> str:
    """What a key is for, as the log tells it."""
    if isinstance(token, PreviewToken):
        return f"{token.model} {token.object_pk or ''}: {token.title} ({token.locale})"
    return str(token)
