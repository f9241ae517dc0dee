"""The weekly summary, on Monday mornings: what is due, what is overdue, what waits for signatures.

Heads of divisions get that of their divisions, the chief administrator and the administrators
that of the office. Titles of drafts are only told to whoever may open them.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from cms.access.permissions import may_see_draft
from cms.accounts.models import User
from cms.divisions.heads import heads_of
from cms.mail.outbox import language_of, queue_mail
from cms.moderation.open_steps import OpenStep, division_names, open_steps
from cms.moderation.queue_reports import VIEW_PERMISSION as SEES_ALL_THAT_WAITS
from cms.publication.alarm import administrators
from cms.schedule.models import PeriodicRun
from cms.signoff.action_menu import signing_url
from cms.signoff.roles import Role
from cms.thai.dates import format_date
from cms.watching.due import DueItem, due_items
from cms.watching.models import SentSummary, WatchingSettings
from cms.watching.people import chief_administrators
from cms.watching.reminders import LINES, lines_of
from pages.models import Department

SUMMARY_KIND = "watching_summary"
JOB = "mail_weekly_summary"
_MONDAY = 0


@dataclass
class Reader:
    """One person and the divisions of which the summary tells; None: of the whole office."""

    user: User
    divisions: set[UUID] | None = field(default_factory=set)

    def reads(self, division: UUID | None) -> bool:
        """Whether what belongs to a division is told to this person."""
        return self.divisions is None or division in self.divisions


def mail_weekly_summary() -> None:
    """Writes this week's summaries that are not written yet.

    Runs every day: where the machine was off on Monday, the next day makes up for it.
    """
    today = timezone.localdate()
    week = today - datetime.timedelta(days=today.weekday())
    if today.weekday() != _MONDAY and not _was_known_before(week):
        return
    chosen = WatchingSettings.load()
    items = due_items(today + datetime.timedelta(days=chosen.soon_days))
    steps = open_steps()
    for reader in readers():
        _send(reader, week, items, steps)


def _was_known_before(week: datetime.date) -> bool:
    """Whether a summary was missed, and not only that the system is younger than this Monday."""
    return any(
        timezone.localdate(row.known_since) <= week for row in PeriodicRun.objects.filter(name=JOB)
    )


def readers() -> list[Reader]:
    """Whoever gets a summary: heads of divisions, the chief administrator, administrators."""
    found: dict[int, Reader] = {}
    keys = Department.objects.order_by("translation_key").values_list("translation_key", flat=True)
    for key in keys.distinct():
        for user in heads_of(key):
            divisions = found.setdefault(user.pk, Reader(user)).divisions
            assert divisions is not None  # noqa: S101  # set below only
            divisions.add(key)
    for user in [*heads_of(None), *chief_administrators(), *administrators()]:
        found[user.pk] = Reader(user, None)
    return list(found.values())


@transaction.atomic
def _send(reader: Reader, week: datetime.date, items: list[DueItem], steps: list[OpenStep]) -> None:
    """One person's mail; where there is nothing to tell, only that this week is settled."""
    _row, is_new = SentSummary.objects.get_or_create(user=reader.user, week=week)
    if not is_new:
        return
    today = timezone.localdate()
    own = [item for item in items if reader.reads(item.division)]
    overdue = [item for item in own if item.days_late(today) > 0]
    soon = [item for item in own if item.days_late(today) <= 0]
    waiting = visible_steps(reader, steps)
    if not (overdue or soon or waiting):
        return
    language = language_of(reader.user)
    with override(language):
        words = {"week": format_date(week, language)}
        with_division = reader.divisions is None or len(reader.divisions) > 1
        parts = [
            _part(_("Overdue"), lines_of(overdue, with_division), len(overdue)),
            _part(_("Due soon"), lines_of(soon, with_division), len(soon)),
            _part(_("Waiting for signatures"), _step_lines(waiting, with_division), len(waiting)),
        ]
        queue_mail(
            SUMMARY_KIND,
            reader.user,
            _("Summary of the week of %(week)s") % words,
            "\n\n".join(parts) + "\n",
            language=language,
        )


def visible_steps(reader: Reader, steps: list[OpenStep]) -> list[OpenStep]:
    """What waits in the reader's divisions and may be known to the reader, longest first.

    Whoever sees the report "Everything that waits" sees it here too; for anybody else each draft
    is asked about.
    """
    own = [step for step in steps if reader.reads(step.division_key)]
    if not reader.user.has_perm(SEES_ALL_THAT_WAITS):
        runs = WorkflowState.objects.in_bulk([step.run_id for step in own])
        own = [
            step
            for step in own
            if (item := runs[step.run_id].content_object) and may_see_draft(reader.user, item)
        ]
    return sorted(own, key=lambda step: (step.since, step.pk))


def _part(heading: str, lines: str, count: int) -> str:
    title = f"{heading} ({count})"
    return f"{title}\n{'=' * len(title)}\n{lines or _('none')}"


def _step_lines(steps: list[OpenStep], with_division: bool) -> str:
    names = division_names() if with_division else {}
    lines = [_step_line(step, names) for step in steps[:LINES]]
    if len(steps) > LINES:
        left = len(steps) - LINES
        lines.append(ngettext("and one more", "and %(count)s more", left) % {"count": left})
    return "\n\n".join(lines)


def _step_line(step: OpenStep, names: dict[Any, str]) -> str:
    days = (timezone.localdate() - timezone.localdate(step.since)).days
    since = format_date(step.since, get_language() or settings.LANGUAGE_CODE)
    waits = ngettext(
        "waits since %(since)s, for %(count)s day",
        "waits since %(since)s, for %(count)s days",
        days,
    )
    parts = [
        f"* {step.title}",
        _("Next signature: %(role)s") % {"role": Role(step.task.role).label},
        waits % {"since": since, "count": days},
    ]
    if step.division_key in names:
        parts.append(_("Division: %(name)s") % {"name": names[step.division_key]})
    return "\n  ".join([*parts, f"{settings.BASE_URL}{signing_url(step.pk)}"])
