"""When coverage of a day is written down, the lists of others are too; and caches are told."""

import datetime

from wagtail import hooks

from cms.transparency.frameworks import record_years
from cms.transparency.numbers import Transparency
from cms.transparency.purging import purge_numbers


@hooks.register("coverage_recorded")
def record_and_purge(date: datetime.date) -> None:
    """In the transaction that writes the day."""
    record_years(date, Transparency(date).frameworks)
    purge_numbers()
