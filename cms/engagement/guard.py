"""Keeps machines from filling the desks: a token with a time, a trap, and limits by client."""

import secrets
from contextlib import suppress
from typing import NamedTuple

from django.core import signing
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cms.engagement.definition import Definition

TOKEN_FIELD = "token"  # noqa: S105 (the name of a form field)
TRAP_FIELD = "homepage"  # hidden from people; only machines fill it in
MIN_SECONDS = 3  # no person reads and fills in a form faster
MAX_SECONDS = 24 * 60 * 60
# Acts of one client in one hour: forms sent, right or wrong; cases taken; reference numbers tried.
LIMITS = {"attempt": 60, "case": 10, "lookup": 60}
_HOUR = 3600
_SALT = "cms.engagement.form"


class Seen(NamedTuple):
    """What a form's token says: which publication the citizen saw; why it cannot be taken."""

    content_hash: str
    problem: str
    is_usable: bool  # false: the front end must be given a new one


def issue_token(definition: Definition) -> str:
    """What a front end puts into the form when it shows it."""
    payload = {
        "subject": definition.subject,
        "hash": definition.content_hash,
        "at": int(timezone.now().timestamp()),
        "nonce": secrets.token_hex(8),
    }
    return signing.dumps(payload, salt=_SALT)


def read_token(token: str, definition: Definition) -> Seen:
    """What a token says, and the problem with it in the citizen's language."""
    try:
        payload = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return Seen("", _("The form came without its token. Please send it once more."), False)
    age = timezone.now().timestamp() - payload["at"]
    seen = payload["hash"]
    if payload["subject"] != definition.subject:
        return Seen("", _("The form came without its token. Please send it once more."), False)
    if age > MAX_SECONDS:
        return Seen(seen, _("The form was open for too long. Please send it once more."), False)
    if seen != definition.content_hash:
        return Seen(
            seen,
            _("The form was changed after you opened it. Please check it and send it once more."),
            False,
        )
    if age < MIN_SECONDS:
        return Seen(
            seen, _("That was very quick. Please wait a few seconds and send it again."), True
        )
    return Seen(seen, "", True)


def trap_problem(value: str) -> str:
    """Why a form whose hidden field was filled in is refused; a person's browser may do it too."""
    return _("Please leave the field for machines empty, and send it again.") if value else ""


def count_act(purpose: str, client: str) -> None:
    """Counts one act of a client in this hour.

    `client` is an address or another name of the sender. It is not kept: only a keyed hash of
    it is, in the cache, for an hour, as whoever reports corruption must not be found by it.
    """
    key = _key(purpose, client)
    cache.add(key, 0, _HOUR)
    with suppress(ValueError):  # it fell out of the cache between the two lines
        cache.incr(key)


def has_room(purpose: str, client: str) -> bool:
    """Whether a client has an act of this purpose left in this hour."""
    return (cache.get(_key(purpose, client)) or 0) < LIMITS[purpose]


def _key(purpose: str, client: str) -> str:
    hour = int(timezone.now().timestamp()) // _HOUR
    name = salted_hmac("cms.engagement.limit", client).hexdigest()[:32]
    return f"engagement:{purpose}:{name}:{hour}"
