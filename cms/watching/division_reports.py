"""Tells each division of its broken links and files: what is new at once, what stays weekly.

One mail for each person, division and night. The note that a division was told and the mails are
one transaction, so a job that was killed goes on with the divisions that are left.
"""

import datetime
from collections import defaultdict
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from cms.mail.outbox import language_of, queue_mail
from cms.oversight.models import LinkCheck
from cms.publication.models import Publication
from cms.thai.dates import format_date
from cms.watching.models import DivisionReport
from cms.watching.people import reporters_of

LINKS_KIND = "watching_links"
LINES = 50  # links named in one mail; the report in the admin has all
AGAIN_AFTER_DAYS = 7


class Broken(NamedTuple):
    """One address that does not lead where it should, on one public record."""

    check: LinkCheck
    publication: Publication

    @property
    def since(self) -> datetime.datetime:
        """From when on the division has it: it broke, or was published when broken already."""
        assert self.check.failing_since is not None  # noqa: S101  # see `_broken_of`
        return max(self.check.failing_since, self.publication.published_at)


def report_broken_links() -> None:
    """One pass over all divisions that have something broken."""
    in_force = Publication.objects.in_force().filter(link_checks__failing_since__isnull=False)
    for division in in_force.order_by().values_list("department", flat=True).distinct():
        _report(division)


@transaction.atomic
def _report(division: UUID | None) -> None:
    key, today = str(division or ""), timezone.localdate()
    last = DivisionReport.objects.filter(division=key).order_by("-day").first()
    broken = _broken_of(division)
    if last:
        is_new = any(one.since > last.sent_at for one in broken)
        is_time = (today - last.day).days >= AGAIN_AFTER_DAYS
        if last.day == today or not (is_new or is_time):
            return
    DivisionReport.objects.create(division=key, day=today, sent_at=timezone.now())
    told = last.sent_at if last else None
    for user in reporters_of(division):
        language = language_of(user)
        with override(language):
            count = len({one.check.pk for one in broken})
            subject = ngettext(
                "%(count)s broken link or file of your division",
                "%(count)s broken links or files of your division",
                count,
            )
            text = _(
                "These links and files in what your division published do not lead where they"
                " should. Correct them, or remove them, in a new version:\n\n%(lines)s\n\n"
                "The whole report:\n%(address)s\n\n"
                "This mail comes when something is new, else once a week.\n"
            )
            address = f"{settings.BASE_URL}{reverse('broken_links')}"
            words = {"count": count, "lines": _lines(broken, told, language), "address": address}
            queue_mail(LINKS_KIND, user, subject % words, text % words, language=language)


def _broken_of(division: UUID | None) -> list[Broken]:
    """What is broken on the public records of a division, the newest finding first."""
    in_force = Publication.objects.in_force().filter(department=division)
    places = LinkCheck.publications.through.objects.filter(
        publication__in=in_force.values("pk"), linkcheck__failing_since__isnull=False
    )
    rows = places.select_related("linkcheck", "publication__address")
    found = [Broken(row.linkcheck, row.publication) for row in rows.defer("publication__snapshot")]
    return sorted(found, key=lambda one: (one.since, one.check.pk), reverse=True)


def _lines(broken: list[Broken], told: datetime.datetime | None, language: str) -> str:
    """For each address what is wrong, since when, and on which records it stands."""
    by_check: dict[int, list[Broken]] = defaultdict(list)
    for one in broken:
        by_check[one.check.pk].append(one)
    lines = [_line(places, told, language) for places in list(by_check.values())[:LINES]]
    if len(by_check) > LINES:
        left = len(by_check) - LINES
        lines.append(ngettext("and one more", "and %(count)s more", left) % {"count": left})
    return "\n\n".join(lines)


def _line(places: list[Broken], told: datetime.datetime | None, language: str) -> str:
    check = places[0].check
    words = {
        "finding": check.finding,
        "since": format_date(places[0].since, language),
        "titles": ", ".join(sorted({one.publication.title for one in places})[:5]),
    }
    is_new = told is None or places[0].since > told
    since = _("new, since %(since)s") if is_new else _("since %(since)s")
    stands_on = _("stands on: %(titles)s")
    return "\n  ".join([f"* {check.url}", str(words["finding"]), since % words, stands_on % words])
