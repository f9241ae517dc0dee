"""Empties the caches in front of the site of the office's numbers about itself."""

from django.conf import settings
from wagtail import hooks

from cms.publication.sites import origins_of
from cms.publication.tags import TRANSPARENCY
from cms.webhooks.messages import deliver, purge_of


def purge_numbers() -> None:
    """Everything that shows a number of `cms.transparency` is asked for again."""
    if settings.WAGTAILFRONTENDCACHE:
        deliver([purge_of([TRANSPARENCY], _addresses(), TRANSPARENCY)])


def _addresses() -> list[str]:
    """For caches that know no tags: of the page and its files, at every site."""
    paths = [path for hook in hooks.get_hooks("find_transparency_addresses") for path in hook()]
    return [f"{origin}{path}" for origin in origins_of([None]) for path in paths]
