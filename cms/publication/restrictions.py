"""Which addresses are for some readers only: those at and below pages that Wagtail keeps private.

An administrator says so in the admin (password, signed-in, groups). What is published below such
a page is excluded from everything public at once; a reader with the right token unlocks it. The
restriction is of the subject: it holds in every language, whichever page row carries it.
"""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.publication.models import Address, PlaceChange, Publication
from cms.publication.public_changes import ChangeType, PublicChange, announce, change_of
from cms.signoff.chain import lock_chains


def note_restrictions(address: Address, parent: str | None) -> None:
    """At a publication: keeps an address below `parent` private where its place is."""
    above = Address.objects.filter(subject=parent, locale=address.locale) if parent else None
    inherited = (above and above.values_list("restricted_by", flat=True).first()) or ""
    own = PageViewRestriction.objects.filter(page__translation_key=address.subject)
    keys = set(filter(None, inherited.split(",")))
    if own.exclude(restriction_type=PageViewRestriction.NONE).exists():
        keys.add(str(address.subject))
    if _text(keys) == address.restricted_by:
        return
    if address.publications.count() == 1:  # nobody has seen it, and nothing lies below
        address.restricted_by = _text(keys)
        address.save(update_fields=["restricted_by"])
    else:
        refresh_restrictions()
        address.refresh_from_db(fields=["restricted_by"])


@transaction.atomic
def refresh_restrictions() -> None:
    """Notes at every address which restricted pages stand at and above it in the public record."""
    lock_chains()  # nothing may be published meanwhile below a page that becomes private
    addresses = list(Address.objects.all())
    restricted = _restricted_subjects(addresses)
    parents: dict[tuple[str, str], str | None] = {}
    rows = Publication.objects.filter(kind=Publication.Kind.PUBLICATION).order_by("sequence")
    for subject, locale, parent in rows.values_list("subject", "locale", "parent"):
        parents[str(subject), locale] = str(parent) if parent else None
    changed = []
    for address in addresses:
        place, keys = str(address.subject), set()
        seen: set[str | None] = set()
        while place and place not in seen:
            seen.add(place)
            keys |= {place} & restricted
            place = parents.get((place, address.locale)) or ""
        if address.restricted_by != _text(keys):
            address.restricted_by = _text(keys)
            changed.append(address)
    Address.objects.bulk_update(changed, ["restricted_by"], batch_size=500)
    now = timezone.now()
    PlaceChange.objects.bulk_create(
        PlaceChange(address=address, kind=_kind(address), at=now) for address in changed
    )
    rows = Publication.objects.in_force(now).filter(address__in=changed)
    announce([_told(row, now) for row in rows.select_related("address")])


def _kind(address: Address) -> str:
    return PlaceChange.Kind.RESTRICTED if address.restricted_by else PlaceChange.Kind.OPENED


def _told(row: Publication, at: datetime.datetime) -> PublicChange:
    """To caches and front ends a page for some readers only is as one that is withdrawn."""
    is_gone = bool(row.address.restricted_by)
    return change_of(ChangeType.WITHDRAWN if is_gone else ChangeType.PUBLISHED, row, at)


def _restricted_subjects(addresses: list[Address]) -> set[str]:
    """Of every private page; a page that was private when its draft was deleted remains so."""
    rows = PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.NONE)
    found = {str(key) for key in rows.values_list("page__translation_key", flat=True)}
    before = {str(a.subject) for a in addresses if str(a.subject) in a.restricted_by}
    drafts = Page.objects.filter(translation_key__in=before)
    kept = before - {str(key) for key in drafts.values_list("translation_key", flat=True)}
    return found | kept


def _text(keys: set[str]) -> str:
    return ",".join(sorted(keys))


def on_restriction(sender: Any, **kwargs: Any) -> None:
    """A restriction was made, changed or lifted: it holds with the same transaction.

    One that goes with its page is not lifted.
    """
    origin = kwargs.get("origin")
    if origin is None or getattr(origin, "model", type(origin)) is PageViewRestriction:
        refresh_restrictions()
