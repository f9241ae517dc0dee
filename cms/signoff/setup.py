"""Creates the groups, the signing steps and the workflow that every installation has."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
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

from cms.divisions.scope import ACT_FOR_ALL
from cms.signoff.models import SignedTask
from cms.signoff.roles import (
    ALERT_WORKFLOW_NAME,
    GROUP_NAMES,
    ORDINARY_PATH,
    TASK_NAMES,
    WORKFLOW_NAME,
    Role,
)
from pages.models import Alert, SignableSnippet

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
# Alerts have groups and permissions of their own: any two of them must be able to act at once.
ALERT_GROUPS = {
    Role.ALERT_ISSUER: ["alert_issuer", "reporter", "approver", "publisher"],
    Role.ALERT_RELEASER: ["executive", "approver", "publisher"],
}
_ISSUING = ["add_alert", "change_alert", "view_alert", "view_alerttemplate"]
_TEMPLATES = ["add_alerttemplate", "change_alerttemplate", "delete_alerttemplate"]
ALERT_PERMISSIONS = {
    "alert_issuer": _ISSUING,
    "reporter": _ISSUING,
    "approver": _ISSUING,
    "executive": ["change_alert", "view_alert", "view_alerttemplate"],
    "publisher": [*_ISSUING, *_TEMPLATES],
    "administrator": ["view_alert", "view_alerttemplate", *_TEMPLATES],
    "overseer": ["view_alert", "view_alerttemplate"],
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
# Which pages are for some readers only.
PRIVACY_PERMISSIONS = [
    f"wagtailcore.{action}_pageviewrestriction" for action in ("add", "change", "delete", "view")
]
OTHER_PERMISSIONS = {
    "translator": [
        "wagtail_localize.submit_translation",
        "signoff.add_release",
        "signoff.view_release",
        ACT_FOR_ALL,
    ],
    "reporter": [
        "wagtail_localize.submit_translation",
        "signoff.add_release",
        "signoff.view_release",
    ],
    "approver": [
        "publication.withdraw_publication",
        "publication.view_publication",
        "signoff.view_release",
        "assessors.view_submission",
        "assessors.add_submission",
    ],
    "publisher": [
        "publication.withdraw_publication",
        "publication.view_publication",
        "signoff.add_release",
        "signoff.view_release",
        ACT_FOR_ALL,
    ],
    "executive": [
        "publication.view_publication",
        "signoff.view_release",
        "signoff.view_flag",
        "assessors.view_submission",
        "assessors.add_submission",
        ACT_FOR_ALL,
        *PRIVACY_PERMISSIONS,
    ],
    "overseer": [
        "publication.view_publication",
        "signoff.view_signature",
        "signoff.view_release",
        "signoff.view_flag",
        "oversight.view_assessment",
        "assessors.view_submission",
        ACT_FOR_ALL,
        "audit.view_auditevent",
        "watching.view_finding",
    ],
    "administrator": [
        "watching.view_finding",
        "watching.change_watchingsettings",
        "accounts.add_user",
        "accounts.change_user",
        *PRIVACY_PERMISSIONS,
        "auth.view_group",
        "wagtailcore.change_site",
        "schedule.change_officehours",
        "schedule.add_holiday",
        "schedule.change_holiday",
        "schedule.delete_holiday",
        "schedule.view_holiday",
        "mail.view_outgoingmail",
        "mail.retry_outgoingmail",
        *[f"webhooks.{action}_endpoint" for action in ("add", "change", "delete", "view")],
        "webhooks.view_delivery",
        "webhooks.retry_delivery",
        "publication.view_publication",
        "publication.change_publicsettings",
        "pages.add_procurementperiod",
        "pages.change_procurementperiod",
        "pages.delete_procurementperiod",
        "pages.view_procurementperiod",
        "signoff.view_signature",
        "signoff.view_release",
        "signoff.view_flag",
        "signoff.add_assignment",
        "moderation.change_remindersettings",
        ACT_FOR_ALL,
        *[
            f"divisions.{action}_{model}"
            for model in ("membership", "appointment")
            for action in ("add", "change", "delete", "view")
        ],
        "signoff.add_checklist",
        "signoff.view_checklist",
        *[
            f"oversight.{action}_{model}"
            for model in ("framework", "assessment")
            for action in ("add", "change", "delete", "view")
        ],
        "assessors.change_answer",
        "assessors.view_submission",
        "assessors.add_submission",
        "audit.view_auditevent",
        "accounts.view_signinpolicy",
        "accounts.add_signinpolicy",
        "accounts.change_signinpolicy",
        "accounts.delete_signinpolicy",
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
        if issubclass(model, SignableSnippet) and model is not Alert:
            _attach_snippet(model, workflow)
    if not Workflow.objects.filter(name=ALERT_WORKFLOW_NAME).exists():
        _create_alert_workflow()


@transaction.atomic
def grant_missing() -> list[tuple[Group, Permission]]:
    """Gives the groups that exist what new ones get. Not by itself after `migrate`.

    An administrator may have taken a permission away on purpose. Returns what was given.
    """
    given = []
    for key, names in OTHER_PERMISSIONS.items():
        group = Group.objects.get(name=GROUP_NAMES[key])
        held = set(group.permissions.values_list("pk", flat=True))
        missing = [one for one in map(_permission, names) if one.pk not in held]
        group.permissions.add(*missing)
        given += [(group, permission) for permission in missing]
    return given


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
    for order, role in enumerate(ORDINARY_PATH):
        task = SignedTask.objects.create(name=TASK_NAMES[role], role=role)
        task.groups.add(Group.objects.get(name=GROUP_NAMES[role]))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    root = Page.get_first_root_node()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    return workflow


def _create_alert_workflow() -> None:
    """The two steps of the quick path, for alerts alone; an administrator may change the groups."""
    workflow = Workflow.objects.create(name=ALERT_WORKFLOW_NAME)
    for order, (role, keys) in enumerate(ALERT_GROUPS.items()):
        task = SignedTask.objects.create(name=TASK_NAMES[role], role=role)
        task.groups.set(Group.objects.filter(name__in=[GROUP_NAMES[key] for key in keys]))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    content_type = ContentType.objects.get_for_model(Alert)
    WorkflowContentType.objects.update_or_create(
        content_type=content_type, defaults={"workflow": workflow}
    )
    for key, codenames in ALERT_PERMISSIONS.items():
        group = Group.objects.get(name=GROUP_NAMES[key])
        group.permissions.add(*[_permission(f"pages.{codename}") for codename in codenames])


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
