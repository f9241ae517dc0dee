"""Jobs of watching that are killed again and again. Run by test_kill.py.

For each `[job, statement]` of the command line: what was told before is forgotten, a child runs the
job and kills itself with SIGKILL before its n-th statement to the database (0: it lives), another
runs it again, twice, and a third looks. One line of JSON on standard output for each.
"""

import datetime
import json
import sys
from collections import Counter
from typing import Any

import django

from tests.crash.driver import DieBefore, die, in_child


def jobs() -> dict[str, Any]:
    """Each job of a night that writes or tells something, by name."""
    from cms.oversight.history import record_coverage
    from cms.watching.division_reports import report_broken_links
    from cms.watching.drift import watch_drift
    from cms.watching.files import check_files
    from cms.watching.reminders import remind_of_reviews
    from cms.watching.summary import mail_weekly_summary

    return {
        "reminders": remind_of_reviews,
        "summary": mail_weekly_summary,
        "division reports": report_broken_links,
        "files": check_files,
        "drift": watch_drift,
        "coverage": record_coverage,
    }


def prepare() -> None:
    """An office with something overdue, a broken link, and drift; its files are on no disk."""
    from django.utils import timezone
    from wagtail.models import Page

    from cms.schedule.models import PeriodicRun
    from cms.signoff.roles import GROUP_NAMES
    from cms.watching.own_links import check_own_links
    from cms.watching.summary import JOB
    from tests.office import Office, image
    from tests.oversight.duties import owe
    from tests.watching.conftest import give_address
    from tests.website.reading import block, published

    office = Office()
    for role in GROUP_NAMES:
        give_address(getattr(office, role))
    late = timezone.localdate() - datetime.timedelta(days=20)
    link = block("rich_text", '<p><a href="/th/nowhere/">ที่นี่</a></p>')
    for number in range(3):
        page = published(office, link, title=f"แผน {number}", review_due=late)
        Page.objects.filter(pk=page.pk).update(title="ไม่มีใครลงนาม")
    published(office, lead_image=image())
    for code in ("1", "2", "3"):
        owe(office, code)
    check_own_links()
    run = PeriodicRun.objects.create(name=JOB)
    long_ago = timezone.now() - datetime.timedelta(days=60)
    PeriodicRun.objects.filter(pk=run.pk).update(known_since=long_ago)


def forget() -> None:
    """As if nothing had been told yet; the files are gone again."""
    from cms.mail.models import OutgoingMail
    from cms.oversight.models import CoverageRecord
    from cms.publication.models import PinnedFile
    from cms.watching.models import DivisionReport, Finding, Pass, SentReminder, SentSummary

    told = (OutgoingMail, DivisionReport, Finding, Pass, SentReminder, SentSummary)
    for model in (*told, CoverageRecord):
        model.objects.all().delete()
    storage = PinnedFile.storage()
    for pinned in PinnedFile.objects.all():
        storage.delete(pinned.storage_name)


def run(name: str, number: int) -> int:
    """Runs a job, or dies on the way. Returns how many statements it took."""
    from django.db import connection

    from cms.watching import files
    from tests.crash.item import die_at_commit

    files.CHUNK = 2  # so that a pass has several steps
    killer = DieBefore(number)
    with connection.execute_wrapper(killer):
        if number:
            die_at_commit(killer, die)
        jobs()[name]()
    return killer.count


def look() -> dict[str, Any]:
    """How many mails of each kind each person has, what is wrong, and what was recorded."""
    from cms.mail.models import OutgoingMail
    from cms.oversight.models import CoverageRecord
    from cms.watching.models import Finding

    mails = Counter(f"{mail.kind} {mail.to}" for mail in OutgoingMail.objects.all())
    found = Counter(Finding.objects.values_list("problem", flat=True))
    texts = "".join(OutgoingMail.objects.values_list("body", flat=True))
    named = {title: texts.count(title) for title in ("แผน 0", "แผน 1", "แผน 2")}
    recorded = CoverageRecord.objects.count()
    return {"mails": dict(mails), "findings": dict(found), "named": named, "recorded": recorded}


def main() -> None:
    """Reads the list of `[job, statement]` and reports on each."""
    django.setup()
    if in_child(prepare)[0]:
        raise SystemExit("The office could not be prepared")
    for name, number in json.loads(sys.argv[1]):
        if in_child(forget)[0]:
            raise SystemExit("The past could not be forgotten")
        killed, _count = in_child(lambda name=name, number=number: run(name, number))
        again = [in_child(lambda name=name: run(name, 0))[0] for _time in range(2)]
        code, seen = in_child(look)
        record = {"job": name, "statement": number, "ended": killed, "again": again}
        print(json.dumps({**record, "seen": None if code else seen}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
