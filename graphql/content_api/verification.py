"""The root field that says whether a hash is, was or never was public."""

from typing import Any

import graphene
from django.utils.translation import gettext_lazy as _

from cms.evidence.lookup import Finding, PublicPeriod, find, normal_hash
from cms.signoff.models import Signature
from content_api.errors import Refused
from content_api.reader import reader_of
from content_api.scalars import DateTime, Locale
from content_api.types import SignOffStep, public_path

VerificationState = graphene.Enum(
    "VerificationState",
    [
        ("PUBLIC", "public"),
        ("FORMERLY_PUBLIC", "formerly"),
        ("WITHDRAWN", "withdrawn"),
        ("NEVER_PUBLIC", "never"),
    ],
    description="What the public record says about a hash.",
)


class PublicPeriodType(graphene.ObjectType):
    """A time in which a content, or a file, stood in public."""

    class Meta:
        name = "PublicPeriod"

    title = graphene.String(
        required=True, description="Of the publication; of a withdrawn one, what its note left."
    )
    locale = Locale(required=True)
    content_hash = graphene.String(required=True, description="What was signed: a SHA-256.")
    file_name = graphene.String(description="Of the file that was asked for, while not withdrawn.")
    path = graphene.String(description="Where the item stands now; null where it does not.")
    is_public = graphene.Boolean(required=True, description="Whether it stands in public now.")
    public_from = DateTime(required=True)
    public_until = DateTime(description="When it ended or will end; null where no end is set.")
    superseded_by = graphene.String(description="The content hash of what took its place.")
    withdrawn_at = DateTime(description="Null unless it was withdrawn.")
    withdrawal_reason = graphene.String()
    sign_off = graphene.List(graphene.NonNull(SignOffStep), required=True)

    @staticmethod
    def resolve_locale(period: PublicPeriod, info: Any) -> str:
        """Of the publication."""
        return period.publication.locale

    @staticmethod
    def resolve_content_hash(period: PublicPeriod, info: Any) -> str:
        """Of the publication, also where a file was asked for."""
        return period.publication.content_hash

    @staticmethod
    def resolve_file_name(period: PublicPeriod, info: Any) -> str | None:
        """The name under which the public had the file."""
        return period.file_name or None

    @staticmethod
    def resolve_path(period: PublicPeriod, info: Any) -> str | None:
        """Of a page that is public; its address may show another version by now."""
        path = public_path(period.publication)
        return path if path and period.item_is_public else None

    @staticmethod
    def resolve_public_from(period: PublicPeriod, info: Any) -> Any:
        """When it began."""
        return period.publication.effective_from

    @staticmethod
    def resolve_superseded_by(period: PublicPeriod, info: Any) -> str | None:
        """Null where nothing followed at once."""
        return period.follower.content_hash if period.follower else None

    @staticmethod
    def resolve_withdrawn_at(period: PublicPeriod, info: Any) -> Any:
        """The moment of the second signature."""
        return period.note.effective_from if period.note else None

    @staticmethod
    def resolve_sign_off(period: PublicPeriod, info: Any) -> list[Signature]:
        """In signing order; names only where the office shows them."""
        return reader_of(period.publication).signatures(period.publication)


class Verification(graphene.ObjectType):
    """What the public record says about a hash. Drafts are not in it: they are never public."""

    hash = graphene.String(required=True, description="As it was looked up: 64 small letters.")
    state = VerificationState(required=True)
    is_file = graphene.Boolean(required=True, description="Whether it is the hash of a file.")
    is_derived = graphene.Boolean(
        required=True, description="Whether the file was made from one that was signed for."
    )
    periods = graphene.List(
        graphene.NonNull(PublicPeriodType), required=True, description="Newest first."
    )

    @staticmethod
    def resolve_hash(finding: Finding, info: Any) -> str:
        """The SHA-256."""
        return finding.sha256


class VerificationQueries:
    """The root field about hashes."""

    verification = graphene.Field(
        Verification,
        required=True,
        hash=graphene.String(
            required=True,
            description="A SHA-256 of a content or a file: 64 hexadecimal digits.",
        ),
        description="Whether what has this hash is, was or never was public.",
    )

    @staticmethod
    def resolve_verification(root: Any, info: Any, hash: str) -> Finding:
        """The same answer for what is not public yet and for what never was made."""
        sha256 = normal_hash(hash)
        if sha256 is None:
            raise Refused(_("A hash has 64 hexadecimal digits."))
        finding = find(sha256)
        info.context.reader().read([period.publication for period in finding.periods])
        return finding
