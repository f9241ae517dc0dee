"""What is public and must be reviewed: by when, by which division (announcement 2.1, 4.3).

The day stands in the signed version of a page but not in its snapshot, as it is the office's own;
it is read from the page's row, which only the publication of a signed version writes.
"""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse

from cms.publication.models import Publication
from pages.base import ContentPage

CHUNK = 500  # pages read at once


@dataclass(frozen=True)
class DueItem:
    """One public item, whatever its languages: what it is called and when it is due."""

    subject: UUID
    title: str
    due_on: datetime.date
    division: UUID | None
    page_id: int

    def days_late(self, today: datetime.date) -> int:
        """How many days ago it was due; negative: in how many it will be."""
        return (today - self.due_on).days

    @property
    def url(self) -> str:
        """Where it is edited."""
        path = reverse("wagtailadmin_pages:edit", args=[self.page_id])
        return f"{settings.BASE_URL}{path}"


def due_items(until: datetime.date) -> list[DueItem]:
    """Everything public that is due by a day or was before, the longest overdue first.

    Titles are the published ones. Translations are reviewed with their original: an item is named
    once, in Thai where there is Thai, with the earliest day of its languages.
    """
    found: dict[UUID, DueItem] = {}
    last = 0
    while rows := list(_pages(until).filter(pk__gt=last)[:CHUNK]):
        last = rows[-1][0]
        keys = {row[1] for row in rows}
        in_force = Publication.objects.in_force().filter(subject__in=keys)
        columns = ("subject", "locale", "title", "department")
        public = {(row[0], row[1]): row for row in in_force.values_list(*columns)}
        for pk, subject, locale, due_on in rows:
            if (subject, locale) in public:
                *_place, title, division = public[subject, locale]
                item = DueItem(subject, title, due_on, division, pk)
                found[subject] = _merged(found.get(subject), item, locale)
    return sorted(found.values(), key=lambda item: (item.due_on, item.title, item.page_id))


def _pages(until: datetime.date):
    in_force = Publication.objects.in_force().filter(
        subject=OuterRef("translation_key"), locale=OuterRef("locale__language_code")
    )
    rows = ContentPage.objects.filter(Exists(in_force), review_due__lte=until).order_by("pk")
    return rows.values_list("pk", "translation_key", "locale__language_code", "review_due")


def _merged(known: DueItem | None, new: DueItem, locale: str) -> DueItem:
    if known is None:
        return new
    names = new if locale == settings.LANGUAGE_CODE else known
    due_on = min(known.due_on, new.due_on)
    return DueItem(new.subject, names.title, due_on, names.division, names.page_id)
