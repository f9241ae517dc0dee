"""The mails beside those of the steps: an item was flagged, a signature was assigned to you."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.models import TaskState

from cms.accounts.models import User
from cms.mail.kinds import MailKind
from cms.mail.outbox import language_of, queue_mail
from cms.moderation.notices import signing_address
from cms.signoff.assignments import Assignment, step_assigned
from cms.signoff.flags import Flag, item_flagged
from cms.signoff.models import SignedTask
from cms.signoff.releases import place_of_run
from cms.signoff.roles import Role
from cms.signoff.signers import division_of, entitled_users

KINDS = [
    MailKind("flagged", gettext_lazy("An item is urgent or sensitive"), is_optional=False),
    MailKind("assigned", gettext_lazy("A signature was assigned to me")),
]


def connect() -> None:
    """Listens to both acts."""
    item_flagged.connect(on_flagged, dispatch_uid="moderation.flagged")
    step_assigned.connect(on_assigned, dispatch_uid="moderation.assigned")


def on_flagged(flag: Flag, task_state: TaskState, user: Any = None, **kwargs: Any) -> None:
    """Tells the executives at once; where a signer flagged it, those who sign before them too."""
    roles = [Role.EXECUTIVE]
    if flag.signature is not None:
        roles += [Role.REPORTER, Role.APPROVER]
    address = step_address(task_state)
    for person in _people_at(roles, task_state, user):
        with override(language_of(person)):
            names = {"title": flag.title, "reason": flag.reason, "address": address}
            subject = _("Urgent or sensitive: %(title)s")
            text = _(
                "“%(title)s” is urgent or affects the image of the tambon. The chief executive or"
                " chief administrator screens it before it is published.\n\n"
                "Here you can read it:\n%(address)s\n"
            )
            if flag.reason:
                text = _(
                    "“%(title)s” was flagged as urgent or sensitive. The reason:\n\n%(reason)s\n\n"
                    "Signing begins again with the first signer; the chief executive or chief"
                    " administrator screens it.\n\nHere you can read it:\n%(address)s\n"
                )
            queue_mail("flagged", person, subject % names, text % names, urgent=True)


def on_assigned(assignment: Assignment, task_state: TaskState, **kwargs: Any) -> None:
    """Tells the person, but for whoever took it on."""
    person = assignment.to
    if person == assignment.by:
        return
    with override(language_of(person)):
        names = {
            "title": task_state.revision.object_str,
            "name": assignment.by.get_full_name() or assignment.by.username,
            "reason": assignment.reason,
            "address": step_address(task_state),
        }
        subject = _("Assigned to you: %(title)s")
        text = _(
            "%(name)s assigned the signature of “%(title)s” to you. The reason:\n\n%(reason)s\n\n"
            "Here you can read and sign it:\n%(address)s\n"
        )
        queue_mail("assigned", person, subject % names, text % names)


def step_address(task_state: TaskState) -> str:
    """Where a step is read and signed: of an item of a release, with that."""
    if place := place_of_run(task_state.workflow_state):
        return settings.BASE_URL + reverse("releases:detail", args=[place.release_id])
    return signing_address(task_state)


def _people_at(roles: list[Role], task_state: TaskState, but: Any) -> list[User]:
    """Who may sign at the steps of these roles, each once, without the one who acts."""
    division = division_of(task_state.workflow_state.content_object)
    tasks = SignedTask.objects.filter(role__in=roles, active=True)
    found: dict[int, User] = {}
    for task in sorted(tasks, key=lambda task: roles.index(Role(task.role))):
        for person in entitled_users(task, division).select_related("wagtail_userprofile"):
            found[person.pk] = person
    found.pop(getattr(but, "pk", 0), None)
    return list(found.values())
