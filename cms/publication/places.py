"""Where subjects stand: their addresses, those that they had before, and each change of these."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Address(models.Model):
    """Where one subject stands in one language: its path now, and its permanent short id."""

    subject = models.UUIDField(_("subject"))
    locale = models.CharField(_("language"), max_length=10)
    short_id = models.CharField(_("short id"), max_length=32)
    # Within the language, e.g. "/news/flood/"; null for a record without a page, or withdrawn.
    path = models.CharField(_("path"), max_length=700, null=True)
    # The subject of the front page of its site; null for a record without a page: of all sites.
    root = models.UUIDField(null=True)
    # The subjects of the pages, at or above it, that are for some readers only: with commas.
    restricted_by = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            models.UniqueConstraint(fields=["subject", "locale"], name="one_address_per_subject"),
            models.UniqueConstraint(fields=["short_id", "locale"], name="one_subject_per_short_id"),
            models.UniqueConstraint(fields=["path", "locale", "root"], name="one_address_per_path"),
        ]

    def __str__(self) -> str:
        return f"/{self.locale}{self.path or ''}"


class FormerPath(models.Model):
    """A path at which a subject stood before: readers are sent to where it stands now."""

    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="former_paths")
    locale = models.CharField(_("language"), max_length=10)
    path = models.CharField(_("path"), max_length=700)
    root = models.UUIDField(null=True)  # of the site on which it stood there

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "locale", "root"], name="one_redirect_per_path")
        ]

    def __str__(self) -> str:
        return f"/{self.locale}{self.path}"


class PlaceChange(models.Model):
    """What happened to an address without a publication of its own, for whoever keeps a copy.

    Written while nobody else may append (`lock_chains`): who has seen one has seen all before it.
    """

    class Kind(models.TextChoices):
        """What readers notice of it."""

        MOVED = "moved"
        RESTRICTED = "restricted"
        OPENED = "opened"

    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.DateTimeField()
    old_path = models.CharField(max_length=700, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.kind}: {self.address}"
