"""What the keys in the headers of a request open: one draft, or pages that are not for everyone.

Keys are read from headers alone: an address is logged, kept and passed on by others.
"""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.access.models import TokenInvalid
from cms.access.previews import presented_draft
from cms.access.private import subjects_opened_by
from content_api.context import Context
from content_api.errors import Code, Refused
from content_api.previews import no_preview

PREVIEW_HEADER = "X-Preview-Token"
ACCESS_HEADER = "X-Access-Token"
HEADERS = (PREVIEW_HEADER, ACCESS_HEADER)


def has_keys(request: HttpRequest) -> bool:
    """Whether an answer is for this reader alone: no cache may keep it, or answer in its place."""
    return any(name in request.headers for name in HEADERS)


def context_of(request: HttpRequest) -> Context:
    """What the resolvers share in answering a request.

    Raises `Refused` where a key opens nothing.
    """
    preview = None
    if PREVIEW_HEADER in request.headers:
        try:
            preview = presented_draft(request.headers[PREVIEW_HEADER].strip())
        except TokenInvalid as error:
            raise no_preview() from error
    unlocked: frozenset[str] = frozenset()
    if ACCESS_HEADER in request.headers:
        unlocked = subjects_opened(request.headers[ACCESS_HEADER])
    return Context(preview=preview, unlocked=unlocked)


def subjects_opened(keys: str) -> frozenset[str]:
    """The subjects of private pages that keys open, separated by commas. Raises `Refused`."""
    try:
        return subjects_opened_by(keys)
    except TokenInvalid as error:
        raise Refused(
            _("This key opens nothing. It may have ended, or the password was changed."),
            Code.ACCESS_TOKEN_INVALID,
        ) from error
