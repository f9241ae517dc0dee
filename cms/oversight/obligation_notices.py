"""The mail to a division whose obligations are new or have changed: once they are public."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cms.mail.kinds import MailKind
from cms.mail.models import OutgoingMail
from cms.mail.outbox import language_of, queue_mail
from cms.publication.models import Publication
from cms.publication.public_changes import ChangeType, PublicChange
from cms.publication.versions import ORIGINAL
from cms.signoff.models import SignedTask
from cms.signoff.roles import Role
from cms.signoff.signers import appointments_at, entitled_users, members_at
from pages.disclosure_items import DisclosureItem

KIND = "obligation_changed"
KINDS = [MailKind(KIND, gettext_lazy("What my division must publish is new or has changed"))]
_ROLES = (Role.REPORTER, Role.APPROVER)  # the approvers of a division are its heads
_HIGHEST = 10  # levels that are looked at to find the division of an item


def tell_of_obligations(changes: list[PublicChange]) -> None:
    """Tells the heads and reporters of the division; of every division where the item names none.

    In the transaction of the act. A translation is no news. What is released together is told
    in one mail.
    """
    for change in changes:
        is_obligation = change.record_type == DisclosureItem.__name__
        begins = change.type in (ChangeType.PUBLISHED, ChangeType.BEGAN)
        if is_obligation and begins and change.locale == ORIGINAL:
            _tell(_versions(change.subject))


def _versions(subject: Any) -> list[Publication]:
    """The Thai publications of an obligation, the newest first."""
    rows = Publication.objects.filter(
        subject=subject, locale=ORIGINAL, kind=Publication.Kind.PUBLICATION
    )
    return list(rows.order_by("-pk")[:2])


def _tell(versions: list[Publication]) -> None:
    newest = versions[0]
    if len(versions) == 2 and versions[1].content_hash == newest.content_hash:
        return
    about = f"obligations-{newest.published_at.isoformat()}"
    for person in _people(_division(newest)):
        with override(language_of(person)):
            _write(person, newest, is_new=len(versions) == 1, about=about)


def _write(person: Any, item: Publication, *, is_new: bool, about: str) -> None:
    words = {"item": f"{item.data['fields']['code']} {item.title}"}
    line = _("- new: %(item)s") % words if is_new else _("- changed: %(item)s") % words
    mail = OutgoingMail.objects.filter(kind=KIND, user=person, about=about).first()
    if mail:
        mail.body += f"{line}\n"
        mail.save(update_fields=["body"])
        return
    text = _(
        "The list of what must be published has changed, in what your division answers for.\n"
        "Here you see what your division owes:\n%(address)s\n"
    )
    text = text % {"address": settings.BASE_URL + reverse("wagtailadmin_home")}
    subject = _("What your division must publish has changed")
    queue_mail(KIND, person, subject, f"{text}\n{line}\n", about=about)


def _division(row: Publication | None) -> UUID | None:
    """As the item says, or the nearest one above it."""
    for _level in range(_HIGHEST):
        if row is None:
            return None
        fields = row.data["fields"]
        if division := fields.get("responsible_division"):
            return UUID(division)
        above = fields.get("parent")
        row = _versions(above)[0] if above and _versions(above) else None
    return None


def _people(division: UUID | None) -> Any:
    tasks = SignedTask.objects.filter(role__in=_ROLES, active=True)
    found: set[int] = set()
    for task in tasks:
        if division:
            found.update(entitled_users(task, division).values_list("pk", flat=True))
            continue
        found.update(members_at(task).values_list("user", flat=True))
        if task.role == Role.APPROVER:
            found.update(appointments_at(task).values_list("user", flat=True))
    people = get_user_model().objects.filter(pk__in=found, is_active=True).exclude(email="")
    return people.select_related("wagtail_userprofile").order_by("pk")
