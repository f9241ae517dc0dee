"""Who may see what waits to be signed: those who may edit it, and those who sign it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.models import Page, TaskState
from wagtail.permissions import policy_registry

from cms.signoff.models import SignedTask


def signing_step(user: Any, task_state_id: int) -> tuple[TaskState, SignedTask, Any]:
    """One step of signing, its task and the item, for a person who may see them.

    Raises `Http404` where there is no such step, `PermissionDenied` where it is not theirs to
    see.
    """
    task_state = get_object_or_404(
        TaskState.objects.select_related("workflow_state", "task"), pk=task_state_id
    )
    task = task_state.task.specific
    item = task_state.workflow_state.content_object
    if not isinstance(task, SignedTask) or item is None or not may_see(user, item, task):
        raise PermissionDenied
    return task_state, task, item


def may_see(user: Any, item: Any, task: SignedTask) -> bool:
    """Whether `user` may see the draft of `item` with its signatures: its editors and signers."""
    if task.user_can_access_editor(item, user):
        return True
    if isinstance(item, Page):
        return item.permissions_for_user(user).can_edit()
    policy = policy_registry.get_by_type(type(item))
    return policy.user_has_permission_for_instance(user, "change", item)
