"""Who may open a draft, and who may end somebody's key."""

from typing import Any

from django.apps import apps
from wagtail.models import Page, TranslatableMixin, WorkflowMixin
from wagtail.permissions import policy_registry

from cms.signoff.task import SignedTask


def may_see_draft(user: Any, item: Any) -> bool:
    """Whether `user` may open the draft of a page or snippet: to edit, or to sign it."""
    if not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        return False
    if isinstance(item, Page):
        return item.specific.permissions_for_user(user).can_edit()
    step = item.current_workflow_task
    if isinstance(step, SignedTask) and step.user_can_access_editor(item, user):
        return True
    policy = policy_registry.get_by_type(type(item))
    return policy.user_has_permission_for_instance(user, "change", item)


def may_write(user: Any, model: Any, parent_page: int | None) -> bool:
    """Whether `user` may make a page below `parent_page`, or a record of this model."""
    if not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        return False
    if not issubclass(model, Page):
        return policy_registry.get_by_type(model).user_has_permission(user, "add")
    parent = Page.objects.filter(pk=parent_page).first()
    return parent is not None and parent.specific.permissions_for_user(user).can_add_subpage()


def may_still_see(token: Any) -> bool:
    """Whether the maker of a preview token may open that draft at this moment."""
    if token.object_pk is None:
        return may_write(token.user, apps.get_model(token.model), token.parent_page)
    item = draft_named(token.model, token.object_pk)
    return item is not None and may_see_draft(token.user, item)


def may_revoke(user: Any, token: Any) -> bool:
    """Whoever made the key, and administrators."""
    return token.user_id == user.pk or user.has_perm("accounts.change_user")


def draft_named(label: str, pk: int) -> Any:
    """The page or record of a model's label and a key; None where there is none."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    if not (issubclass(model, WorkflowMixin) and issubclass(model, TranslatableMixin)):
        return None
    item = model._default_manager.filter(pk=pk).first()
    return item.specific if isinstance(item, Page) else item
