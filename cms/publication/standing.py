"""Where a draft stands: written, being signed and by whom next, public, changed since."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, WorkflowState

from cms.publication.models import Publication
from cms.publication.versions import ORIGINAL, Version, age, histories
from cms.signoff.roles import Role
from cms.thai.dates import format_date

# Short enough for a column of a list.
SIGNERS = {
    Role.REPORTER: gettext_lazy("reporter"),
    Role.APPROVER: gettext_lazy("approver"),
    Role.EXECUTIVE: gettext_lazy("chief executive or administrator"),
    Role.PUBLISHER: gettext_lazy("publisher"),
    Role.ALERT_ISSUER: gettext_lazy("issuer of the alert"),
    Role.ALERT_RELEASER: gettext_lazy("releaser of the alert"),
}


@dataclass(frozen=True)
class Standing:
    """What readers have (`public`, at `address`) and what the office works on (`draft`).

    Words in the user's language; at least one of the two has some. `warning`: a public
    translation that is older than the Thai version.
    """

    public: str
    address: str
    draft: str
    warning: str = ""


def open_runs(pages: list[Page]) -> dict[int, WorkflowState]:
    """The open workflow run of each page by the page's id, with its step, in one query."""
    states = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page.pk) for page in pages],
    )
    found = {}
    for state in states.select_related("current_task_state__task__signedtask"):
        step = state.current_task_state
        if step and hasattr(step.task, "signedtask"):
            step.task.specific = step.task.signedtask  # what Wagtail would ask for once more
        found[int(state.object_id)] = state
    return found


def standings(pages: list[Page], runs: dict[int, WorkflowState]) -> dict[int, Standing]:
    """The standing of each page by its id. `runs` are its `open_runs`; three queries for all."""
    records = _publications(pages)
    past = histories(page.translation_key for page in pages)
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    found = {}
    for page in pages:
        rows = records[page.translation_key, languages[page.locale_id]]
        now = rows[0] if rows and rows[0].effective_from <= timezone.now() else None
        later = rows[-1] if rows and rows[-1] is not now else None
        found[page.pk] = Standing(
            public=_public(page, now, later),
            address=str(now.address) if now and now.address.path else "",
            draft=_draft(page, now, later, runs.get(page.pk)),
            warning=_warning(now, past) if now else "",
        )
    return found


def _publications(pages: list[Page]) -> dict[tuple[Any, str], list[Publication]]:
    """What stands of each page and what will, in the order of their beginning."""
    found: dict[tuple[Any, str], list[Publication]] = defaultdict(list)
    subjects = {page.translation_key for page in pages}
    rows = Publication.objects.standing().filter(subject__in=subjects).select_related("address")
    for row in rows.defer("snapshot").order_by("effective_from"):
        found[row.subject, row.locale].append(row)
    return found


def _public(page: Page, now: Publication | None, later: Publication | None) -> str:
    if now:
        return _("Public")
    if later:
        return _("Public from %(moment)s") % {"moment": _moment(later)}
    return _("Not public any more") if page.first_published_at else ""


def _warning(now: Publication, past: dict[tuple[str, str], list[Version]]) -> str:
    """What the public site says above the page too."""
    if now.locale == ORIGINAL:
        return ""
    columns = {name: getattr(now, name) for name in Version._fields}
    found = age(Version(**columns), past[str(now.subject), ORIGINAL], timezone.now())
    if found.newer_since:
        return _("Older than the Thai version")
    return _("The Thai version is no longer public") if found.gone_since else ""


def _draft(
    page: Page, now: Publication | None, later: Publication | None, run: WorkflowState | None
) -> str:
    if run:
        return _("Returned for correction") if _is_returned(run) else _at(run)
    newest = later or now
    if newest is None:
        return "" if page.first_published_at else _("Draft")
    if _is_changed(page, newest):
        return _("Changed since")
    return _("New version from %(moment)s") % {"moment": _moment(later)} if now and later else ""


def _moment(publication: Publication) -> str:
    return format_date(publication.effective_from, get_language() or "th", "j M Y H:i")


def _is_returned(run: WorkflowState) -> bool:
    return run.status == WorkflowState.STATUS_NEEDS_CHANGES


def _at(run: WorkflowState) -> str:
    step = run.current_task_state
    task = getattr(step.task, "signedtask", None) if step else None
    if task is None:
        return _("Being signed")
    return _("Being signed, now: %(signer)s") % {"signer": SIGNERS[Role(task.role)]}


def _is_changed(page: Page, publication: Publication) -> bool:
    """Another draft, or the same saved again: autosave writes over its own revision."""
    return page.latest_revision_id != publication.revision_id or (
        page.latest_revision_created_at is not None
        and page.latest_revision_created_at > publication.published_at
    )
