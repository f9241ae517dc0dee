"""Keys to pages that are for some readers only: by the page's password, or by membership.

What a key opens is decided anew each time: by the password that the page has now, by the groups
that the maker of the key has now.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core import signing
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from wagtail.models import PageViewRestriction

from cms.access.models import AccessToken, TokenInvalid
from cms.access.previews import note_use, subject_of
from cms.accounts.events import tell
from cms.accounts.throttle import Purpose, Trial
from cms.publication.models import Address, Publication
from cms.publication.sites import present_site

LIFETIME = datetime.timedelta(hours=1)  # of what a password opens
MAX_KEYS = 5  # in one request, separated by commas
_SALT = "cms.access.private"


class Unlocked(NamedTuple):
    """A key that a password gave: its text, its end, and below which path it opens pages."""

    token: str
    expires_at: datetime.datetime
    path: str


class UnlockRefused(Exception):
    """Not this password, or no page that has one: it never says which."""


def asks_password(path: str, locale: str) -> bool:
    """Whether a page of which everybody may know that it has a password stands at a path.

    Its title and all that it says stay unknown.
    """
    address = _restricted(locale, path=path)
    if address is None or not Publication.objects.in_force().filter(address=address).exists():
        return False
    return bool(_passwords(address))


def unlock(password: str, locale: str, path: str | None, short_id: str | None) -> Unlocked:
    """A key to the page at a path, or with a permanent id, and to what lies below its password.

    Counted like attempts to sign in: raises `TooManyAttempts` while one must wait, and
    `UnlockRefused` whatever else is wrong.
    """
    trial = Trial(Purpose.PAGE, f"{locale}:{path if short_id is None else short_id}")
    place = {"path": path} if short_id is None else {"short_id": short_id}
    address = _restricted(locale, **place)
    passwords = _passwords(address) if address else []
    # All are compared, and one where there is none: how long it takes tells nothing.
    matching = [row for row in passwords if constant_time_compare(row.password, password)]
    if not passwords:
        constant_time_compare(_mark("none"), password)
    if not address or not matching:
        trial.failed()
        tell("unlock_refused", subject=str(address or ""))
        raise UnlockRefused
    trial.succeeded()
    tell("page_unlocked", subject=str(address))
    content = {str(row.pk): _mark(row.password) for row in matching}
    text = signing.dumps(content, salt=_SALT)
    return Unlocked(text, timezone.now() + LIFETIME, _top(matching, address))


def make_access_token(
    user: Any, purpose: str, lifetime: datetime.timedelta
) -> tuple[AccessToken, str]:
    """A key to the private pages that `user` may read, and its text."""
    token, text = AccessToken.make(user, lifetime, purpose=purpose)
    until = timezone.localtime(token.expires_at).isoformat(timespec="minutes")
    tell("token_made", user=user, subject=subject_of(token), detail=f"access until {until}")
    return token, text


def subjects_opened_by(header: str) -> frozenset[str]:
    """The subjects of private pages that the keys in a header open.

    A page that has several restrictions, in its two languages say, needs all of them opened.
    Raises `TokenInvalid` where one of the keys is no key.
    """
    texts = [text.strip() for text in header.split(",")]
    if not 0 < len(texts) <= MAX_KEYS:
        raise TokenInvalid
    members, marks = [], {}
    for text in texts:
        if ":" in text:
            marks.update(_signed(text))
        else:
            members.append(note_use(AccessToken.presented(text)).user)
    rows = PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.NONE)
    by_subject = defaultdict(list)
    for row in rows.select_related("page").prefetch_related("groups"):
        by_subject[str(row.page.translation_key)].append(_opens(row, marks, members))
    return frozenset(subject for subject, opened in by_subject.items() if all(opened))


def _opens(row: PageViewRestriction, marks: dict[str, str], members: Iterable[Any]) -> bool:
    if row.restriction_type == PageViewRestriction.PASSWORD:
        return constant_time_compare(marks.get(str(row.pk), ""), _mark(row.password))
    if row.restriction_type == PageViewRestriction.LOGIN:
        return any(True for _member in members)
    wanted = {group.pk for group in row.groups.all()}
    return any(
        member.is_superuser or wanted & {group.pk for group in member.groups.all()}
        for member in members
    )


def _restricted(locale: str, **place: str | None) -> Address | None:
    """The address of a private page, on the site of the present request where there are several."""
    found = Address.objects.filter(locale=locale, **place).exclude(restricted_by="")
    if site := present_site():
        found = found.filter(root=site)
    return found.first()


def _passwords(address: Address) -> list[PageViewRestriction]:
    """The restrictions by password at an address and above it."""
    rows = PageViewRestriction.objects.filter(
        restriction_type=PageViewRestriction.PASSWORD,
        page__translation_key__in=address.restricted_by.split(","),
    )
    return list(rows.select_related("page"))


def _top(rows: list[PageViewRestriction], address: Address) -> str:
    """The path of the uppermost page that these restrictions are on, in the language asked."""
    subjects = {row.page.translation_key for row in rows}
    places = Address.objects.filter(
        subject__in=subjects, locale=address.locale, path__isnull=False
    ).values_list("path", flat=True)
    top = min((str(path) for path in places), key=len, default=str(address.path))
    return f"/{address.locale}{top}"


def _signed(text: str) -> dict[str, str]:
    try:
        return signing.loads(text, salt=_SALT, max_age=LIFETIME)
    except signing.BadSignature as error:
        raise TokenInvalid from error


def _mark(password: str) -> str:
    """Binds a key to the password that the page had."""
    return salted_hmac("cms.access.private", password, algorithm="sha256").hexdigest()
