"""What `page` answers with: a page, where it went, or that it is gone."""

from typing import Any

import graphene
from django.utils import timezone, translation

from cms.publication.models import Address, FormerPath, Publication, Withdrawal
from content_api.reader import Reader, reader_of
from content_api.registry import Page
from content_api.scalars import DateTime
from content_api.types import SignOffStep, Translation, object_types, public_path


class Redirect(graphene.ObjectType):
    """The page has moved."""

    path = graphene.String(
        required=True, description="Where it stands now: below the origin, or a whole address."
    )
    is_permanent = graphene.Boolean(
        required=True, description="Whether it moved for good; else an editor may change it."
    )
    status_code = graphene.Int(
        required=True, description="For a front end's own answer: 301 for good, 302 else."
    )

    @classmethod
    def to(cls, path: str, is_permanent: bool = False) -> "Redirect":
        """Where a page moved to (for good), or where the reader is sent for the time being."""
        return cls(path=path, is_permanent=is_permanent, status_code=301 if is_permanent else 302)


class Gone(graphene.ObjectType):
    """What stood here is not public any more."""

    title = graphene.String(required=True)
    reason = graphene.String(description="Why it was withdrawn; null where its time is over.")
    gone_since = DateTime(required=True)
    ground_label = graphene.String(
        description="Why it went before the minimum period of a procurement notice was over."
    )
    sign_off = graphene.List(
        graphene.NonNull(SignOffStep), required=True, description="Who signed the withdrawal."
    )
    translations = graphene.List(
        graphene.NonNull(Translation), required=True, description="Where it is public still."
    )

    @staticmethod
    def resolve_title(last: Publication, info: Any) -> str:
        """As it was called last."""
        return last.title

    @staticmethod
    def resolve_reason(last: Publication, info: Any) -> str | None:
        """Written for the public by who asked for the withdrawal."""
        return last.data.get("reason")

    @staticmethod
    def resolve_gone_since(last: Publication, info: Any) -> Any:
        """The moment of the second signature, or the end of its time window."""
        return last.effective_from if _is_withdrawal(last) else last.effective_until

    @staticmethod
    def resolve_ground_label(last: Publication, info: Any) -> str | None:
        """In the language of the record."""
        ground = last.data.get("ground")
        with translation.override(last.locale):
            return str(Withdrawal.Ground(ground).label) if ground else None

    @staticmethod
    def resolve_sign_off(last: Publication, info: Any) -> list[Any]:
        """In signing order; none where its time is over."""
        return reader_of(last).signatures(last) if _is_withdrawal(last) else []

    @staticmethod
    def resolve_translations(last: Publication, info: Any) -> list[Publication]:
        """In the other languages."""
        return reader_of(last).translations(last)


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
        if not isinstance(found, Publication):
            return type(found)
        return Gone if _is_over(found) else object_types[found.type]


def _is_withdrawal(found: Publication) -> bool:
    return found.kind == Publication.Kind.WITHDRAWAL


def _is_over(found: Publication) -> bool:
    return _is_withdrawal(found) or getattr(found, "is_over", False)


def elsewhere(
    reader: Reader, path: str | None, permanent_id: str | None, locale: str
) -> Redirect | Publication | None:
    """Where a page went that is not at the place that was asked for; null: it never was."""
    reader.found_elsewhere = True
    moved = None
    if permanent_id is not None:
        address = Address.objects.filter(short_id=permanent_id, locale=locale).first()
    else:
        place = {"path": path, "locale": locale, **reader.place}
        moved = FormerPath.objects.filter(**place).select_related("address").first()
        address = moved.address if moved else Address.objects.filter(**place).first()
        if address is None:
            return _managed_redirect(reader, path, locale)
    if address is None:
        return None
    now = timezone.now()
    begun = reader.ever().told().filter(address=address)
    last = begun.order_by("-sequence").first()
    if last is None:
        return None  # it has not begun, or is for some readers only: nobody may know
    is_over = bool(last.effective_until and last.effective_until <= now)
    last.is_over = is_over  # type: ignore[attr-defined]
    if _is_over(last):
        return reader.read([last])[0]
    # What stands where it was asked for, but not at that moment (`asOf`), is not elsewhere: who
    # follows would be sent to the same place for ever.
    return Redirect.to(str(address), is_permanent=True) if moved and address.path else None


def _managed_redirect(reader: Reader, path: str | None, locale: str) -> Redirect | None:
    """Where the office sends readers of an address that was never one of this site's."""
    standing = reader.effective()
    redirects = standing.filter(type="ManagedRedirect", old_path=path, locale=locale)
    found = redirects.order_by("-sequence").first()
    if found is None:
        return None
    fields = found.data["fields"]
    if fields["target_url"]:
        return Redirect.to(fields["target_url"])
    target = standing.filter(subject=fields["target_page"], locale=locale).first()
    return Redirect.to(public_path(target)) if target and target.address.path else None
