"""What other apps know of one record of the public record, and offer for it.

By the hooks `find_record_facts`, `find_record_actions` (a button) and `find_record_sections` (a
part of its page).
"""

from dataclasses import dataclass
from typing import Any

from wagtail import hooks

from cms.publication.models import Publication


@dataclass(frozen=True)
class RecordAction:
    """A button below a record: its words, and where it leads."""

    label: Any
    url: str


def actions_for(publication: Publication, user: Any) -> list[RecordAction]:
    """Every action that an app offers to `user`, who may see the record."""
    return [
        action
        for hook in hooks.get_hooks("find_record_actions")
        for action in hook(publication, user)
    ]


def sections_for(publication: Publication, user: Any) -> list[Any]:
    """Every part (a Wagtail `Component`) that an app adds to the page of a record for `user`."""
    return [
        section
        for hook in hooks.get_hooks("find_record_sections")
        for section in hook(publication, user)
    ]


def facts_for(publication: Publication) -> list[tuple[str, str]]:
    """Label and value of each thing that an app knows of a record, in the active language."""
    return [fact for hook in hooks.get_hooks("find_record_facts") for fact in hook(publication)]
