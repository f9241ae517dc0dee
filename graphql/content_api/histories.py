"""The versions of one record that readers have had, and what each says otherwise than before."""

from itertools import zip_longest
from typing import Any, NamedTuple

import graphene
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from cms.publication.correction_notes import FIELD as NOTE
from cms.publication.differences import Difference, differences
from cms.publication.models import Address, Publication
from cms.publication.wording import Wording
from cms.signoff.models import Signature
from content_api.errors import Refused
from content_api.filters import plain
from content_api.locales import place_of
from content_api.reader import reader_of
from content_api.scalars import DateTime, Locale
from content_api.types import SignOffStep, public_path

MAX_VERSIONS = 20  # each is compared word by word

PieceKind = graphene.Enum(
    "PieceKind",
    [("SAME", "same"), ("ADDED", "added"), ("REMOVED", "removed")],
    description="Whether words stand in both versions, in the newer one or in the older one.",
)


class Piece(graphene.ObjectType):
    """A stretch of the words of a changed part."""

    kind = PieceKind(required=True)
    text = graphene.String(required=True, description="Plain text; may have several lines.")


class Change(graphene.ObjectType):
    """One part that differs from the version before."""

    label = graphene.String(required=True, description="What the office calls the part.")
    kind_label = graphene.String(required=True, description="Added, removed, changed or moved.")
    note = graphene.String(required=True, description="What words cannot show; often empty.")
    pieces = graphene.List(
        graphene.NonNull(Piece),
        required=True,
        description="In reading order; what stays the same far from a change is left out.",
    )


class VersionPair(NamedTuple):
    """A version and the one that readers had before."""

    publication: Publication
    before: Publication | None
    wording: Wording  # of all versions together: the titles of what they name cost one query


class Version(graphene.ObjectType):
    """What readers had from one moment on."""

    title = graphene.String(required=True, description="As it was called.")
    published_at = DateTime(required=True, description="When the last signature was given.")
    effective_from = DateTime(required=True, description="From when on readers had it.")
    effective_until = DateTime(description="Null where it is to stay.")
    sign_off = graphene.List(
        graphene.NonNull(SignOffStep),
        required=True,
        description="Who signed it, by position, in signing order.",
    )
    content_hash = graphene.String(required=True, description="What was signed: a SHA-256.")
    correction_note = graphene.String(
        required=True, description="The office's own words on what it corrected; often empty."
    )
    changes = graphene.List(
        graphene.NonNull(Change),
        required=True,
        description="Against the version before; none for the first one.",
    )

    @staticmethod
    def resolve_title(pair: VersionPair, info: Any) -> str:
        """Of the snapshot."""
        return pair.publication.title

    @staticmethod
    def resolve_published_at(pair: VersionPair, info: Any) -> Any:
        """The moment of publication, whenever it began."""
        return pair.publication.published_at

    @staticmethod
    def resolve_sign_off(pair: VersionPair, info: Any) -> list[Signature]:
        """One query for all versions."""
        return reader_of(pair.publication).signatures(pair.publication)

    @staticmethod
    def resolve_effective_from(pair: VersionPair, info: Any) -> Any:
        """From then on."""
        return pair.publication.effective_from

    @staticmethod
    def resolve_effective_until(pair: VersionPair, info: Any) -> Any:
        """Until then."""
        return pair.publication.effective_until

    @staticmethod
    def resolve_content_hash(pair: VersionPair, info: Any) -> str:
        """Of the snapshot."""
        return pair.publication.content_hash

    @staticmethod
    def resolve_correction_note(pair: VersionPair, info: Any) -> str:
        """A first version corrects nothing."""
        return pair.publication.data["fields"].get(NOTE) or "" if pair.before else ""

    @staticmethod
    def resolve_changes(pair: VersionPair, info: Any) -> list[Change]:
        """Public parts only, in the language of the record."""
        if pair.before is None:
            return []
        with translation.override(pair.publication.locale):
            versions = pair.before.data, pair.publication.data
            found = differences(*versions, public_only=True, wording=pair.wording)
            return [_change(item) for item in found if item.path != f"fields.{NOTE}"]


class History(graphene.ObjectType):
    """One record through time. What was withdrawn is not told."""

    title = graphene.String(required=True, description="As it is called now.")
    path = graphene.String(description="Null for a record without a page.")
    permanent_id = graphene.String(required=True)
    version_count = graphene.Int(required=True)
    versions = graphene.List(
        graphene.NonNull(Version),
        required=True,
        first=graphene.Int(
            required=True, default_value=MAX_VERSIONS, description=f"At most {MAX_VERSIONS}."
        ),
        skip=graphene.Int(required=True, default_value=0),
        description="The newest first.",
    )

    @staticmethod
    def resolve_versions(history: "History", info: Any, first: int, skip: int) -> list[VersionPair]:
        """Two queries for them all."""
        if not 0 <= first <= MAX_VERSIONS or skip < 0:
            raise Refused(
                _("first must be between 0 and %(limit)s, skip not negative."), limit=MAX_VERSIONS
            )
        rows = info.context.reader().read(_versions(history.address)[skip : skip + first + 1])
        pairs = zip_longest(rows[:first], rows[1 : first + 1])
        wording = Wording([row.data for row in rows], drafts_too=False)
        return [VersionPair(row, before, wording) for row, before in pairs]


class HistoryQueries:
    """The root field about versions."""

    history = graphene.Field(
        History,
        path=graphene.String(description="Within the language, e.g. /news/flood/."),
        permanent_id=graphene.String(description="Instead of a path."),
        locale=Locale(required=True, default_value="th"),
        description="The versions of what stands at an address; null where nothing does.",
    )

    @staticmethod
    def resolve_history(
        root: Any,
        info: Any,
        locale: str,
        path: str | None = None,
        permanent_id: str | None = None,
    ) -> History | None:
        """Only of what is public now."""
        if (path is None) == (permanent_id is None):
            raise Refused(_("Give either path or permanentId."))
        named, within = place_of(path) if path is not None else (None, None)
        place = {"path": within} if path is not None else {"short_id": permanent_id}
        standing = info.context.reader().effective()
        places = {f"address__{name}": value for name, value in place.items()}
        found = standing.filter(locale=named or plain(locale), **places).defer("snapshot").first()
        if found is None:
            return None
        history = History(
            title=found.title,
            path=public_path(found) or None,
            permanent_id=found.address.short_id,
            version_count=_versions(found.address).count(),
        )
        history.address = found.address
        return history


def _versions(address: Address) -> Any:
    """As `shown_versions` of cms.publication.versions, newest first."""
    never_begun = Q(effective_until=F("effective_from"))
    begun = Publication.objects.filter(
        address=address,
        kind=Publication.Kind.PUBLICATION,
        withdrawn_at__isnull=True,
        effective_from__lte=timezone.now(),
    )
    # An end that is null equals nothing, which SQL does not take for false.
    return begun.exclude(never_begun, effective_until__isnull=False).order_by("-sequence")


def _change(difference: Difference) -> Change:
    return Change(
        label=difference.label,
        kind_label=str(difference.kind.label),
        note=difference.note,
        pieces=[Piece(kind=piece.kind, text=piece.text) for piece in difference.short_pieces],
    )
