"""Empties the caches in front of the site of the office's numbers about itself."""

from django.conf import settings
from django.urls import reverse

from cms.publication.sites import origins_of
from cms.publication.tags import TRANSPARENCY
from cms.webhooks.messages import deliver, purge_of


def purge_numbers() -> None:
    """Everything that shows a number of `cms.transparency` is asked for again."""
    if settings.WAGTAILFRONTENDCACHE:
        deliver([purge_of([TRANSPARENCY], _addresses(), TRANSPARENCY)])


def _addresses() -> list[str]:
    """For caches that know no tags."""
    paths = [
        path
        for language, _name in settings.LANGUAGES
        for path in (
            reverse("transparency", args=[language]),
            *(
                reverse("transparency_file", args=[language, name, file_format])
                for name in ("numbers", "log")
                for file_format in ("csv", "json")
            ),
        )
    ]
    return [f"{origin}{path}" for origin in origins_of([None]) for path in paths]
