"""One duty: what it requires, what is public for it, what is on its way, how it stood before."""

import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.divisions.scope import scope_of
from cms.oversight.coverage import Standing, State, rows_for
from cms.oversight.division_names import division_names
from cms.oversight.models import CoverageRecord, Review
from cms.oversight.obligations import Duty
from cms.oversight.report_rows import Row, rows_of
from cms.oversight.report_views import OversightView
from cms.oversight.reviews import REVIEWING_ROLES
from cms.oversight.signing_now import by_duty, in_signoff
from cms.publication.models import Publication
from cms.signoff.models import SignedTask
from cms.signoff.signers import signing_scope
from pages.models import Department

MAX_SHOWN = 100
VIEW_RECORD = "publication.view_publication"


class Change(NamedTuple):
    """A day on which a duty was recorded in another state than on the day before."""

    date: datetime.date
    state: str
    is_fulfilled: bool


class DutyView(OversightView):
    """For everybody in the admin, as the report is."""

    template_name = "oversight/duty.html"

    def get_page_title(self) -> str:
        """Code and title, and the year where it is yearly."""
        row = self.row
        return " ".join(part for part in (row.code, row.title, row.fiscal_year) if part)

    @cached_property
    def standing(self) -> Standing:
        """Of the duty that the address names. Raises `Http404` where it was not owed that day."""
        item, year = self.kwargs["item"], self.kwargs["year"] or None
        for one in self.found.standings:
            if (one.obligation.subject, one.duty.fiscal_year) == (item, year):
                return one
        raise Http404

    @cached_property
    def row(self) -> Row:
        """As in the report, with the drafts that this person may know of."""
        steps = [] if self.is_past else in_signoff(scope_of(self.request.user))
        waiting = by_duty(steps, self.found.obligations)
        return rows_of([self.standing], division_names(), waiting)[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything there is to say; the number of queries does not grow with it."""
        duty, obligation = self.standing.duty, self.standing.obligation
        language = get_language() or settings.LANGUAGE_CODE
        numbers = rows_for(duty, self.found.at, self.found.obligations)
        return {
            **super().get_context_data(**kwargs),
            "at": self.found.at,
            "is_past": self.is_past,
            "row": self.row,
            "obligation": obligation,
            "lineage": [(above.code, above.title(language)) for above in obligation.lineage],
            "texts": [
                (label, texts.get(language) or texts.get(settings.LANGUAGE_CODE))
                for label, texts in (
                    (_("description"), obligation.descriptions),
                    (_("legal basis"), obligation.legal_bases),
                    (_("when it is fulfilled"), obligation.conditions),
                )
            ],
            "publications": self._publications(numbers[:MAX_SHOWN]),
            "more": max(0, len(numbers) - MAX_SHOWN),
            "changes": changes(duty),
        }

    def _publications(self, numbers: list[int]) -> list[Publication]:
        """What counts, the newest first, each with what this person may do with it."""
        rows = Publication.objects.filter(pk__in=numbers).select_related("address")
        user: Any = self.request.user
        tasks = SignedTask.objects.filter(role__in=REVIEWING_ROLES, active=True)
        scopes = [] if self.is_past else [signing_scope(user, task) for task in tasks]
        may_see_record = user.has_perm(VIEW_RECORD)
        reviews = _last_reviews(numbers)
        found: list[Any] = list(rows.defer("snapshot").order_by("-pk"))
        for row in found:
            row.record_url = reverse("publications:record", args=[row.pk]) if may_see_record else ""
            division = row.subject if row.type == Department.__name__ else row.department
            may_review = any(scope.covers(division) for scope in scopes)
            row.review_url = reverse("review", args=[row.pk]) if may_review else ""
            row.last_review = reviews.get(row.pk)
            row.language = dict(settings.LANGUAGES).get(row.locale, row.locale)
        return found


def changes(duty: Duty) -> list[Change]:
    """The recorded states of a duty, one for each run of equal days, the newest first."""
    rows = CoverageRecord.objects.filter(
        item=duty.obligation.subject, fiscal_year=duty.fiscal_year
    ).order_by("date")
    found: list[Change] = []
    for date, state, is_fulfilled in rows.values_list("date", "state", "is_fulfilled"):
        change = Change(date, str(State(state).label), is_fulfilled)
        if not found or found[-1][1:] != change[1:]:
            found.append(change)
    return found[::-1]


def _last_reviews(numbers: list[int]) -> dict[int, Review]:
    rows = Review.objects.filter(publication__in=numbers).order_by("pk")
    return {row.publication_id: row for row in rows}
