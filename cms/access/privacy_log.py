"""Tells the audit log when a page becomes private or public again: who, and how; no password."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction

from cms.accounts.client import present_request
from cms.accounts.events import tell


def connect() -> None:
    """Begins to listen."""
    post_save.connect(_on_saved, sender=PageViewRestriction, dispatch_uid="access.restricted")
    post_delete.connect(_on_deleted, sender=PageViewRestriction, dispatch_uid="access.opened")


def _on_saved(sender: Any, instance: PageViewRestriction, raw: bool, **kwargs: Any) -> None:
    if not raw:
        _tell(instance, instance.restriction_type)


def _on_deleted(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    _tell(instance, "public")


def _tell(restriction: PageViewRestriction, detail: str) -> None:
    person = getattr(present_request(), "user", None)
    user = person if person is not None and person.is_authenticated else None
    page = restriction.page
    tell("privacy_changed", user=user, subject=f"{page.pk}: {page}", detail=detail)
