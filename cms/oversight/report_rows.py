"""The rows of the oversight report: one for each duty, as the table and every export show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cms.oversight.coverage import Coverage, Standing, Totals
from cms.oversight.obligations import Duty
from cms.oversight.signing_now import InSignoff
from cms.thai.dates import format_date


@dataclass(frozen=True)
class Row:
    """One duty with what belongs to it."""

    standing: Standing
    division: str
    waiting: list[InSignoff]

    @property
    def code(self) -> str:
        """Of the item."""
        return self.standing.obligation.code

    @property
    def title(self) -> str:
        """Of the item, in the reader's language."""
        return self.standing.obligation.title(_language())

    @property
    def url(self) -> str:
        """Where everything about the duty is told."""
        return duty_url(self.standing.duty)

    @property
    def fiscal_year(self) -> str:
        """Empty where it is always owed."""
        return str(self.standing.duty.fiscal_year or "")

    @property
    def state(self) -> str:
        """In words."""
        return str(self.standing.state.label)

    @property
    def languages(self) -> str:
        """Each language that must be there: how many are public, of how many."""
        names = dict(settings.LANGUAGES)
        published, wanted = self.standing.published, self.standing.obligation.minimum
        return ", ".join(
            f"{names.get(code, code)} {published[code]}/{wanted}"
            for code in self.standing.obligation.languages
        )

    @property
    def due_on(self) -> str:
        """When the next review is due."""
        return _date(self.standing.due_on)

    @property
    def in_signoff(self) -> str:
        """With whom its drafts are, and since when."""
        return "; ".join(
            _("%(who)s since %(day)s") % {"who": step.with_whom, "day": _date(step.since)}
            for step in self.waiting
        )

    @property
    def problems(self) -> list[str]:
        """What is amiss although something is public."""
        outdated, broken = self.standing.outdated, self.standing.broken_links
        found = []
        if outdated:
            words = ngettext(
                "%(count)d translation is behind", "%(count)d translations are behind", outdated
            )
            found.append(words % {"count": outdated})
        if broken:
            words = ngettext(
                "%(count)d link does not answer", "%(count)d links do not answer", broken
            )
            found.append(words % {"count": broken})
        return found


def rows_of(
    standings: Iterable[Standing],
    names: dict[UUID, str],
    waiting: dict[Duty, list[InSignoff]],
) -> list[Row]:
    """A row for each standing, in the same order."""
    return [
        Row(one, names.get(one.obligation.division, ""), waiting.get(one.duty, []))  # type: ignore[arg-type]
        for one in standings
    ]


def duty_url(duty: Duty) -> str:
    """The page of one duty."""
    return reverse("duty", args=[duty.obligation.subject, duty.fiscal_year or 0])


def labelled(sums: Totals) -> list[tuple[str, int]]:
    """The numbers of a group with their words, in the order in which they are read."""
    return [
        (_("owed"), sums.owed),
        (_("public"), sums.public),
        (_("in order"), sums.fulfilled),
        (_("missing"), sums.missing),
        (_("incomplete"), sums.incomplete),
        (_("review overdue"), sums.overdue),
        (_("review due soon"), sums.due),
        (_("public and reviewed"), sums.fresh),
        (_("public in Thai"), sums.published_th),
        (_("public in English"), sums.published_en),
        (_("English outdated"), sums.outdated),
        (_("with broken links"), sums.broken),
        (_("public, per cent"), sums.percent),
    ]


def groups(found: Coverage, names: dict[UUID, str]) -> dict[UUID | None, list[Standing]]:
    """The standings by division, in the order of the divisions; last what belongs to none."""
    divided: dict[UUID | None, list[Standing]] = {key: [] for key in names}
    for one in found.standings:
        divided.setdefault(one.obligation.division, []).append(one)
    return {key: rows for key, rows in divided.items() if rows}


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _date(value: Any) -> str:
    return format_date(value, _language(), "j M Y") if value else ""
