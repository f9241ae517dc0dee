"""How far the office shows what it owes: counted from publications alone.

One pass over the rows that are public at a moment, without their texts: as many queries for
20,000 publications as for one.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.oversight.behind import TRANSLATION, Translations
from cms.oversight.models import LinkCheck, Review
from cms.oversight.obligations import Duty, Kind, Obligation, Obligations, obligations, public_at
from cms.publication.models import Publication
from cms.publication.versions import ORIGINAL
from pages.disclosure_items import DisclosureItem

DUE_WITHIN = datetime.timedelta(days=30)
_CHUNK = 2_000  # rows of a pass


class State(models.TextChoices):
    """Where one duty stands; the first that is true."""

    MISSING = "missing", _("missing")
    INCOMPLETE = "incomplete", _("incomplete")
    OVERDUE = "overdue", _("review overdue")
    DUE = "due", _("review due soon")
    FRESH = "fresh", _("public and reviewed")


PUBLIC_STATES = (State.OVERDUE, State.DUE, State.FRESH)


@dataclass(eq=False)
class Standing:
    """How one duty stands at a moment."""

    duty: Duty
    published: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # by language
    outdated: int = 0  # translations behind their original
    broken_links: int = 0
    due_on: datetime.date | None = None  # the earliest review of what is public for it
    last_published_at: datetime.datetime | None = None
    state: State = State.MISSING

    @property
    def obligation(self) -> Obligation:
        """What is owed."""
        return self.duty.obligation

    @property
    def missing_languages(self) -> list[str]:
        """Required languages in which there is less than it takes."""
        wanted = self.obligation.minimum
        return [code for code in self.obligation.languages if self.published[code] < wanted]

    @property
    def is_public(self) -> bool:
        """Whether what is owed stands there, in every language in which it must."""
        return self.state in PUBLIC_STATES

    @property
    def is_fulfilled(self) -> bool:
        """Public, looked at in time, up to date in each language, and every link answers."""
        in_time = self.state in (State.DUE, State.FRESH)
        return in_time and not self.outdated and not self.broken_links

    def settle(self, day: datetime.date) -> None:
        """Decides the state from what was counted."""
        if not any(self.published.values()):
            self.state = State.MISSING
        elif self.missing_languages:
            self.state = State.INCOMPLETE
        elif self.due_on and self.due_on < day:
            self.state = State.OVERDUE
        elif self.due_on and self.due_on <= day + DUE_WITHIN:
            self.state = State.DUE
        else:
            self.state = State.FRESH


@dataclass
class Coverage:
    """Every duty at a moment, in the order of the list."""

    at: datetime.datetime
    obligations: Obligations
    standings: list[Standing]
    is_recorded: bool = False  # as it was written down on that day


@dataclass
class Totals:
    """The numbers of a group of duties, as every report, page and export shows them."""

    owed: int = 0
    public: int = 0
    fulfilled: int = 0
    missing: int = 0
    incomplete: int = 0
    overdue: int = 0
    due: int = 0
    fresh: int = 0
    published_th: int = 0
    published_en: int = 0
    outdated: int = 0  # duties with a translation that is behind
    broken: int = 0  # duties with a link that does not answer

    @property
    def percent(self) -> int:
        """Of what is owed, how much is public: whole per cent, rounded down."""
        return self.public * 100 // self.owed if self.owed else 0


def totals(standings: Iterable[Standing]) -> Totals:
    """Adds up duties."""
    found = Totals()
    for one in standings:
        found.owed += 1
        found.public += one.is_public
        found.fulfilled += one.is_fulfilled
        setattr(found, one.state.value, getattr(found, one.state.value) + 1)
        found.published_th += one.published[ORIGINAL] >= one.obligation.minimum
        found.published_en += one.published[TRANSLATION] >= one.obligation.minimum
        found.outdated += bool(one.outdated)
        found.broken += bool(one.broken_links)
    return found


class Row(NamedTuple):
    """What coverage needs to know of one publication."""

    pk: int
    subject: UUID
    locale: str
    fiscal_year: int | None
    content_hash: str
    published_at: datetime.datetime
    effective_from: datetime.datetime
    kind: Kind


def coverage(at: datetime.datetime | None = None) -> Coverage:
    """Counts what is public at a moment (default: now) for what is owed then.

    Broken links are known for the present only. Six queries, whatever the number of rows.
    """
    now = timezone.now()
    at = at or now
    day = timezone.localdate(at)
    tree = obligations(at)
    found = {duty: Standing(duty) for duty in tree.duties(day)}
    broken = _broken_links() if at >= now else {}
    reviewed = _next_reviews(at)
    translations = Translations()
    for row in public_rows(at):
        for duty in _duties_of(row, tree):
            if standing := found.get(duty):
                _count(standing, row, broken, reviewed)
                translations.note(row, standing)
    for standing, count in translations.outdated(at).items():
        standing.outdated = count
    for standing in found.values():
        standing.settle(day)
    return Coverage(at, tree, list(found.values()))


def public_rows(at: datetime.datetime, condition: Q | None = None) -> Iterator[Row]:
    """What was public at a moment, but for the list of obligations itself."""
    rows = Publication.objects.filter(condition or Q(), public_at(at)).order_by("pk")
    columns = rows.exclude(type=DisclosureItem.__name__).values_list(
        *("pk", "subject", "locale", "fiscal_year", "content_hash"),
        *("published_at", "effective_from"),
        *("disclosure_item", "type", "category", "official_information"),
    )
    for row in columns.iterator(chunk_size=_CHUNK):
        pk, subject, locale, year, content_hash, published_at, effective_from, *kind = row
        yield Row(
            pk, subject, locale, year, content_hash, published_at, effective_from, Kind(*kind)
        )


def rows_for(duty: Duty, at: datetime.datetime, tree: Obligations) -> list[int]:
    """The ids of the publications that count for one duty at a moment, the newest first."""
    found = [row.pk for row in public_rows(at) if duty in _duties_of(row, tree)]
    return found[::-1]


def _duties_of(row: Row, tree: Obligations) -> Iterator[Duty]:
    for leaf in tree.fulfilled_by(row.kind):
        yield Duty(leaf, row.fiscal_year if leaf.is_yearly else None)


def _count(
    standing: Standing,
    row: Row,
    broken: dict[int, int],
    reviewed: dict[UUID, tuple[str, datetime.date | None]],
) -> None:
    standing.published[row.locale] += 1
    standing.broken_links += broken.get(row.pk, 0)
    last = standing.last_published_at
    standing.last_published_at = max(last, row.published_at) if last else row.published_at
    months = standing.obligation.review_months
    if row.locale != ORIGINAL or not months:
        return
    content_hash, due_on = reviewed.get(row.subject, ("", None))
    if content_hash != row.content_hash or due_on is None:
        due_on = months_after(timezone.localdate(row.effective_from), months)
    standing.due_on = min(standing.due_on or due_on, due_on)


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or that month's last."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    last = (following - datetime.timedelta(days=1)).day
    return datetime.date(year, month, min(day.day, last))


def _broken_links() -> dict[int, int]:
    """How many addresses that a publication names do not answer, by publication."""
    places = LinkCheck.publications.through.objects.filter(linkcheck__failing_since__isnull=False)
    return dict(places.order_by().values_list("publication_id").annotate(Count("pk")))


def _next_reviews(at: datetime.datetime) -> dict[UUID, tuple[str, datetime.date | None]]:
    """Of each subject the content that was last reviewed, and when it is due again."""
    rows = Review.objects.filter(reviewed_at__lte=at, publication__locale=ORIGINAL)
    columns = rows.order_by("pk").values_list(
        "publication__subject", "publication__content_hash", "next_due"
    )
    return {subject: (content_hash, due) for subject, content_hash, due in columns}
