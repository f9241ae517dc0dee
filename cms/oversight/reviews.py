"""The follow-up of 4.3: somebody looked, found it still right, and signed for that.

A review changes nothing that is public and needs no new revision. It is bound to the content that
was looked at: another content has to be looked at anew.
"""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.accounts.events import tells_refusals
from cms.oversight.models import Review
from cms.publication.models import Publication
from cms.signoff.chain import lock_chains
from cms.signoff.forms import SignerForm
from cms.signoff.models import Decision, Signature, SignedTask
from cms.signoff.roles import Role
from cms.signoff.signers import division_in, is_entitled
from cms.signoff.signing import (
    capacity_for,
    issue_token,
    read_token,
    signer_columns,
    subject_columns,
)
from cms.snapshot.snapshot import canonical_json, sha256
from cms.thai.date_fields import OfficeDateField

PURPOSE = "review"
REVIEWING_ROLES = (Role.REPORTER, Role.APPROVER)


def review_hash(publication: Publication, next_due: datetime.date, note: str) -> str:
    """What the person signs: that this content is still right, and when it is due again."""
    statement = {
        "reviews": publication.content_hash,
        "nextDue": next_due.isoformat(),
        "note": note,
    }
    return sha256(canonical_json(statement))


def reviewing_role(user: Any, publication: Publication) -> Role | None:
    """In which role `user` may review, or None: as at that signing step, for the division."""
    division = division_in(publication.data)
    tasks = SignedTask.objects.filter(role__in=REVIEWING_ROLES, active=True)
    held = {task.role for task in tasks if is_entitled(user, task, division)}
    return next((role for role in REVIEWING_ROLES if role in held), None)


@tells_refusals
@transaction.atomic
def review(
    publication: Publication, next_due: datetime.date, note: str, user: Any, token: str
) -> Review:
    """Records that what is public is still right until `next_due`.

    Raises `PermissionDenied` where the person may not, the token is not for this, the item is
    not public any more, or the date is not to come.
    """
    lock_chains()
    current = Publication.objects.select_for_update().get(pk=publication.pk)
    if not Publication.objects.standing().filter(pk=current.pk).exists():
        raise PermissionDenied(_("This item is not public any more."))
    if next_due <= timezone.localdate():
        raise PermissionDenied(_("The next review must be on a day to come."))
    role = reviewing_role(user, current)
    if role is None:
        raise PermissionDenied(_("Reviews are signed by the reporter or approver of the division."))
    content_hash = review_hash(current, next_due, note)
    words = read_token(token, user, [PURPOSE, current.pk], content_hash)
    signature = Signature.append(
        **subject_columns(current.data),
        role=role,
        decision=Decision.CONFIRM,
        user=user,
        **signer_columns({**words, "comment": note}),
        capacity=capacity_for(user, role, current.data),
        content_hash=content_hash,
        signed_at=timezone.now(),
    )
    return Review.objects.create(
        publication=current,
        signature=signature.sequence,
        reviewed_at=signature.signed_at,
        next_due=next_due,
        note=note,
    )


class ReviewForm(SignerForm):
    """Who looked, what was noticed, and when to look again."""

    next_due = OfficeDateField(
        label=gettext_lazy("next review"),
        help_text=gettext_lazy("When somebody looks again whether it is still right"),
        error_messages={"required": gettext_lazy("Say when it is to be reviewed again.")},
    )
    note = forms.CharField(
        label=gettext_lazy("what was looked at"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Kept in the record of this item; never public"),
    )
    field_order = ("next_due", "note", "full_name", "position", "password")

    def __init__(self, *args: Any, publication: Publication, **kwargs: Any) -> None:
        super().__init__(*args, language_code=publication.locale, **kwargs)
        self.publication = publication
        role = reviewing_role(self.signer, publication)
        self.capacity = capacity_for(self.signer, role, publication.data) if role else ""

    def clean_next_due(self) -> datetime.date:
        """A day to come."""
        day: datetime.date = self.cleaned_data["next_due"]
        if day <= timezone.localdate():
            raise ValidationError(_("The next review must be on a day to come."))
        return day

    def token(self) -> str:
        """What the person's password and words become, for this content and date only."""
        cleaned = self.cleaned_data
        words = {
            "full_name": cleaned["full_name"],
            "position": cleaned["position"],
            "checklist": [],
            "comment": cleaned["note"],
        }
        content_hash = review_hash(self.publication, cleaned["next_due"], cleaned["note"])
        return issue_token(self.signer, [PURPOSE, self.publication.pk], content_hash, words)
