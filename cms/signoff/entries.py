"""What one person's queue says of one thing that waits.

Apps to the left put theirs in through the hook `find_queue_entries(user)`, which returns a list
of `Entry`.
"""

import datetime
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One thing that waits: for the person, or for `people`.

    `since` is when it began to wait; `due_at` is when it is overdue, where that is known
    otherwise than by the settings of the reminders. `url` is empty for those who may not see it,
    `assign_url` where the person cannot say who signs it.
    """

    title: str
    type: str
    language: str
    since: datetime.datetime
    url: str
    step: Any = ""
    division: str = ""
    is_urgent: bool = False
    is_sensitive: bool = False
    flagged_at: datetime.datetime | None = None
    is_escalated: bool = False
    due_at: datetime.datetime | None = None
    people: tuple[str, ...] = ()
    assigned_to: str = ""
    assign_url: str = ""
    note: str = ""
