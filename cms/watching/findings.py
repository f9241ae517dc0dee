"""Findings: noted once, told at once, and told again when they are over.

A pass notes what it finds and ends what it finds no more; `tell` then writes the mails and the
note that they were written in one transaction. Killed in between, the next call tells.
"""

import datetime
import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from cms.mail.outbox import language_of, queue_mail
from cms.publication.alarm import administrators
from cms.thai.dates import format_date
from cms.watching.models import Finding, open_findings

ALARM_KIND = "watching_alarm"
LINES = 30  # findings named in one mail; the report in the admin has all
logger = logging.getLogger(__name__)
Problem = Finding.Problem


def note_finding(problem: str, key: str, title: str = "", detail: str = "") -> None:
    """Notes that something is wrong now; where that is known already, that it still is."""
    now = timezone.now()
    seen = open_findings().filter(problem=problem, key=key)
    if seen.update(seen_at=now, detail=detail[:700]):
        return
    # Two processes may look at the same moment: the constraint keeps one row.
    row = Finding(problem=problem, key=key, title=title[:255], detail=detail[:700])
    row.found_at = row.seen_at = now
    Finding.objects.bulk_create([row], ignore_conflicts=True)


def end_finding(problems: Iterable[str], key: str) -> None:
    """Notes that none of these problems is there any more."""
    open_findings().filter(problem__in=problems, key=key).update(over_at=timezone.now())


def end_unseen(problems: Iterable[str], since: datetime.datetime) -> None:
    """Ends what a whole pass that began at `since` did not see."""
    gone = open_findings().filter(problem__in=problems, seen_at__lt=since)
    gone.update(over_at=timezone.now())


def tell() -> None:
    """Tells the administrators of what is new, and of what is over; each once."""
    while _tell_new() or _tell_over():
        pass


@transaction.atomic
def _tell_new() -> bool:
    """What was over before anybody was told of it is not told at all."""
    Finding.objects.filter(told_at__isnull=True, over_at__isnull=False).update(
        told_at=F("over_at"), over_told_at=F("over_at")
    )
    rows, count = _locked(open_findings().filter(told_at__isnull=True))
    if not rows:
        return False
    for row in rows[:LINES]:
        logger.critical("Watching found: %s %s %s", row.problem, row.key, row.detail)
    for user in administrators():
        with override(language_of(user)):
            subject = ngettext(
                "Watching found that something is wrong",
                "Watching found that %(count)s things are wrong",
                count,
            )
            text = _(
                "What is public, or the record of it, is not as it should be:\n\n%(lines)s\n\n"
                "Find out who or what did this. What the public reads comes from the signed record"
                " alone. All findings:\n%(address)s\n"
            )
            words = {"count": count, "lines": _lines(rows, count), "address": _report_address()}
            queue_mail(ALARM_KIND, user, subject % words, text % words, urgent=True)
    Finding.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=timezone.now())
    return True


@transaction.atomic
def _tell_over() -> bool:
    ended = Finding.objects.filter(over_at__isnull=False, over_told_at__isnull=True)
    rows, count = _locked(ended)
    if not rows:
        return False
    for user in administrators():
        with override(language_of(user)):
            subject = ngettext(
                "It is over: what watching found is right again",
                "It is over: %(count)s findings are right again",
                count,
            )
            text = _(
                "This was wrong and is right again:\n\n%(lines)s\n\nAll findings:\n%(address)s\n"
            )
            words = {"count": count, "lines": _lines(rows, count), "address": _report_address()}
            queue_mail(ALARM_KIND, user, subject % words, text % words, urgent=True)
    Finding.objects.filter(pk__in=[row.pk for row in rows]).update(over_told_at=timezone.now())
    return True


_AT_ONCE = 1000  # findings of one mail: more are told in a further one


def _locked(rows: QuerySet[Finding]) -> tuple[list[Finding], int]:
    found = list(rows.select_for_update().order_by("pk")[:_AT_ONCE])
    return found, len(found)


def _lines(rows: list[Finding], count: int) -> str:
    lines = [_line(row) for row in rows[:LINES]]
    if count > LINES:
        further = ngettext("and one more", "and %(count)s more", count - LINES)
        lines.append(further % {"count": count - LINES})
    return "\n\n".join(lines)


def _line(row: Finding) -> str:
    language = get_language() or settings.LANGUAGE_CODE
    moment = format_date(row.found_at, language, "j F Y H:i")
    named = [part for part in (row.title, row.detail) if part]
    lines = [f"* {row.get_problem_display()}", *named]
    lines.append(_("Found on %(moment)s") % {"moment": moment})
    if row.over_at:
        over = format_date(row.over_at, language, "j F Y H:i")
        lines.append(_("Over since %(moment)s") % {"moment": over})
    return "\n  ".join(lines)


def _report_address() -> str:
    return f"{settings.BASE_URL}{reverse('watching:report')}"
