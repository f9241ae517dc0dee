"""The site's own addresses that show a public change besides the page itself."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from website.languages import LANGUAGES

_FEEDS = ("rss", "atom")


def transparency_addresses() -> list[str]:
    """The office's numbers about itself and their files: every change may show there."""
    found = []
    for language in LANGUAGES:
        found.append(reverse("transparency", args=[language]))
        found += [
            reverse("transparency_file", args=[language, name, file_format])
            for name in ("numbers", "log")
            for file_format in ("csv", "json")
        ]
    return found


def changed_addresses(changes: Sequence[Any]) -> list[str]:
    """Paths below the origin: front pages, feeds, site map, permanent addresses.

    `changes` are public changes (`cms.publication.public_changes`).
    """
    languages = {change.locale for change in changes}
    if any(change.record_type == "Alert" for change in changes):
        languages = set(LANGUAGES)
    found = [reverse("sitemap"), *transparency_addresses()]
    for language in sorted(languages):
        found += [reverse("page", args=[language, ""]), reverse("events_feed", args=[language])]
        found += [reverse("news_feed", args=[language, kind]) for kind in _FEEDS]
        found += [reverse("dcat_catalogue", args=[language]), reverse("alerts", args=[language])]
        found += [reverse("alert_feed", args=[language, kind]) for kind in _FEEDS]
    return found + [
        reverse("permanent", args=[change.permanent_id, change.locale]) for change in changes
    ]
