"""Putting a release together: who may, what can belong to it, sending it to the signatures.

Every function is one act in one transaction and raises `PermissionDenied` with the reason where
it may not be.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowMixin, WorkflowState
from wagtail.permissions import policy_registry

from cms.accounts.events import tells_refusals
from cms.signoff.release_content import Part, needs_executive, parts_of, problems_of
from cms.signoff.releases import Release, ReleaseItem, place_of
from cms.signoff.roles import Role
from cms.signoff.task import SignedTask

FEWEST_ITEMS = 2


def may_prepare(user: Any) -> bool:
    """Whether `user` may make releases."""
    return user.has_perm("signoff.add_release")


def may_manage(release: Release, user: Any) -> bool:
    """Whether `user` may change, send and cancel a release: its maker, and a reporter of all of it.

    A reporter who may not edit one of its items would interfere with another division.
    """
    if not may_prepare(user):
        return False
    if release.created_by_id == user.pk:
        return True
    items = [row.content_object for row in release.items.prefetch_related("content_object")]
    return _is_reporter(user) and all(may_edit(item, user) for item in items if item)


def _is_reporter(user: Any) -> bool:
    steps = SignedTask.objects.filter(role=Role.REPORTER, groups__in=user.groups.all())
    return steps.exists()


def may_edit(item: Any, user: Any) -> bool:
    """Whether `user` may edit a draft: what they may not, they may not release."""
    if isinstance(item, Page):
        return item.permissions_for_user(user).can_edit()
    policy = policy_registry.get_by_type(type(item))
    return policy.user_has_permission_for_instance(user, "change", item)


def create_release(title: str, note: str, user: Any) -> Release:
    """An empty release."""
    if not may_prepare(user):
        raise PermissionDenied(_("You may not make releases."))
    return Release.objects.create(title=title, note=note, created_by=user)


@tells_refusals
@transaction.atomic
def rename_release(release: Release, title: str, note: str, user: Any) -> None:
    """Gives a release that is not being signed another title and note."""
    release = _changeable(release, user)
    release.title, release.note = title, note
    release.save(update_fields=["title", "note"])


@tells_refusals
@transaction.atomic
def add_item(release: Release, item: Any, user: Any) -> ReleaseItem:
    """Adds the draft of a page or record.

    What is being signed on its own, stands in another release or takes another way than the
    items that are there already cannot be added. An item that was returned for correction can:
    its own run ends.
    """
    release = _changeable(release, user)
    name = str(item)
    if not isinstance(item, WorkflowMixin) or item.get_latest_revision() is None:
        raise PermissionDenied(_("“%(item)s” has no draft to sign.") % {"item": name})
    if not may_edit(item, user):
        raise PermissionDenied(_("You may not edit “%(item)s”.") % {"item": name})
    if place := place_of(item):
        words = {"item": name, "release": place.release.title}
        raise PermissionDenied(_("“%(item)s” is in the release “%(release)s”.") % words)
    _leave_own_run(item, name, user)
    _same_way(release, item, name)
    return ReleaseItem.objects.create(
        release=release, content_type=item.get_base_content_type(), object_id=str(item.pk)
    )


def _leave_own_run(item: Any, name: str, user: Any) -> None:
    state = item.current_workflow_state
    if state is None:
        return
    if state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise PermissionDenied(_("“%(item)s” is being signed on its own.") % {"item": name})
    state.cancel(user=user)


def _same_way(release: Release, item: Any, name: str) -> None:
    """All items of a release pass the same steps, or one act could not sign them all."""
    workflow = item.get_workflow()
    first = release.items.prefetch_related("content_object").first()
    other = first.content_object if first else None
    if workflow is None or (other is not None and other.get_workflow() != workflow):
        message = _("“%(item)s” is signed in another way than the rest of the release.")
        raise PermissionDenied(message % {"item": name})


@tells_refusals
@transaction.atomic
def remove_item(row: ReleaseItem, user: Any) -> None:
    """Takes an item out; it can be signed on its own again."""
    _changeable(row.release, user)
    row.delete()


@tells_refusals
@transaction.atomic
def submit_release(release: Release, user: Any) -> None:
    """Sends every item to the first signature.

    Each gets a workflow run of its own, which only this release can move on.
    """
    release = _changeable(release, user)
    parts = parts_of(release)
    if len(parts) < FEWEST_ITEMS:
        raise PermissionDenied(
            _("A release has at least two items. A single one is sent from its own editor.")
        )
    for part in parts:
        if problems := _submission_problems(part):
            words = {"item": part.name, "problem": " ".join(problems)}
            raise PermissionDenied(_("%(item)s: %(problem)s") % words)
    release.state, release.notice = Release.State.SIGNING, ""
    release.round += 1
    release.needs_executive = needs_executive(parts)
    release.save()
    release.items.update(run=None)
    for part in parts:
        item = part.item.specific if isinstance(part.item, Page) else part.item
        part.row.run = item.get_workflow().start(item, user)
        part.row.save(update_fields=["run"])


def _submission_problems(part: Part) -> list[str]:
    if part.item is not None and part.item.workflow_in_progress:
        return [_("It is being signed on its own.")]
    return problems_of(part, Role.REPORTER)


@tells_refusals
@transaction.atomic
def cancel_release(release: Release, user: Any) -> None:
    """Gives a release up: its items are ordinary drafts again, and no signature counts."""
    release = lock(release)
    if not release.is_open:
        raise PermissionDenied(_("This release is over."))
    if not may_manage(release, user):
        raise PermissionDenied(_("Only its maker and the reporters may change a release."))
    release.state = Release.State.CANCELLED
    release.save(update_fields=["state"])
    end_runs(release, user)
    release.items.update(is_open=False, run=None)


def end_runs(release: Release, user: Any) -> None:
    """Cancels the workflow run of every item. The release has left "being signed" before."""
    for row in release.items.select_related("run__current_task_state", "run__workflow"):
        if row.run and row.run.status in (
            WorkflowState.STATUS_IN_PROGRESS,
            WorkflowState.STATUS_NEEDS_CHANGES,
        ):
            row.run.cancel(user=user)


def lock(release: Release) -> Release:
    """The release as it is in the database now, for one act at a time."""
    return Release.objects.select_for_update().get(pk=release.pk)


def _changeable(release: Release, user: Any) -> Release:
    release = lock(release)
    if not release.may_change:
        raise PermissionDenied(
            _("This release is being signed or over: its items cannot be changed.")
        )
    if not may_manage(release, user):
        raise PermissionDenied(_("Only its maker and the reporters may change a release."))
    return release
