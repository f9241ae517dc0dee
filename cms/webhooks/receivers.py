"""What changes public answers as a whole, without any publication."""

from typing import Any

from django.conf import settings

from cms.publication.sites import origins_of
from cms.publication.tags import EVERYTHING
from cms.webhooks.messages import deliver, purge_of


def purge_everything(sender: Any, **kwargs: Any) -> None:
    """After a change of what is shown of every record: every answer is asked for again."""
    if settings.WAGTAILFRONTENDCACHE:
        deliver([purge_of([EVERYTHING], [f"{origin}/" for origin in origins_of([None])])])
