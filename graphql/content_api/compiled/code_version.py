"""A hash of all that decides what a record's JSON looks like, besides the record."""

import hashlib
from functools import cache

from django.conf import settings

# Our code, the words of both languages, and the versions of the libraries.
_PARTS = (
    "cms/**/*.py",
    "pages/**/*.py",
    "graphql/content_api/**/*.py",
    "locale/**/*.po",
    "requirements.txt",
)


@cache
def code_version() -> str:
    """Differs whenever any file differs that could change an answer. Read once in a process."""
    digest = hashlib.sha256()
    for pattern in _PARTS:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
