"""What is public and must be reviewed: by when, by which division (announcement 2.1, 4.3).

The day stands in the signed version of a page but not in its snapshot, as it is the office's own;
it is read from the page's row, which only the publication of a signed version writes. A signed
review (`cms.oversight.reviews`) moves it.
"""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from cms.oversight.models import Review
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

    Titles are the published ones. A signed review of this very content moves the day. A
    translation is reviewed with its original: it counts only where the original is not public.
    """
    found: list[DueItem] = []
    last = 0
    while rows := list(_pages(until).filter(pk__gt=last)[:CHUNK]):
        last = rows[-1][0]
        subjects = {row[1] for row in rows}
        in_force = Publication.objects.in_force().filter(subject__in=subjects)
        columns = ("subject", "locale", "title", "department", "content_hash")
        public = {(row[0], row[1]): row[2:] for row in in_force.values_list(*columns)}
        reviewed = _reviewed(subjects)
        for pk, subject, locale, due_on in rows:
            if (subject, locale) not in public:
                continue  # withdrawn meanwhile
            title, division, content_hash = public[subject, locale]
            due_on = reviewed.get((subject, locale, content_hash), due_on)
            if due_on and due_on <= until:
                found.append(DueItem(subject, title, due_on, division, pk))
    return sorted(found, key=lambda item: (item.due_on, item.title, item.page_id))


def _pages(until: datetime.date) -> Any:
    """Pages that may be due: by their own day, or by that of a review."""
    here = Publication.objects.in_force().filter(subject=OuterRef("translation_key"))
    reviews = Review.objects.filter(
        publication__subject=OuterRef("translation_key"),
        publication__locale=OuterRef("locale__language_code"),
        next_due__lte=until,
    )
    rows = ContentPage.objects.filter(
        Exists(here.filter(locale=OuterRef("locale__language_code"))),
        Q(locale__language_code=settings.LANGUAGE_CODE)
        | ~Exists(here.filter(locale=settings.LANGUAGE_CODE)),
        Q(review_due__lte=until) | Exists(reviews),
    )
    columns = ("pk", "translation_key", "locale__language_code", "review_due")
    return rows.order_by("pk").values_list(*columns)


def _reviewed(subjects: set[UUID]) -> dict[tuple[UUID, str, str], datetime.date]:
    """When each content that was reviewed is due again, by subject, language and content hash."""
    rows = Review.objects.filter(publication__subject__in=subjects).order_by("pk")
    columns = (
        "publication__subject",
        "publication__locale",
        "publication__content_hash",
        "next_due",
    )
    return {(row[0], row[1], row[2]): row[3] for row in rows.values_list(*columns)}
