"""The interfaces that every published record shares, and the small types they use."""

from typing import Any

import graphene
from django.apps import apps
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst

from cms.publication.models import Address, Publication
from cms.signoff.models import Signature
from cms.signoff.roles import Role
from content_api.dates import FiscalYear, fiscal_year
from content_api.immutable import immutable
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


class Alternate(graphene.ObjectType):
    """One language of a page, for `<link rel="alternate" hreflang>`."""

    hreflang = graphene.String(required=True, description="A language code, or x-default.")
    href = graphene.String(required=True, description="Below the origin.")


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
    corrected_at = DateTime(
        description="When readers last got another content than before; null for the first one."
    )
    requested_locale = Locale(
        required=True,
        description=(
            "The language that was asked for where this record was found; of what another record"
            " refers to, the language of that record."
        ),
    )
    served_locale = Locale(required=True, description="The language of this record: `locale`.")
    is_fallback = graphene.Boolean(
        required=True, description="Whether it is in another language than was asked for."
    )
    is_outdated = graphene.Boolean(
        required=True,
        description=(
            "Whether this is a translation, and the Thai version has another content than the one"
            " beside which it was signed."
        ),
    )
    newer_since = DateTime(description="Since when it is outdated; null where it is not.")
    original_gone_since = DateTime(
        description="Since when the Thai version of this translation is not public any more."
    )

    @staticmethod
    def resolve_requested_locale(publication: Publication, info: Any) -> str:
        """As the root field was asked."""
        return getattr(publication, "requested_locale", publication.locale)

    @staticmethod
    def resolve_served_locale(publication: Publication, info: Any) -> str:
        """Of the record."""
        return publication.locale

    @staticmethod
    def resolve_is_fallback(publication: Publication, info: Any) -> bool:
        """Never without the argument `fallback`."""
        return Node.resolve_requested_locale(publication, info) != publication.locale

    @staticmethod
    def resolve_corrected_at(publication: Publication, info: Any) -> Any:
        """By the record's own versions."""
        return reader_of(publication).corrected_at(publication)

    @staticmethod
    def resolve_is_outdated(publication: Publication, info: Any) -> bool:
        """Never the original itself."""
        return reader_of(publication).age(publication).newer_since is not None

    @staticmethod
    def resolve_newer_since(publication: Publication, info: Any) -> Any:
        """The beginning of the first Thai version that differs."""
        return reader_of(publication).age(publication).newer_since

    @staticmethod
    def resolve_original_gone_since(publication: Publication, info: Any) -> Any:
        """Withdrawn, or its time is over."""
        return reader_of(publication).age(publication).gone_since

    @staticmethod
    @immutable
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
    type_label = graphene.String(
        required=True, description="What its type is called, in the language of the record."
    )
    fiscal_year = graphene.Field(FiscalYear, description="Null where the page is about none.")
    breadcrumbs = graphene.List(
        graphene.NonNull(Link), required=True, description="The pages above, from the front page."
    )
    hreflang = graphene.List(
        graphene.NonNull(Alternate),
        required=True,
        description="This page in every language in which it is public, with itself; the Thai one,"
        " or else this one, is the default.",
    )
    effective_from = DateTime(required=True)
    effective_until = DateTime()

    @staticmethod
    def resolve_fiscal_year(publication: Publication, info: Any) -> FiscalYear | None:
        """The first one of several."""
        return fiscal_year(publication.fiscal_year, publication.locale)

    @staticmethod
    def resolve_path(publication: Publication, info: Any) -> str:
        """Where it stands now."""
        return public_path(publication)

    @staticmethod
    @immutable
    def resolve_permanent_id(publication: Publication, info: Any) -> str:
        """The short id."""
        return publication.address.short_id

    @staticmethod
    @immutable
    def resolve_type_label(publication: Publication, info: Any) -> str:
        """As in the admin."""
        with translation.override(publication.locale):
            return str(capfirst(apps.get_model("pages", publication.type)._meta.verbose_name))

    @staticmethod
    @immutable
    def resolve_permanent_path(publication: Publication, info: Any) -> str:
        """The short address, in this language."""
        return permanent_path(publication)

    @staticmethod
    def resolve_hreflang(publication: Publication, info: Any) -> list[Alternate]:
        """Each language once, then the default."""
        rows = [publication, *reader_of(publication).translations(publication)]
        paths = {row.locale: public_path(row) for row in rows if row.address.path}
        default = paths.get("th", public_path(publication))
        found = [Alternate(hreflang=code, href=path) for code, path in sorted(paths.items())]
        return [*found, Alternate(hreflang="x-default", href=default)]

    @staticmethod
    def resolve_breadcrumbs(publication: Publication, info: Any) -> list[Publication]:
        """From the front page down to the page above this one."""
        return reader_of(publication).ancestors(publication)


def permanent_path(publication: Publication) -> str:
    """The short address of a record in its language: leads there for ever, or says it is gone."""
    return permanent_path_of(publication.address)


def permanent_path_of(address: Address) -> str:
    """The same for an address."""
    return reverse("permanent", args=[address.short_id, address.locale])


def public_path(publication: Publication) -> str:
    """`/th/news/flood/`, or the empty text for a record without a page."""
    path = publication.address.path
    return f"/{publication.locale}{path}" if path else ""
