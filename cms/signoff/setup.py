"""Creates the groups, the signing steps and the workflow that every installation has."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from cms.signoff.models import SignedTask
from cms.signoff.roles import GROUP_NAMES, TASK_NAMES, WORKFLOW_NAME, Role
from pages.models import SignableSnippet

# What each group may do with drafts. Nobody is given "publish", "unpublish" or "lock".
PAGE_PERMISSIONS = {
    "reporter": ["add_page", "change_page"],
    "approver": ["change_page"],
    "publisher": ["add_page", "change_page"],
    "translator": ["add_page", "change_page"],
}
SNIPPET_ACTIONS = {
    "reporter": ["add", "change", "view"],
    "approver": ["change", "view"],
    "executive": ["change", "view"],
    "publisher": ["add", "change", "view"],
    "translator": ["change", "view"],
    "overseer": ["view"],
}
MEDIA_GROUPS = ("reporter", "publisher", "translator")
# Wagtail checks the permissions of its own models, also where ours take their place.
MEDIA_PERMISSIONS = [
    f"{name}_{model}"
    for name, model in (
        ("wagtailimages.add", "image"),
        ("wagtailimages.change", "image"),
        ("wagtailimages.choose", "image"),
        ("wagtaildocs.add", "document"),
        ("wagtaildocs.change", "document"),
        ("wagtaildocs.choose", "document"),
    )
]
OTHER_PERMISSIONS = {
    "translator": ["wagtail_localize.submit_translation"],
    "reporter": ["wagtail_localize.submit_translation"],
    "approver": ["publication.withdraw_publication", "publication.view_publication"],
    "publisher": ["publication.withdraw_publication", "publication.view_publication"],
    "executive": ["publication.view_publication"],
    "overseer": ["publication.view_publication", "signoff.view_signature"],
    "administrator": [
        "accounts.add_user",
        "accounts.change_user",
        "auth.view_group",
        "wagtailcore.change_site",
        "publication.view_publication",
        "publication.change_publicsettings",
        "signoff.view_signature",
    ],
}


def ensure_roles(**kwargs: Any) -> None:
    """After `migrate`: creates what is missing and leaves what an administrator changed."""
    if SignedTask._meta.db_table not in connection.introspection.table_names():
        return  # a partial migration
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0)
    for key, name in GROUP_NAMES.items():
        group, created = Group.objects.get_or_create(name=name)
        if created:
            _grant(key, group)
    workflow = Workflow.objects.filter(name=WORKFLOW_NAME).first() or _create_workflow()
    for model in apps.get_models():
        if issubclass(model, SignableSnippet):
            _attach_snippet(model, workflow)


def _grant(key: str, group: Group) -> None:
    group.permissions.add(_permission("wagtailadmin.access_admin"))
    for name in OTHER_PERMISSIONS.get(key, ()):
        group.permissions.add(_permission(name))
    root = Page.get_first_root_node()
    for codename in PAGE_PERMISSIONS.get(key, ()):
        permission = _permission(f"wagtailcore.{codename}")
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    if key in MEDIA_GROUPS:
        collection = Collection.get_first_root_node()
        for name in MEDIA_PERMISSIONS:
            GroupCollectionPermission.objects.create(
                group=group, collection=collection, permission=_permission(name)
            )


def _create_workflow() -> Workflow:
    """The four steps on the root of the tree, so that every language and page has them."""
    # Wagtail's migrations leave a workflow and two groups that may publish by themselves.
    Workflow.objects.filter(name="Moderators approval").delete()
    Task.objects.filter(name="Moderators approval").delete()
    Group.objects.filter(name__in=["Moderators", "Editors"], user__isnull=True).delete()
    workflow = Workflow.objects.create(name=WORKFLOW_NAME)
    for order, role in enumerate(Role):
        task = SignedTask.objects.create(name=TASK_NAMES[role], role=role)
        task.groups.add(Group.objects.get(name=GROUP_NAMES[role]))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    root = Page.get_first_root_node()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    return workflow


def _attach_snippet(model: type[SignableSnippet], workflow: Workflow) -> None:
    content_type = ContentType.objects.get_for_model(model)
    _attachment, created = WorkflowContentType.objects.get_or_create(
        content_type=content_type, defaults={"workflow": workflow}
    )
    if not created:
        return
    for key, actions in SNIPPET_ACTIONS.items():
        group = Group.objects.get(name=GROUP_NAMES[key])
        for action in actions:
            codename = f"{action}_{model._meta.model_name}"
            group.permissions.add(_permission(f"{model._meta.app_label}.{codename}"))


def _permission(name: str) -> Permission:
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
