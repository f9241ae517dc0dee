"""The names under which caches in front of the site keep answers, so that a change purges them.

An answer carries the tags of everything it was read from; a change purges the tags of everything
that it touches. Letters, digits and hyphens only: every cache takes these.
"""

from collections.abc import Collection, Iterable
from typing import Any

EVERYTHING = "prakat"  # on every answer
LISTS = "list"  # on every answer that a record of any type may enter
LAYOUT = "layout"  # menus and alerts in force: on every page of the site
TRANSPARENCY = "transparency"  # the numbers that the office tells of itself
MAX_SUBJECTS = 150  # of more only the types are named: proxies refuse long headers
_SUBJECT = "s-"
_ALERT = "Alert"  # the type of what every page of the site shows


def subject_tag(subject: Any) -> str:
    """Of one record in all its languages. Two records may share one: then both are purged."""
    return f"{_SUBJECT}{str(subject).replace('-', '')[:12]}"


def list_tag(type_name: str) -> str:
    """Of answers that a new record of this type may enter."""
    return f"{type_name}-list"


def tags_of(row: Any) -> set[str]:
    """What a change of a publication purges.

    What it refers to is purged too: a hearing names the pages that name the hearing.
    """
    subjects: Iterable[Any] = [row.subject, row.parent, *row.data.get("references", ())]
    tags = {subject_tag(subject) for subject in subjects if subject}
    tags |= {LISTS, list_tag(row.type)}
    return tags | {LAYOUT} if row.in_menu or row.type == _ALERT else tags


def tag_headers(tags: Collection[str]) -> dict[str, str]:
    """The same tags as Fastly and Varnish read them, and as Cloudflare and Akamai do."""
    if not tags:
        return {}
    named = sorted(tags)
    if sum(tag.startswith(_SUBJECT) for tag in named) > MAX_SUBJECTS:
        # Too many to name: then every change purges it.
        named = sorted({LISTS, *(tag for tag in named if not tag.startswith(_SUBJECT))})
    return {"Surrogate-Key": " ".join(named), "Cache-Tag": ",".join(named)}
