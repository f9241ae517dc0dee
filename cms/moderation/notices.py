"""The mails of the sign-off: it waits for you, it was returned, it is published.

They take the place of Wagtail's own, which are sent while the signer waits. Of a draft they name
the title and nothing else.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail import signals
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import TaskState, WorkflowState

from cms.accounts.models import User
from cms.mail.kinds import MailKind
from cms.mail.outbox import language_of, queue_mail
from cms.publication.models import Publication
from cms.signoff.action_menu import signing_url
from cms.signoff.models import SignedTask
from cms.signoff.releases import place_of_run
from cms.signoff.roles import FIRST_ROLES, Role
from cms.signoff.rounds import standing_signatures
from cms.signoff.signers import division_of, entitled_users
from cms.thai.dates import format_date

KINDS = [
    MailKind("signature_waits", gettext_lazy("Something waits for my signature")),
    MailKind("returned", gettext_lazy("What I wrote or reported was returned for correction")),
    MailKind("published", gettext_lazy("What I signed is published")),
]


def connect() -> None:
    """Listens in the place of Wagtail's own notices.

    Their names are taken before Wagtail connects them, so that Django does not connect those:
    this app stands before `wagtail.admin` in INSTALLED_APPS.
    """
    for signal, receiver, sender, name in (
        (
            signals.task_submitted,
            on_task_submitted,
            TaskState,
            "group_approval_task_submitted_email_notification",
        ),
        (
            signals.workflow_submitted,
            _tell_nobody,
            WorkflowState,
            "workflow_state_submitted_email_notification",
        ),
        (
            signals.workflow_rejected,
            on_returned,
            WorkflowState,
            "workflow_state_rejected_email_notification",
        ),
        (
            signals.workflow_approved,
            on_published,
            WorkflowState,
            "workflow_state_approved_email_notification",
        ),
    ):
        signal.connect(receiver, sender=sender, dispatch_uid=name)


def _tell_nobody(**kwargs: Any) -> None:
    """Superusers have no part in the sign-off: a submission is no news for them."""


def on_task_submitted(instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    """A step begins: tells those who may sign it, but for whoever brought it there."""
    task = instance.task.specific
    if not isinstance(task, SignedTask):
        return
    is_urgent = bool(instance.revision.content.get("is_urgent"))
    address, title = signing_address(instance), instance.revision.object_str
    if place := place_of_run(instance.workflow_state):
        if place.release.items.values_list("pk", flat=True).first() != place.pk:
            return  # one mail for the whole release
        title, is_urgent = place.release.title, place.release.needs_executive
        address = settings.BASE_URL + reverse("releases:detail", args=[place.release.pk])
    for signer in _signers(task, instance, user):
        with override(language_of(signer)):
            subject = _("Waits for your signature: %(title)s")
            text = _(
                "“%(title)s” waits for your signature. Your role: %(role)s.\n\n"
                "Here you can read and sign it:\n%(address)s\n"
            )
            names = {
                "title": title,
                "role": Role(task.role).label,
                "address": address,
            }
            queue_mail("signature_waits", signer, subject % names, text % names, urgent=is_urgent)


def _signers(task: SignedTask, task_state: TaskState, user: Any) -> QuerySet[User]:
    """Who may sign this step for the item's division, and had no hand in the item before."""
    earlier = {signature.user_id for signature in standing_signatures(task_state.workflow_state)}
    if task.role not in FIRST_ROLES:
        earlier.add(task_state.revision.user_id)
    hands = {pk for pk in (*earlier, getattr(user, "pk", None)) if pk}
    signers = entitled_users(task, division_of(task_state.workflow_state.content_object))
    signers = signers.exclude(email="").exclude(pk__in=hands)
    return signers.select_related("wagtail_userprofile")


def on_returned(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """An item was returned: tells whoever wrote, submitted or reported it, with the reason."""
    task_state = instance.current_task_state
    signatures = standing_signatures(instance)
    reporters = [one.user_id for one in signatures if one.role in FIRST_ROLES]
    people = [task_state.revision.user_id, instance.requested_by_id, *reporters]
    for person in _people(people, user):
        with override(language_of(person)):
            subject = _("Returned for correction: %(title)s")
            text = _(
                "“%(title)s” was returned for correction. The reason:\n\n%(reason)s\n\n"
                "Here you can correct it:\n%(address)s\n"
            )
            names = {
                "title": task_state.revision.object_str,
                "reason": task_state.comment,
                "address": editing_address(instance.content_object),
            }
            queue_mail("returned", person, subject % names, text % names)


def on_published(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Every signature is there: tells those who signed, but for the last, who knows."""
    signatures = standing_signatures(instance)
    people = list(_people([signature.user_id for signature in signatures], user))
    if not people:
        return
    publication = (
        Publication.objects.filter(content_hash=signatures[-1].content_hash)
        .select_related("address")
        .defer("snapshot")
        .first()
    )
    if publication is None:
        return
    for person in people:
        language = language_of(person)
        with override(language):
            subject = _("Published: %(title)s")
            text = _("“%(title)s” has all its signatures and is public.\n\n%(address)s\n")
            if publication.effective_from > timezone.now():
                subject = _("Signed: %(title)s")
                text = _(
                    "“%(title)s” has all its signatures. It will be public from %(date)s on."
                    "\n\n%(address)s\n"
                )
            names = {
                "title": publication.title,
                "date": format_date(publication.effective_from, language, "j F Y H:i"),
                "address": _public_address(publication) or editing_address(instance.content_object),
            }
            queue_mail("published", person, subject % names, text % names)


def _people(keys: Iterable[int | None], but: Any) -> QuerySet[User]:
    """Those of these people who can be reached, without the one who acts just now."""
    wanted = {key for key in keys if key and key != getattr(but, "pk", None)}
    found = User.objects.filter(pk__in=wanted, is_active=True).exclude(email="")
    return found.select_related("wagtail_userprofile").order_by("pk")


def signing_address(task_state: TaskState) -> str:
    """Where a step is read and signed."""
    return f"{settings.BASE_URL}{signing_url(task_state.pk)}"


def editing_address(item: Any) -> str:
    """Where an item is edited in the admin."""
    return f"{settings.BASE_URL}{AdminURLFinder().get_edit_url(item) or '/admin/'}"


def _public_address(publication: Publication) -> str:
    address = publication.address
    return f"{settings.BASE_URL}/{address.locale}{address.path}" if address.path else ""
