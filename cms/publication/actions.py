"""What other apps offer for one record of the public record, by the hook `find_record_actions`."""

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
