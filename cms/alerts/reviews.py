"""The review after an alert: the chief executive or administrator signs what was found.

A review is a signature on the content hash of the message, so it stands in the same chain.
"""

import datetime
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from cms.accounts.events import tells_refusals
from cms.alerts.models import AlertSettings
from cms.publication.models import Publication
from cms.schedule.working_time import WorkingCalendar, add_working_hours
from cms.signoff.chain import lock_chains
from cms.signoff.models import Decision, Signature, SignedTask
from cms.signoff.roles import Role
from cms.signoff.signers import entitled_users, is_entitled
from cms.signoff.signing import (
    capacity_for,
    issue_token,
    read_token,
    signer_columns,
    subject_columns,
)

PURPOSE = "review-alert"


class Outcome(models.TextChoices):
    """What a review finds."""

    PROPER = "proper", gettext_lazy("The alert was proper.")
    CORRECT = "correct", gettext_lazy("It must be corrected.")
    WITHDRAW = "withdraw", gettext_lazy("It must be withdrawn.")


@dataclass(frozen=True)
class Review:
    """A signed review, as lists show it."""

    signature: Signature
    outcome: Outcome


def messages() -> QuerySet[Publication]:
    """Every message that was ever public, withdrawn ones too, the newest first."""
    rows = Publication.objects.filter(type="Alert", kind=Publication.Kind.PUBLICATION)
    return rows.select_related("address").order_by("-sequence")


def to_review() -> QuerySet[Publication]:
    """The messages that nobody has reviewed, the oldest first. Withdrawn or over, they wait."""
    return messages().filter(~Exists(_reviews_of(OuterRef("content_hash")))).order_by("sequence")


def review_of(publication: Publication) -> Review | None:
    """The review of a message, where there is one."""
    signature = _reviews_of(publication.content_hash).first()
    if signature is None:
        return None
    return Review(signature, Outcome(json.loads(signature.checklist)[0]))


def due_at(publication: Publication) -> datetime.datetime:
    """Until when a message must be reviewed."""
    return add_working_hours(publication.published_at, _review_hours())


def _review_hours() -> int:
    site = Site.objects.get(is_default_site=True)
    return AlertSettings.for_site(site).review_hours


def may_review(publication: Publication, user: Any) -> bool:
    """Whether `user` signs as executive today, and signed the alert neither first nor second.

    Whoever acts for the chief executive or chief administrator under an order may too.
    """
    signers = Signature.objects.filter(sequence__in=publication.signature_sequences)
    return (
        any(is_entitled(user, step, None) for step in _executive_steps())
        and not signers.filter(user_id=user.pk).exists()
        and review_of(publication) is None
    )


def reviewable_by(user: Any) -> list[tuple[Publication, datetime.datetime]]:
    """What `user` may review, each with the time until when; the rule of `may_review`, for lists.

    With the same number of queries however many messages wait.
    """
    if not user.is_active or not any(is_entitled(user, step, None) for step in _executive_steps()):
        return []
    signed = Signature.objects.filter(user_id=user.pk, subject_type="Alert")
    own = set(signed.values_list("sequence", flat=True))
    found = [row for row in to_review() if own.isdisjoint(row.signature_sequences)]
    if not found:
        return []
    calendar, hours = WorkingCalendar.of_office(), _review_hours()
    return [(row, calendar.add_working_hours(row.published_at, hours)) for row in found]


def reviewers_of(publication: Publication) -> list[Any]:
    """Who may review a message now."""
    found = {user.pk: user for step in _executive_steps() for user in entitled_users(step, None)}
    return [user for _pk, user in sorted(found.items()) if may_review(publication, user)]


def review_token(publication: Publication, user: Any, words: dict[str, Any]) -> str:
    """What the person's password and words become. The caller has checked the password."""
    return issue_token(user, [PURPOSE, publication.pk], publication.content_hash, words)


def words_of(full_name: str, position: str, outcome: Outcome, findings: str) -> dict[str, Any]:
    """The words that a review's token carries; the outcome also in the office's language."""
    with translation.override("th"):
        confirmed = [outcome.value, str(outcome.label)]
    return {
        "full_name": full_name,
        "position": position,
        "checklist": confirmed,
        "comment": findings,
    }


@tells_refusals
@transaction.atomic
def review(publication: Publication, user: Any, token: str) -> Signature:
    """Signs a review. `token` is of `review_token`.

    Raises `PermissionDenied` where the person may not, it was reviewed already, or the token is
    not for this act.
    """
    lock_chains()
    publication = messages().select_related(None).select_for_update().get(pk=publication.pk)
    if not may_review(publication, user):
        raise PermissionDenied(_("You may not review this alert."))
    words = read_token(token, user, [PURPOSE, publication.pk], publication.content_hash)
    if not words["comment"].strip() or words["checklist"][0] not in Outcome.values:
        raise PermissionDenied(_("A review says what was found."))
    return Signature.append(
        **subject_columns(publication.data),
        revision_id=publication.revision_id,
        role=Role.EXECUTIVE,
        decision=Decision.REVIEW,
        user=user,
        **signer_columns(words),
        capacity=capacity_for(user, Role.EXECUTIVE, publication.data),
        content_hash=publication.content_hash,
        signed_at=timezone.now(),
    )


def _executive_steps() -> QuerySet[SignedTask]:
    return SignedTask.objects.filter(role=Role.EXECUTIVE, active=True)


def _reviews_of(content_hash: Any) -> QuerySet[Signature]:
    return Signature.objects.filter(
        decision=Decision.REVIEW, subject_type="Alert", content_hash=content_hash
    ).order_by("sequence")
