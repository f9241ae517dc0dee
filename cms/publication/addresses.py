"""Paths, redirects and permanent short ids, all derived from signed slugs and parents."""

import base64
import datetime
import hashlib
import uuid
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.publication.models import Address, FormerPath, PlaceChange, Publication

_SHORT_ID_LENGTH = 8
# The site itself answers there: what a reader sent, how far it is, feeds, versions, alerts, hashes,
# what was submitted to assessors, the office's numbers, pages behind a password.
RESERVED_PATHS = (
    "/status/",
    "/receipts/",
    "/feeds/",
    "/changes/",
    "/alerts/",
    "/assessments/",
    "/transparency/",
    "/unlock/",
    "/verify/",
    "/search/",
)


def derived_place(data: dict[str, Any]) -> tuple[str | None, uuid.UUID | None]:
    """The path that a snapshot has now (its parent's, then its own slug), and its site.

    None for a record without a page, and for a page whose parent is not public.
    """
    if data["slug"] is None:
        return None, None
    parent = _above(data)
    path = _path_below(parent, data)
    return path, _root(parent, data) if path else None


def _above(data: dict[str, Any]) -> Address | None:
    above = Address.objects.filter(subject=data["parent"], locale=data["locale"])
    return above.first() if data["parent"] else None


def _root(parent: Address | None, data: dict[str, Any]) -> uuid.UUID | None:
    """The site of a page: its front page has the subject that all below it keep."""
    return parent.root if parent else uuid.UUID(data["subject"])


def _path_below(parent: Address | None, data: dict[str, Any]) -> str | None:
    if data["parent"] is None:
        return "/"
    return f"{parent.path}{data['slug']}/" if parent and parent.path else None


def path_problem(data: dict[str, Any], start: datetime.datetime) -> str:
    """Why a snapshot cannot stand at its path from `start` on; empty where it can."""
    if data["slug"] is None:
        return _redirect_problem(data)
    own, parent = _own_and_parent(data, start)
    path = _path_below(parent, data)
    # An item does not come before its section.
    if path is None or (parent and not parent.stands):  # type: ignore[attr-defined]
        return _("The section above is not published in this language. Publish it first.")
    if path in RESERVED_PATHS:
        return _("The site itself uses the address %(path)s. Choose another one.") % {"path": path}
    root = _root(parent, data)
    below = _paths_below(own, path, root)
    if data["parent"] in {str(address.subject) for address in below.values()}:
        return _("An item cannot stand below itself. Publish what lies between them first.")
    if taken := _taken(own, root, path, below, data["locale"]):
        return _("Another published item stands at the address %(path)s.") % {"path": taken}
    if start > timezone.now() and own and own.path not in (None, path):
        return _(
            "A new address cannot begin at a later time. Remove the time, or keep the address."
        )
    return ""


def _redirect_problem(data: dict[str, Any]) -> str:
    """Why a redirect would have no effect at its old path; empty for any other record."""
    path = data["fields"].get("old_path")
    if not path:
        return ""
    place = {"path": path, "locale": data["locale"]}
    if Address.objects.filter(**place).exists() or FormerPath.objects.filter(**place).exists():
        return _("A page of this site stands at %(path)s, or stood there: it goes before.") % place
    others = Publication.objects.standing().filter(old_path=path, locale=data["locale"])
    if others.exclude(subject=data["subject"]).exists():
        return _("Another redirect has the old address %(path)s.") % place
    return ""


def _own_and_parent(
    data: dict[str, Any], start: datetime.datetime
) -> tuple[Address | None, Address | None]:
    """The address of a snapshot's subject, and of the record above with whether it stands then."""
    standing = Publication.objects.standing().filter(effective_from__lte=start)
    standing = standing.filter(subject=OuterRef("subject"), locale=data["locale"])
    rows = Address.objects.filter(
        locale=data["locale"], subject__in=[data["subject"], data["parent"] or data["subject"]]
    )
    found = {str(row.subject): row for row in rows.annotate(stands=Exists(standing))}
    return found.get(data["subject"]), found.get(data["parent"])


def _taken(
    own: Address | None,
    root: uuid.UUID | None,
    path: str,
    below: dict[str, Address],
    locale: str,
) -> str:
    """The first path, of this item or of one below it, at which another item of the site stands."""
    if own and (own.path, own.root) == (path, root):
        return ""  # nothing moves
    moving = [address.pk for address in (own, *below.values()) if address]
    taken = Address.objects.filter(locale=locale, root=root, path__in=[path, *below])
    others = taken.exclude(pk__in=moving)
    return others.values_list("path", flat=True).first() or ""


def _paths_below(address: Address | None, path: str, root: uuid.UUID | None) -> dict[str, Address]:
    """Where everything below an address will stand when it stands at `path`: parents first.

    `root` is the site on which it will. Empty where it stands there already. One query for each
    level of the tree, by the latest snapshots, expired ones included.
    """
    found: dict[str, Address] = {}
    if address is None or (address.path, address.root) == (path, root):
        return found
    latest = Publication.objects.filter(address=OuterRef("address")).order_by("-sequence")
    rows = Publication.objects.filter(
        locale=address.locale,
        kind=Publication.Kind.PUBLICATION,
        sequence=Subquery(latest.values("sequence")[:1]),
    ).select_related("address")
    level, seen = {address.subject: path}, {address.subject}
    while level:
        children = {
            f"{level[row.parent]}{row.data['slug']}/": row
            for row in rows.filter(parent__in=level)
            if row.parent
        }
        found.update({child_path: row.address for child_path, row in children.items()})
        level = {row.subject: child for child, row in children.items() if row.subject not in seen}
        seen.update(level)
    return found


def address_for(data: dict[str, Any]) -> Address:
    """The address of a snapshot's subject in its language, made at the first publication."""
    address, _created = Address.objects.get_or_create(
        subject=data["subject"],
        locale=data["locale"],
        defaults={"short_id": _short_id(data["subject"])},
    )
    return address


def move_address(address: Address, data: dict[str, Any]) -> dict[Address, str]:
    """Puts an address at its derived path, and everything below it; old paths redirect.

    Returns what stood elsewhere before, and where.
    """
    path, root = derived_place(data)
    if path is None:
        return {}
    below = _paths_below(address, path, root)
    moving = {address: path, **{child: child_path for child_path, child in below.items()}}
    former = {one: one.path for one, to in moving.items() if one.path not in (None, to)}
    for one, to in moving.items():
        _put(one, to, root)
    return former


def _put(address: Address, path: str, root: uuid.UUID | None) -> None:
    if (path, root) == (address.path, address.root):
        return
    old_path, old_root = address.path, address.root
    address.path, address.root = path, root
    FormerPath.objects.filter(path=path, locale=address.locale, root=root).delete()
    address.save(update_fields=["path", "root"])
    if old_path is not None:
        FormerPath.objects.update_or_create(
            path=old_path, locale=address.locale, root=old_root, defaults={"address": address}
        )
        PlaceChange.objects.create(
            address=address, kind=PlaceChange.Kind.MOVED, at=timezone.now(), old_path=old_path
        )


def release_path(address: Address) -> None:
    """Frees the path of a withdrawn item; readers of the old path are told that it is gone."""
    if address.path is None:
        return
    FormerPath.objects.update_or_create(
        path=address.path,
        locale=address.locale,
        root=address.root,
        defaults={"address": address},
    )
    address.path = None
    address.save(update_fields=["path"])


def _short_id(subject: str) -> str:
    """A short name made from the subject id; one letter longer where it is taken already."""
    digest = hashlib.sha256(subject.encode()).digest()
    letters = base64.b32encode(digest).decode().lower().rstrip("=")
    length = _SHORT_ID_LENGTH
    while Address.objects.filter(short_id=letters[:length]).exclude(subject=subject).exists():
        length += 1
    return letters[:length]
