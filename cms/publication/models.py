"""The public record: publications, the addresses at which they stand, the files they pin."""

import datetime
import json
from functools import cached_property
from typing import Any

from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.signoff.chain import ChainedRecord


class Address(models.Model):
    """Where one subject stands in one language: its path now, and its permanent short id."""

    subject = models.UUIDField(_("subject"))
    locale = models.CharField(_("language"), max_length=10)
    short_id = models.CharField(_("short id"), max_length=32)
    # Within the language, e.g. "/news/flood/"; null for a record without a page, or withdrawn.
    path = models.CharField(_("path"), max_length=700, null=True)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            models.UniqueConstraint(fields=["subject", "locale"], name="one_address_per_subject"),
            models.UniqueConstraint(fields=["short_id", "locale"], name="one_subject_per_short_id"),
            models.UniqueConstraint(fields=["path", "locale"], name="one_address_per_path"),
        ]

    def __str__(self) -> str:
        return f"/{self.locale}{self.path or ''}"


class FormerPath(models.Model):
    """A path at which a subject stood before: readers are sent to where it stands now."""

    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="former_paths")
    locale = models.CharField(_("language"), max_length=10)
    path = models.CharField(_("path"), max_length=700)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "locale"], name="one_redirect_per_path")
        ]

    def __str__(self) -> str:
        return f"/{self.locale}{self.path}"


class PinnedFile(models.Model):
    """A public file, named by its content. A rendition names the files it was made from."""

    sha256 = models.CharField(max_length=64, unique=True)
    filename = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
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
        """What stands in public at a moment (default: now), withdrawn items apart.

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
    department = models.UUIDField(null=True)
    disclosure_item = models.UUIDField(null=True)
    is_urgent = models.BooleanField(default=False)
    in_menu = models.BooleanField(default=False)
    sort_order = models.PositiveIntegerField(default=0)

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
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def data(self) -> dict[str, Any]:
        """The snapshot as data."""
        return json.loads(self.snapshot)

    @property
    def signature_sequences(self) -> list[int]:
        """The sequence numbers of the signatures that made this row."""
        return json.loads(self.signatures)


def facets(data: dict[str, Any]) -> dict[str, Any]:
    """The filter columns of a publication, all read from its snapshot."""
    fields = data["fields"]
    posted_on = fields.get("posted_on")
    return {
        "type": data["type"],
        "subject": data["subject"],
        "locale": data["locale"],
        "title": data["title"],
        "parent": data["parent"],
        "category": fields.get("kind") or "",
        "posted_on": datetime.date.fromisoformat(posted_on) if posted_on else None,
        "department": fields.get("department"),
        "disclosure_item": fields.get("disclosure_item"),
        "is_urgent": bool(fields.get("is_urgent")),
        "in_menu": data["inMenu"],
        "sort_order": fields.get("menu_order") or fields.get("sort_order") or 0,
    }


class Withdrawal(models.Model):
    """A withdrawal under way: asked for and signed by one, carried out when a second signs."""

    publication = models.OneToOneField(
        Publication, on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.TextField(
        _("reason"), help_text=_("Shown to the public, in the language of the item")
    )
    first_signature = models.PositiveBigIntegerField(_("first signature"))
    requested_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        default_permissions = ()

    def __str__(self) -> str:
        return self.publication.title


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
