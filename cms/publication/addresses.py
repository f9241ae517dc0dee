"""Paths, redirects and permanent short ids, all derived from signed slugs and parents."""

import base64
import hashlib
from typing import Any

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


def path_problem(data: dict[str, Any], scheduled: bool) -> str:
    """Why a snapshot cannot stand at its path; empty where it can."""
    if data["slug"] is None:
        return ""
    path = derived_path(data)
    if path is None:
        return _("The section above is not published in this language. Publish it first.")
    others = Address.objects.filter(path=path, locale=data["locale"])
    if others.exclude(subject=data["subject"]).exists():
        return _("Another published item stands at the address %(path)s.") % {"path": path}
    own = Address.objects.filter(subject=data["subject"], locale=data["locale"]).first()
    if scheduled and own and own.path not in (None, path):
        return _(
            "A new address cannot begin at a later time. Remove the time, or keep the address."
        )
    return ""


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
    if path == address.path or path is None:
        return
    old_path = address.path
    FormerPath.objects.filter(path=path, locale=address.locale).delete()
    address.path = path
    address.save(update_fields=["path"])
    if old_path is None:
        return
    FormerPath.objects.update_or_create(
        path=old_path, locale=address.locale, defaults={"address": address}
    )
    children = Publication.objects.standing().filter(parent=address.subject, locale=address.locale)
    for child in children.select_related("address"):
        move_address(child.address, child.data)


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
