"""Pages of which an answer shows nothing but the address."""

from typing import NamedTuple
from uuid import UUID


class LinkedPage(NamedTuple):
    """A page that is linked to: its move or end changes the answer too."""

    subject: UUID
    type: str
