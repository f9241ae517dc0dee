"""The public record: publications and the files that they pin."""

import datetime
import json
import uuid
from functools import cached_property
from typing import Any

import orjson
from django.core.files.storage import storages
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.publication.content_version import ContentVersion
from cms.publication.facets import facets
from cms.publication.places import Address, FormerPath, PlaceChange
from cms.publication.withdrawals import Withdrawal
from cms.signoff.chain import ChainedRecord
from cms.thai import collation

__all__ = [
    "Address",
    "ContentVersion",
    "FormerPath",
    "PinnedFile",
    "PlaceChange",
    "PublicSettings",
    "Publication",
    "Withdrawal",
    "facets",
]


class PinnedFile(models.Model):
    """A public file, named by its content. A rendition names the files it was made from."""

    sha256 = models.CharField(max_length=64, unique=True)
    filename = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    placeholder = models.TextField(blank=True, default="")  # of an image, as a data URI
    page_count = models.PositiveIntegerField(null=True)  # of a PDF
    # Two originals may be scaled to the same bytes: a rendition has many sources.
    sources = models.ManyToManyField("self", symmetrical=False, related_name="renditions")

    class Meta:
        verbose_name = _("pinned file")
        verbose_name_plural = _("pinned files")

    def __str__(self) -> str:
        return self.filename

    @property
    def storage_name(self) -> str:
        """The name in the public storage: the hash, in 256 folders."""
        return f"{self.sha256[:2]}/{self.sha256}"

    @property
    def path(self) -> str:
        """The address below the site's root."""
        return self.path_as(self.filename)

    def path_as(self, filename: str) -> str:
        """The address under the name that a publication gives the file."""
        return reverse("pinned_file", args=[self.sha256, filename])

    @staticmethod
    def storage() -> Any:
        """The storage of all pinned files."""
        return storages["public"]


class PublicationQuerySet(models.QuerySet):
    """The questions that readers ask of the public record."""

    def effective(self, at: datetime.datetime | None = None) -> "PublicationQuerySet":
        """What everybody may read at a moment (default: now)."""
        return self.in_force(at).readable()

    def readable(self, unlocked: frozenset[str] = frozenset()) -> "PublicationQuerySet":
        """Without what is for some readers only, today, whatever moment is asked about.

        `unlocked`: the subjects of restricted pages that the reader may see; what lies below two
        restricted pages needs both.
        """
        if not unlocked:
            return self.filter(address__restricted_by="")
        rows = Address.objects.exclude(restricted_by="").values_list("restricted_by", flat=True)
        opened = [keys for keys in rows.distinct() if set(keys.split(",")) <= unlocked]
        return self.filter(address__restricted_by__in=["", *opened])

    def on_site(self, root: uuid.UUID | None) -> "PublicationQuerySet":
        """Of one site, named by its front page, with what belongs to all; None: of all sites."""
        if root is None:
            return self
        return self.filter(Q(address__root=root) | Q(address__root__isnull=True))

    def in_force(self, at: datetime.datetime | None = None) -> "PublicationQuerySet":
        """What is published at a moment (default: now), also what is for some readers only.

        What has been withdrawn since is not shown for earlier moments either: it was withdrawn
        from the public, not from a date on.
        """
        at = at or timezone.now()
        return self.filter(
            Q(effective_until__isnull=True) | Q(effective_until__gt=at),
            kind=Publication.Kind.PUBLICATION,
            effective_from__lte=at,
            withdrawn_at__isnull=True,
        )

    def told(self) -> "PublicationQuerySet":
        """What readers were ever told: what began, and the notes of what was withdrawn since.

        What was replaced or withdrawn before its time began was never public, not even its title.
        """
        has_begun = Q(effective_from__lte=timezone.now()) & ~Q(effective_until=F("effective_from"))
        public_once = Publication.objects.filter(
            ~Q(effective_until=F("effective_from")),
            address=OuterRef("address"),
            kind=Publication.Kind.PUBLICATION,
            effective_from__lte=OuterRef("effective_from"),
        )
        return self.filter(
            Q(has_begun, kind=Publication.Kind.PUBLICATION)
            | Q(Exists(public_once), kind=Publication.Kind.WITHDRAWAL)
        )

    def standing(self) -> "PublicationQuerySet":
        """What stands now or will stand at a set time."""
        return self.filter(
            Q(effective_until__isnull=True) | Q(effective_until__gt=timezone.now()),
            kind=Publication.Kind.PUBLICATION,
            withdrawn_at__isnull=True,
        ).exclude(effective_until=models.F("effective_from"))


class Publication(ChainedRecord):
    """One immutable snapshot for one subject, language and moment; or the note of a withdrawal.

    Columns after `signatures` repeat what the snapshot says, for filters; `verify` compares.
    """

    wagtail_reference_index_ignore = True  # nobody asks where an address is used

    class Kind(models.TextChoices):
        """What a row records."""

        PUBLICATION = "publication", _("publication")
        WITHDRAWAL = "withdrawal", _("withdrawal")

    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(_("record"), max_length=20, choices=Kind.choices)
    snapshot = models.TextField(_("snapshot"))  # canonical JSON: text, so that bytes stay bytes
    content_hash = models.CharField(_("content hash"), max_length=64, db_index=True)
    signatures = models.TextField(_("signatures"))  # JSON: sequence numbers, in signing order
    published_at = models.DateTimeField(_("published at"))
    effective_from = models.DateTimeField(_("effective from"))
    effective_until = models.DateTimeField(_("effective until"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    revision_id = models.BigIntegerField(null=True)

    type = models.CharField(_("type"), max_length=100)
    subject = models.UUIDField(_("subject"))
    locale = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("title"), max_length=255)
    parent = models.UUIDField(null=True)
    category = models.CharField(_("kind"), max_length=40, blank=True)
    posted_on = models.DateField(_("date posted"), null=True)
    fiscal_year = models.PositiveIntegerField(_("fiscal year (B.E.)"), null=True)
    # "|s7-1|s9-3|": each part of the Official Information Act that it fulfils, between bars.
    official_information = models.CharField(max_length=200, blank=True, default="")
    begins_on = models.DateField(_("begins on"), null=True)
    finishes_on = models.DateField(_("finishes on"), null=True)
    topic = models.CharField(_("topic"), max_length=120, blank=True, default="")
    old_path = models.CharField(_("old address"), max_length=500, blank=True, default="")
    department = models.UUIDField(null=True)
    disclosure_item = models.UUIDField(null=True)
    is_urgent = models.BooleanField(default=False)
    in_menu = models.BooleanField(default=False)
    sort_order = models.PositiveIntegerField(default=0)
    title_key = models.CharField(max_length=collation.MAX_LENGTH, default="", editable=False)

    files = models.ManyToManyField(PinnedFile, related_name="publications")

    objects = PublicationQuerySet.as_manager()

    sealed_fields = ("kind", "content_hash", "signatures", "published_at", "effective_from")

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ("-sequence",)
        permissions = [("withdraw_publication", _("Can sign withdrawals"))]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["subject", "locale"], name="publication_subject_idx"),
            models.Index(
                fields=["type", "locale", "-posted_on", "-id"], name="publication_list_idx"
            ),
            models.Index(fields=["old_path", "locale"], name="publication_old_path_idx"),
            # The menus in their order, which every page asks for.
            models.Index(
                fields=["locale", "sort_order", "title_key", "id"],
                condition=Q(in_menu=True),
                name="publication_in_menu_idx",
            ),
            # One for each order of a list, so that no list is sorted when it is asked for.
            models.Index(fields=["locale", "-id"], name="publication_newest_idx"),
            models.Index(fields=["locale", "type", "-id"], name="publication_newest_type_idx"),
            models.Index(fields=["locale", "-posted_on", "-id"], name="publication_posted_idx"),
            models.Index(
                fields=["locale", "sort_order", "title_key", "id"], name="publication_menu_idx"
            ),
            models.Index(
                fields=["locale", "parent", "sort_order", "title_key", "id"],
                name="publication_children_idx",
            ),
            models.Index(fields=["locale", "title_key", "id"], name="publication_title_idx"),
            # None on `effective_from`: every question has it, and SQLite would prefer it always.
            # For the next moment at which time alone changes an answer.
            models.Index(fields=["effective_from"], name="publication_begin_idx"),
            models.Index(fields=["effective_until"], name="publication_end_idx"),
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def data(self) -> dict[str, Any]:
        """The snapshot as data; readers that left snapshots in the database fetch all at once."""
        if "snapshot" not in self.__dict__ and hasattr(self, "reader"):
            self.reader.fetch_snapshots()
        return orjson.loads(self.snapshot)

    @property
    def signature_sequences(self) -> list[int]:
        """The sequence numbers of the signatures that made this row."""
        return json.loads(self.signatures)


@register_setting(icon="view")
class PublicSettings(BaseSiteSetting):
    """What the public may see of the sign-off."""

    show_signer_names = models.BooleanField(
        _("show signers' names"),
        default=False,
        help_text=_("Otherwise the public sees positions and dates only"),
    )

    class Meta:
        verbose_name = _("public sign-off summary")
