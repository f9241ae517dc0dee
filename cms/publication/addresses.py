"""Paths, redirects and permanent short ids, all derived from signed slugs and parents."""

import base64
import datetime
import hashlib
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.publication.models import Address, FormerPath, Publication

_SHORT_ID_LENGTH = 8


def derived_path(data: dict[str, Any]) -> str | None:
    """The path that a snapshot has now: its parent's, then its own slug.

    None for a record without a page, and for a page whose parent is not public.
    """
    if data["slug"] is None:
        return None
    if data["parent"] is None:
        return "/"
    parent = Address.objects.filter(subject=data["parent"], locale=data["locale"]).first()
    return f"{parent.path}{data['slug']}/" if parent and parent.path else None


def path_problem(data: dict[str, Any], start: datetime.datetime) -> str:
    """Why a snapshot cannot stand at its path from `start` on; empty where it can."""
    if data["slug"] is None:
        return ""
    path = derived_path(data)
    if path is None or not _parent_stands(data, start):
        return _("The section above is not published in this language. Publish it first.")
    own = Address.objects.filter(subject=data["subject"], locale=data["locale"]).first()
    taken = _taken(own, path, data)
    if taken:
        return _("Another published item stands at the address %(path)s.") % {"path": taken}
    if start > timezone.now() and own and own.path not in (None, path):
        return _(
            "A new address cannot begin at a later time. Remove the time, or keep the address."
        )
    return ""


def _parent_stands(data: dict[str, Any], start: datetime.datetime) -> bool:
    """Whether the record above is public by then: an item does not come before its section."""
    if data["parent"] is None:
        return True
    above = Publication.objects.standing().filter(subject=data["parent"], locale=data["locale"])
    return above.filter(effective_from__lte=start).exists()


def _taken(own: Address | None, path: str, data: dict[str, Any]) -> str:
    """The first path, of this item or of one below it, at which another item stands."""
    moving = {path: own.pk if own else None}
    if own:
        moving.update(_paths_below(own, path))
    others = Address.objects.filter(locale=data["locale"], path__in=moving)
    others = others.exclude(pk__in=[pk for pk in moving.values() if pk])
    return others.values_list("path", flat=True).first() or ""


def _paths_below(address: Address, path: str) -> dict[str, int]:
    """Where everything below an address would stand if it stood at `path`, with its key."""
    found: dict[str, int] = {}
    for child, data in _children(address):
        child_path = f"{path}{data['slug']}/"
        found[child_path] = child.pk
        found.update(_paths_below(child, child_path))
    return found


def _children(address: Address) -> list[tuple[Address, dict[str, Any]]]:
    """The addresses directly below, by their latest snapshots, expired ones included."""
    below = Publication.objects.filter(parent=address.subject, locale=address.locale)
    candidates = Address.objects.filter(publications__in=below).distinct()
    found = []
    for child in candidates:
        latest = child.publications.order_by("-sequence").first()
        if latest is None:
            continue
        if latest.kind == Publication.Kind.PUBLICATION and latest.parent == address.subject:
            found.append((child, latest.data))
    return found


def address_for(data: dict[str, Any]) -> Address:
    """The address of a snapshot's subject in its language, made at the first publication."""
    address, _created = Address.objects.get_or_create(
        subject=data["subject"],
        locale=data["locale"],
        defaults={"short_id": _short_id(data["subject"])},
    )
    return address


def move_address(address: Address, data: dict[str, Any]) -> None:
    """Puts an address at its derived path, and everything below it; old paths redirect."""
    path = derived_path(data)
    if path is not None:
        _put(address, path)


def _put(address: Address, path: str) -> None:
    if path == address.path:
        return
    old_path, address.path = address.path, path
    FormerPath.objects.filter(path=path, locale=address.locale).delete()
    address.save(update_fields=["path"])
    if old_path is not None:
        FormerPath.objects.update_or_create(
            path=old_path, locale=address.locale, defaults={"address": address}
        )
    for child, data in _children(address):
        _put(child, f"{path}{data['slug']}/")


def release_path(address: Address) -> None:
    """Frees the path of a withdrawn item; readers of the old path are told that it is gone."""
    if address.path is None:
        return
    FormerPath.objects.update_or_create(
        path=address.path, locale=address.locale, defaults={"address": address}
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
