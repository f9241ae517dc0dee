"""What `page` answers with: a page, where it went, or that it is gone."""

from typing import Any

import graphene
from django.utils import timezone

from cms.publication.models import Address, FormerPath, Publication
from content_api.registry import Page
from content_api.scalars import DateTime
from content_api.types import object_types


class Redirect(graphene.ObjectType):
    """The page has moved."""

    path = graphene.String(required=True, description="Where it stands now.")


class Gone(graphene.ObjectType):
    """What stood here is not public any more."""

    title = graphene.String(required=True)
    reason = graphene.String(description="Why it was withdrawn; null where its time is over.")
    gone_since = DateTime(required=True)


class PageResult(graphene.Union):
    """What stands at an address."""

    class Meta:
        types = (
            *[kind for kind in object_types.values() if Page in kind._meta.interfaces],
            Redirect,
            Gone,
        )

    @classmethod
    def resolve_type(cls, found: Any, info: Any) -> Any:
        """A publication names its own type."""
        return object_types[found.type] if isinstance(found, Publication) else type(found)


def elsewhere(path: str | None, permanent_id: str | None, locale: str) -> Redirect | Gone | None:
    """Where a page went that is not at the place that was asked for; null: it never was."""
    if permanent_id is not None:
        address = Address.objects.filter(short_id=permanent_id, locale=locale).first()
    else:
        former = FormerPath.objects.filter(path=path, locale=locale).select_related("address")
        moved = former.first()
        address = moved.address if moved else None
        address = address or Address.objects.filter(path=path, locale=locale).first()
    if address is None:
        return None
    now = timezone.now()
    last = address.publications.filter(effective_from__lte=now).order_by("-sequence").first()
    if last is None:
        return None  # it has not begun: nobody may know
    if last.kind == Publication.Kind.WITHDRAWAL:
        return Gone(title=last.title, reason=last.data["reason"], gone_since=last.effective_from)
    if last.effective_until and last.effective_until <= now:
        return Gone(title=last.title, reason=None, gone_since=last.effective_until)
    return Redirect(path=str(address)) if address.path else None
