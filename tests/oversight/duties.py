"""Verbs that give an office something to owe, and let days pass."""

import datetime
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from cms.oversight.coverage import Coverage, Standing
from pages.models import DisclosureItem
from tests.office import Office

Travel = Callable[[datetime.timedelta], datetime.datetime]


def owe(office: Office, code: str, **fields: Any) -> DisclosureItem:
    """A published disclosure item; by default Thai alone, reviewed every year."""
    values = {"title": f"รายการ {code}", "languages": ["th"], "review_months": 12, **fields}
    return office.show(office.record(DisclosureItem, code=code, **values))


def show(office: Office, item: DisclosureItem, **fields: Any) -> Any:
    """A published item of news that names a disclosure item."""
    return office.show(office.draft(disclosure_item=item, **fields))


def standing(found: Coverage, code: str, year: int | None = None) -> Standing:
    """The duty of a code, for a year where it is yearly."""
    return next(
        one
        for one in found.standings
        if one.obligation.code == code and one.duty.fiscal_year == year
    )


def traveller(monkeypatch: Any) -> Travel:
    """Moves the office's clock: each call goes on from the last."""
    moment = timezone.now()

    def travel(by: datetime.timedelta) -> datetime.datetime:
        nonlocal moment
        moment += by
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return travel
