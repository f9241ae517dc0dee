"""What the screens of a release say: its state, its items with their problems, who signed."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.publication.standing import SIGNERS
from cms.signoff.action_menu import signing_url
from cms.signoff.models import Decision, Release, ReleaseAct, Signature
from cms.signoff.release_content import Part, problems_of
from cms.signoff.release_sittings import Sitting
from cms.signoff.roles import Role


@dataclass(frozen=True)
class Row:
    """One item as a line of a table."""

    pk: int
    title: str
    language: str
    type_name: str
    begins: Any
    problems: list[str]
    edit_url: str
    preview_url: str
    compare_url: str


def state_of(release: Release, role: str) -> str:
    """Where a release is; while it is being signed, with the signer it waits for."""
    if release.state == Release.State.SIGNING and role:
        return _("Being signed, now: %(signer)s") % {"signer": SIGNERS[Role(role)]}
    return capfirst(str(release.get_state_display()))


def rows_of(sitting: Sitting) -> list[Row]:
    """The items; while the release is open, with what keeps each from being signed now.

    While it is being signed, also where the draft is compared with what is public.
    """
    role = sitting.task.role if sitting.task else Role.REPORTER
    return [_row(sitting.release, part, role) for part in sitting.parts]


def _row(release: Release, part: Part, role: str) -> Row:
    problems = problems_of(part, role) if release.is_open else []
    if part.item is None:
        return Row(part.row.pk, part.name, "", "", None, problems, "", "", "")
    draft = part.draft
    return Row(
        pk=part.row.pk,
        title=draft.title,
        language=draft.locale.get_display_name(),
        type_name=capfirst(str(draft._meta.verbose_name)),
        begins=draft.go_live_at,
        problems=problems,
        edit_url=_edit_url(draft),
        preview_url=reverse("releases:preview", args=[release.pk, part.row.pk]),
        compare_url=_compare_url(release, part),
    )


def _compare_url(release: Release, part: Part) -> str:
    """The signing screen of the single item: only read, as it is signed with the others."""
    if release.state != Release.State.SIGNING or part.row.run is None:
        return ""
    return signing_url(part.row.run.current_task_state_id)


def _edit_url(draft: Any) -> str:
    if isinstance(draft, Page):
        return reverse("wagtailadmin_pages:edit", args=[draft.pk])
    viewset = type(draft).snippet_viewset
    return reverse(viewset.get_url_name("edit"), args=[quote(draft.pk)])


def windows_differ(sitting: Sitting) -> bool:
    """Whether some items begin at another moment than others: they become public apart."""
    return len({part.draft.go_live_at for part in sitting.parts if part.item is not None}) > 1


def acts_of(release: Release) -> list[dict[str, Any]]:
    """Who signed, in order; earlier rounds too, marked as void."""
    acts = list(ReleaseAct.objects.filter(release=str(release.uuid)))
    first = [act.signature_sequences[0] for act in acts]
    names = {row.sequence: row for row in Signature.objects.filter(sequence__in=first)}
    return [
        {
            "signature": names.get(sequence),
            "is_void": act.decision == Decision.APPROVE and act.round != release.round,
        }
        for act, sequence in zip(acts, first, strict=True)
    ]
