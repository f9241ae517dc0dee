"""Submitting the answers of a year: one act that freezes all of them, signed with a password."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.accounts.events import tells_refusals
from cms.assessors.freezing import Draft, Problem
from cms.assessors.models import Submission
from cms.assessors.permissions import SUBMIT, check
from cms.oversight.models import Assessment
from cms.publication.sites import origins_of
from cms.publication.tags import LISTS, list_tag
from cms.signoff.chain import lock_chains
from cms.signoff.forms import SignerForm
from cms.signoff.signing import issue_token, read_token
from cms.webhooks.messages import deliver, purge_of

PURPOSE = "submit-answers"
LANGUAGES = ("th", "en")  # of the site
TAG = "Assessment"  # of what is answered from submissions


class NotReady(ValueError):
    """Answers that cannot be submitted, with everything that is in the way."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@tells_refusals
@transaction.atomic
def submit(assessment: Assessment, user: Any, token: str) -> Submission:
    """Freezes every answer with what stands at its addresses at this moment.

    Raises `PermissionDenied` where the person may not, or what stands there is no longer what was
    signed (`SubmissionForm.token`); `NotReady` with all that is in the way.
    """
    lock_chains()  # nobody publishes, moves or withdraws while it is read
    check(user, SUBMIT)
    assessment = Assessment.locked(assessment.pk)
    draft = Draft.read(assessment)
    if draft.problems:
        raise NotReady(draft.problems)
    last = assessment.submissions.order_by("-number").first()
    if last and last.content_hash == draft.content_hash:  # e.g. by a second click
        message = _("These answers were submitted already, just as they are: number %(number)s.")
        raise NotReady([Problem("", message % {"number": last.number})])
    words = read_token(token, user, [PURPOSE, assessment.pk], draft.content_hash)
    moment = timezone.now()
    made = Submission.append(
        assessment=assessment,
        number=last.number + 1 if last else 1,
        content=draft.content,
        content_hash=draft.content_hash,
        submitted_at=moment,
        user=user,
        full_name=words["full_name"],
        position=words["position"],
    )
    assessment.submitted_at = moment
    assessment.save(update_fields=["submitted_at"])
    _purge(made)
    return made


def _purge(made: Submission) -> None:
    """Empties the caches in front of the site, of whatever shows the answers of a year."""
    if settings.WAGTAILFRONTENDCACHE:
        tags = [LISTS, list_tag(TAG)]
        sites = origins_of([None])
        addresses = [f"{origin}{path}" for origin in sites for path in public_paths()]
        deliver([purge_of(tags, addresses, str(made))])


def public_paths() -> list[str]:
    """The pages of the site that show submissions: of each year, and their list."""
    years = Assessment.objects.filter(submissions__isnull=False).distinct()
    places = list(years.values_list("framework__key", "fiscal_year"))
    languages = LANGUAGES if places else ()
    return [
        path
        for language in languages
        for path in (
            reverse("answer_years", args=[language]),
            *(reverse("answer_year", args=[language, *place]) for place in places),
        )
    ]


class SubmissionForm(SignerForm):
    """Who submits, with the password, and the hash of what was read before."""

    content_hash = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, language_code="th", **kwargs)
        self.draft = draft
        self.fields["content_hash"].initial = draft.content_hash

    def clean(self) -> dict[str, Any]:
        """Refuses what is otherwise than it was shown; everything typed stays."""
        cleaned = super().clean() or {}
        if cleaned.get("content_hash") != self.draft.content_hash:
            self.data = {  # type: ignore[assignment]
                **{name: self.data[name] for name in self.data},
                "content_hash": self.draft.content_hash,
            }
            raise ValidationError(
                _("The content has changed since you opened it. Read it again before you sign.")
            )
        return cleaned

    def token(self) -> str:
        """What the password and the words become, for this very content."""
        cleaned = self.cleaned_data
        words = {
            "full_name": cleaned["full_name"],
            "position": cleaned["position"],
            "checklist": [],
            "comment": "",
        }
        purpose = [PURPOSE, self.draft.assessment.pk]
        return issue_token(self.signer, purpose, self.draft.content_hash, words)
