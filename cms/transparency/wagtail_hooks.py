"""When a day's numbers are written down, the caches in front of the site are told."""

import datetime

from wagtail import hooks

from cms.transparency.purging import purge_numbers


@hooks.register("coverage_recorded")
def purge_what_shows_days(date: datetime.date) -> None:
    """In the transaction that writes the day."""
    purge_numbers()
