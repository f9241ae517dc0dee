"""One person's queue: what waits for me, what came back to me, what of mine is with others."""

import dataclasses
import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.hooks import get_hooks
from wagtail.models import Page

from cms.moderation.models import Reminder, ReminderSettings
from cms.moderation.open_steps import (
    OpenStep,
    division_names,
    language_name,
    open_steps,
    type_name,
)
from cms.publication.waiting import waiting_withdrawals
from cms.schedule.working_time import WorkingCalendar
from cms.signoff.action_menu import signing_url
from cms.signoff.assignments import ASSIGN_PERMISSION
from cms.signoff.entries import Entry
from cms.signoff.models import SignedTask
from cms.signoff.returns import returned_to
from cms.signoff.roles import Role
from cms.signoff.signers import signing_scope
from cms.signoff.signers_today import signers_by_division
from pages.models import Department


@dataclasses.dataclass(frozen=True)
class Row:
    """An entry as a list shows it: with the time that it waits."""

    entry: Entry
    hours: float
    minutes: int
    is_overdue: bool

    @property
    def is_pressing(self) -> bool:
        """Urgent or sensitive."""
        return self.entry.is_urgent or self.entry.is_sensitive


class Queue:
    """What `user` finds in the queue. Each list is read once, when it is asked for."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.clock = Clock()

    @cached_property
    def waiting(self) -> list[Row]:
        """What waits for this person's signature now."""
        entries = _by_release(self._mine, self._entry)
        entries += [self._withdrawal(row) for row in waiting_withdrawals(self.user)]
        for hook in get_hooks("find_queue_entries"):
            entries += hook(self.user)
        return self.clock.rows(entries)

    @cached_property
    def returned(self) -> list[Row]:
        """What came back to this person for correction."""
        entries = []
        for found in returned_to(self.user):
            item, rejection = found.workflow_state.content_object, found.rejection
            draft = item.latest_revision.content if item.latest_revision else {}
            entries.append(
                Entry(
                    title=rejection.title,
                    type=type_name(rejection.subject_type),
                    language=language_name(rejection.locale),
                    division=self._names.get(self._keys.get(draft.get("department") or 0), ""),
                    step=_("Returned for correction"),
                    since=rejection.signed_at,
                    url=_edit_url(item),
                    is_urgent=bool(draft.get("is_urgent")),
                    is_sensitive=bool(draft.get("is_sensitive")),
                    note=found.sentence,
                )
            )
        return self.clock.rows(entries, is_timed=False)

    @cached_property
    def with_others(self) -> list[Row]:
        """What this person wrote, sent or signed and others must sign now."""
        mine = {step.pk for step in self._mine}
        user = self.user.pk
        others = [
            step
            for step in self._steps
            if step.pk not in mine
            and (user in (step.author_id, step.requested_by_id) or user in step.signer_ids)
        ]
        return self.clock.rows(_by_release(others, self._entry))

    @cached_property
    def count(self) -> int:
        """How many signatures of this person are waited for, for the menu."""
        return len(self.waiting)

    @cached_property
    def _steps(self) -> list[OpenStep]:
        return open_steps()

    @cached_property
    def _mine(self) -> list[OpenStep]:
        """The steps that this person may sign; of a release, only where that is true of all."""
        tasks = {step.task.pk: step.task for step in self._steps}
        scopes = {pk: signing_scope(self.user, task) for pk, task in tasks.items()}
        signable = [s for s in self._steps if s.may_be_signed_by(self.user, scopes[s.task.pk])]
        kept = {step.pk for step in signable}
        barred = {step.release.pk for step in self._steps if step.release and step.pk not in kept}
        return [s for s in signable if s.release is None or s.release.pk not in barred]

    @cached_property
    def _names(self) -> dict[Any, str]:
        return division_names()

    @cached_property
    def _keys(self) -> dict[int, Any]:
        return dict(Department.objects.values_list("pk", "translation_key"))

    @cached_property
    def _approving(self) -> list[Any]:
        """The divisions for which this person approves, and may thus say who signs."""
        tasks = SignedTask.objects.filter(role=Role.APPROVER, active=True)
        return [signing_scope(self.user, task) for task in tasks]

    @cached_property
    def _may_assign_all(self) -> bool:
        return self.user.has_perm(ASSIGN_PERMISSION)

    @cached_property
    def people(self) -> "People":
        """Who signs where."""
        return People()

    def _entry(self, step: OpenStep) -> Entry:
        may_assign = (
            self._may_assign_all
            or step in self._mine
            or any(scope.covers(step.division_key) for scope in self._approving)
        )
        entry = entry_of(step, self.people)
        url = reverse("moderation:assign", args=[step.pk]) if may_assign else ""
        return dataclasses.replace(entry, assign_url=url)

    def _withdrawal(self, withdrawal: Any) -> Entry:
        publication = withdrawal.publication
        return Entry(
            title=publication.title,
            type=type_name(publication.type),
            language=language_name(publication.locale),
            division=self._names.get(publication.department, ""),
            step=_("Withdrawal: second signature"),
            since=withdrawal.requested_at,
            url=reverse("publications:record", args=[publication.pk]),
            note=withdrawal.reason,
        )


class People:
    """The names of those who may sign a step, by division; each step is asked for once."""

    def __init__(self) -> None:
        self._thai: dict[Any, int] = dict(
            Department.objects.filter(locale__language_code="th").values_list(
                "translation_key", "pk"
            )
        )
        self._found: dict[int, dict[int | None, list[str]]] = {}

    def at(self, step: OpenStep) -> tuple[str, ...]:
        """The assignee alone, where there is one."""
        if step.assignee:
            return (step.assignee.get_full_name() or step.assignee.username,)
        if step.task.pk not in self._found:
            self._found[step.task.pk] = signers_by_division(step.task)
        names = self._found[step.task.pk]
        own = names.get(self._thai.get(step.division_key), []) if step.division_key else []
        return tuple(dict.fromkeys([*own, *names.get(None, [])]))


class Clock:
    """The office's working time and the limits of the reminders, read once."""

    def __init__(self) -> None:
        self.calendar = WorkingCalendar.of_office()
        self.limits = ReminderSettings.load()
        self.now = timezone.now()

    def waited(self, since: datetime.datetime, is_pressing: bool) -> float:
        """The hours that count: every hour where it is urgent or sensitive."""
        if is_pressing:
            return max(0.0, (self.now - since) / datetime.timedelta(hours=1))
        return self.calendar.working_hours_between(since, self.now)

    def is_due(self, kind: str, since: datetime.datetime, is_pressing: bool) -> bool:
        """Whether a reminder of this kind is due."""
        return self.waited(since, is_pressing) >= self.limits.hours(kind, is_pressing)

    def rows(self, entries: list[Entry], is_timed: bool = True) -> list[Row]:
        """Entries with their time: urgent and sensitive ones first, then the longest waiting."""
        found = [self._row(entry, is_timed) for entry in entries]
        return sorted(found, key=lambda row: (not row.is_pressing, row.entry.since))

    def _row(self, entry: Entry, is_timed: bool) -> Row:
        is_pressing = entry.is_urgent or entry.is_sensitive
        if entry.due_at:
            is_overdue = entry.due_at < self.now
        else:
            is_overdue = is_timed and self.is_due(Reminder.Kind.REMINDER, entry.since, is_pressing)
        since = entry.flagged_at or entry.since
        minutes = max(0, int((self.now - since).total_seconds() // 60))
        hours = self.calendar.working_hours_between(entry.since, self.now)
        return Row(entry, hours, minutes, is_overdue)


def entry_of(step: OpenStep, people: People) -> Entry:
    """A step as an entry, with who may sign it."""
    release = step.release
    return Entry(
        title=release.title if release else step.title,
        type=_("Release") if release else step.type,
        language="" if release else step.language,
        division=step.division,
        step=Role(step.task.role).label,
        since=step.since,
        url=reverse("releases:detail", args=[release.pk]) if release else signing_url(step.pk),
        is_urgent=step.is_urgent,
        is_sensitive=step.is_sensitive,
        flagged_at=step.flagged_at,
        is_escalated=step.is_escalated,
        people=people.at(step),
        assigned_to=(step.assignee.get_full_name() or step.assignee.username)
        if step.assignee
        else "",
    )


def everything_that_waits(user: Any) -> list[Row]:
    """For those who oversee: every step of the office, whoever it waits for.

    Without the way to the drafts, which they may not see; for the administrator with the way to
    assign a step.
    """
    people, may_assign = People(), user.has_perm(ASSIGN_PERMISSION)

    def entry(step: OpenStep) -> Entry:
        assign_url = reverse("moderation:assign", args=[step.pk]) if may_assign else ""
        return dataclasses.replace(entry_of(step, people), url="", assign_url=assign_url)

    return Clock().rows(_by_release(open_steps(), entry))


def _by_release(steps: list[OpenStep], make: Any) -> list[Entry]:
    """One entry for each single item and one for each release, as urgent as its items are."""
    entries: list[Entry] = []
    together: dict[int, list[OpenStep]] = {}
    for step in steps:
        if step.release is None:
            entries.append(make(step))
        else:
            together.setdefault(step.release.pk, []).append(step)
    for parts in together.values():
        count = len(parts)
        note = ngettext("%(count)d item", "%(count)d items", count) % {"count": count}
        divisions = dict.fromkeys(part.division for part in parts if part.division)
        flagged = [part.flagged_at for part in parts if part.flagged_at]
        entry = dataclasses.replace(
            make(parts[0]),
            division=", ".join(divisions),
            since=min(part.since for part in parts),
            is_urgent=any(part.is_urgent for part in parts),
            is_sensitive=any(part.is_sensitive for part in parts),
            is_escalated=any(part.is_escalated for part in parts),
            flagged_at=min(flagged, default=None),
            note=note,
        )
        entries.append(entry)
    return entries


def _edit_url(item: Any) -> str:
    if isinstance(item, Page):
        return reverse("wagtailadmin_pages:edit", args=[item.pk])
    return reverse(item.snippet_viewset.get_url_name("edit"), args=[item.pk])
