"""What the site tells the caches in front of it."""

from typing import Any

from wagtail import hooks

from website.changed_addresses import changed_addresses, transparency_addresses


@hooks.register("find_changed_addresses")
def find_site_addresses(changes: list[Any]) -> list[str]:
    """For caches that know no tags."""
    return changed_addresses(changes)


@hooks.register("find_transparency_addresses")
def find_transparency_addresses() -> list[str]:
    """For caches that know no tags, when a day's numbers are written down."""
    return transparency_addresses()
