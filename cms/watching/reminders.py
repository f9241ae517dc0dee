"""Reminders of reviews, before and after the day, and the word to the chief administrator.

A stage is a number of days relative to the due day; of the stages that are reached only the last
counts, so whoever was away is not told five times. What was sent is noted with the mail in one
transaction for each person: nobody is told twice, and a job that was killed goes on.
"""

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from cms.accounts.models import User
from cms.mail.outbox import language_of, queue_mail
from cms.moderation.open_steps import division_names
from cms.thai.dates import format_date
from cms.watching.due import DueItem, due_items
from cms.watching.models import SentReminder, WatchingSettings
from cms.watching.people import chief_administrators, reporters_of

REMINDER_KIND = "review_due"
ESCALATION_KIND = "review_escalated"
LINES = 50  # items named in one mail
Kind = SentReminder.Kind


class Call(NamedTuple):
    """One item of which a person is to be told now, and at which stage."""

    item: DueItem
    stage: int


def remind_of_reviews() -> None:
    """Today's pass over everything that is due or will be."""
    chosen, today = WatchingSettings.load(), timezone.localdate()
    stages = chosen.stages
    ahead = max([0, *(-stage for stage in stages)])
    items = due_items(today + datetime.timedelta(days=ahead))
    calls: dict[int, list[Call]] = defaultdict(list)
    people: dict[int, User] = {}
    for division, own in _by_division(items).items():
        reached = [
            Call(one, stage) for one in own if (stage := _stage(one, today, stages)) is not None
        ]
        for user in reporters_of(division) if reached else []:
            people[user.pk] = user
            calls[user.pk] += reached
    for pk, found in calls.items():
        _tell(people[pk], Kind.REMINDER, found, _reminder)
    late = [Call(one, 0) for one in items if one.days_late(today) >= chosen.escalation_days]
    for user in chief_administrators() if late else []:
        _tell(user, Kind.ESCALATION, late, _escalation)


def _by_division(items: Iterable[DueItem]) -> dict[UUID | None, list[DueItem]]:
    found: dict[UUID | None, list[DueItem]] = defaultdict(list)
    for item in items:
        found[item.division].append(item)
    return found


def _stage(item: DueItem, today: datetime.date, stages: list[int]) -> int | None:
    """The last stage that an item has reached; None before the first."""
    number = bisect_right(stages, item.days_late(today))
    return stages[number - 1] if number else None


@transaction.atomic
def _tell(
    user: User, kind: str, calls: list[Call], write: Callable[[list[DueItem]], tuple[str, str]]
) -> None:
    """One mail with what this person was not told yet; in the transaction that notes it."""
    subjects = {call.item.subject for call in calls}
    sent = set(
        SentReminder.objects.filter(user=user, kind=kind, subject__in=subjects).values_list(
            "subject", "due_on", "stage"
        )
    )
    new = [call for call in calls if (call.item.subject, call.item.due_on, call.stage) not in sent]
    if not new:
        return
    now = timezone.now()
    SentReminder.objects.bulk_create(
        SentReminder(
            user=user,
            subject=call.item.subject,
            due_on=call.item.due_on,
            kind=kind,
            stage=call.stage,
            sent_at=now,
        )
        for call in new
    )
    language = language_of(user)
    with override(language):
        subject, text = write([call.item for call in new])
        mail_kind = REMINDER_KIND if kind == Kind.REMINDER else ESCALATION_KIND
        queue_mail(mail_kind, user, subject, text, language=language)


def _reminder(items: list[DueItem]) -> tuple[str, str]:
    one, many = _("Review due: %(title)s"), _("Reviews due: %(count)s items")
    text = _(
        "Your division is responsible for what follows. Please check whether it is still right. If"
        " it is not, correct it; then set the next day of review:\n\n%(lines)s\n"
    )
    return _subject(one, many, items), text % {"lines": lines_of(items)}


def _escalation(items: list[DueItem]) -> tuple[str, str]:
    one, many = _("Review long overdue: %(title)s"), _("Reviews long overdue: %(count)s items")
    text = _(
        "The review of what follows is long overdue, although the responsible division was"
        " reminded:\n\n%(lines)s\n"
    )
    return _subject(one, many, items), text % {"lines": lines_of(items, with_division=True)}


def _subject(one: str, many: str, items: list[DueItem]) -> str:
    """Of a single item its title; two texts, as Thai has no plural to choose by."""
    words = {"count": len(items), "title": items[0].title}
    return (one if len(items) == 1 else many) % words


def lines_of(items: list[DueItem], with_division: bool = False) -> str:
    """The items for a mail, in the active language: title, day, how late, where to edit it."""
    names = division_names() if with_division else {}
    lines = [_line(item, names) for item in items[:LINES]]
    if len(items) > LINES:
        left = len(items) - LINES
        lines.append(ngettext("and one more", "and %(count)s more", left) % {"count": left})
    return "\n\n".join(lines)


def _line(item: DueItem, names: dict[UUID, str]) -> str:
    parts = [f"* {item.title}", due_words(item)]
    if names and item.division in names:
        parts.append(_("Division: %(name)s") % {"name": names[item.division]})
    return "\n  ".join([*parts, item.url])


def due_words(item: DueItem) -> str:
    """When an item is or was due, in the active language."""
    late = item.days_late(timezone.localdate())
    day = format_date(item.due_on, get_language() or settings.LANGUAGE_CODE)
    if late > 0:
        words = ngettext(
            "was due on %(day)s, %(count)s day ago", "was due on %(day)s, %(count)s days ago", late
        )
    elif late == 0:
        words = _("is due today, %(day)s")
    else:
        words = ngettext(
            "is due on %(day)s, in %(count)s day", "is due on %(day)s, in %(count)s days", -late
        )
    return words % {"day": day, "count": abs(late)}
