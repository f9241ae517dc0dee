"""The interfaces that every published record shares, and the small types they use."""

from typing import Any

import graphene
from django.urls import reverse
from django.utils import translation

from cms.publication.models import Publication
from cms.signoff.models import Signature
from cms.signoff.roles import Role
from content_api.reader import reader_of
from content_api.scalars import DateTime, Locale

# Filled by the registry: every published type by name.
object_types: dict[str, type[graphene.ObjectType]] = {}

SignerRole = graphene.Enum(
    "SignerRole",
    [(role.name, role.value) for role in Role],
    description="The signers, in the order in which they sign.",
)


class Link(graphene.ObjectType):
    """A page by title and address."""

    title = graphene.String(required=True)
    path = graphene.String(required=True)

    @staticmethod
    def resolve_path(publication: Publication, info: Any) -> str:
        """Below the origin."""
        return public_path(publication)


class Translation(graphene.ObjectType):
    """The same record in another language."""

    locale = Locale(required=True)
    title = graphene.String(required=True)
    path = graphene.String(description="Null for a record without a page.")

    @staticmethod
    def resolve_path(publication: Publication, info: Any) -> str | None:
        """Below the origin."""
        return public_path(publication) or None


class SignOffStep(graphene.ObjectType):
    """One signature, as much of it as is public."""

    role = SignerRole(required=True)
    role_label = graphene.String(required=True, description="In the record's language.")
    position = graphene.String(required=True, description="Of the signer, on that day.")
    name = graphene.String(description="Null unless the office shows names.")
    signed_at = DateTime(required=True)

    @staticmethod
    def resolve_role_label(signature: Signature, info: Any) -> str:
        """The role in words."""
        with translation.override(signature.locale):
            return str(Role(signature.role).label)

    @staticmethod
    def resolve_name(signature: Signature, info: Any) -> str | None:
        """Only where the site setting says so."""
        return signature.full_name if signature.name_is_public else None  # type: ignore[attr-defined]


class Node(graphene.Interface):
    """A published record: a page, or a record that pages refer to."""

    id = graphene.ID(required=True, description="Of this record in this language.")
    title = graphene.String(required=True)
    locale = Locale(required=True)
    translations = graphene.List(graphene.NonNull(Translation), required=True)
    published_at = DateTime(required=True, description="When the last signature was given.")
    content_hash = graphene.String(required=True, description="What was signed: a SHA-256.")
    sign_off = graphene.List(graphene.NonNull(SignOffStep), required=True)

    @staticmethod
    def resolve_id(publication: Publication, info: Any) -> str:
        """Stable for ever."""
        return f"{publication.subject}:{publication.locale}"

    @staticmethod
    def resolve_translations(publication: Publication, info: Any) -> list[Publication]:
        """In the other languages, where published."""
        return reader_of(publication).translations(publication)

    @staticmethod
    def resolve_sign_off(publication: Publication, info: Any) -> list[Signature]:
        """In signing order."""
        return reader_of(publication).signatures(publication)

    @classmethod
    def resolve_type(cls, publication: Publication, info: Any) -> Any:
        """The type is named as in the snapshot."""
        return object_types[publication.type]


class BasePage(Node):
    """The place of a page; the registry adds the fields of `ContentPage` and names it `Page`."""

    path = graphene.String(required=True, description="Below the origin, e.g. /th/news/.")
    permanent_id = graphene.String(required=True, description="Survives every move.")
    permanent_path = graphene.String(required=True, description="Leads to the page for ever.")
    breadcrumbs = graphene.List(graphene.NonNull(Link), required=True)
    effective_from = DateTime(required=True)
    effective_until = DateTime()

    @staticmethod
    def resolve_path(publication: Publication, info: Any) -> str:
        """Where it stands now."""
        return public_path(publication)

    @staticmethod
    def resolve_permanent_id(publication: Publication, info: Any) -> str:
        """The short id."""
        return publication.address.short_id

    @staticmethod
    def resolve_permanent_path(publication: Publication, info: Any) -> str:
        """The short address, in this language."""
        return reverse("permanent", args=[publication.address.short_id, publication.locale])

    @staticmethod
    def resolve_breadcrumbs(publication: Publication, info: Any) -> list[Publication]:
        """From the front page down to the page above this one."""
        return reader_of(publication).ancestors(publication)


def public_path(publication: Publication) -> str:
    """`/th/news/flood/`, or the empty text for a record without a page."""
    path = publication.address.path
    return f"/{publication.locale}{path}" if path else ""
