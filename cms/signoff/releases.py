"""Releases: several items that are signed and published together or not at all (issue 4).

The rows here say what the office wants to release, and may change until it is signed. What was
signed stands in `ReleaseAct`, which is appended and never changed.
"""

import json
import uuid
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from cms.signoff.chain import ChainedRecord


class Release(models.Model):
    """A set of drafts that become public at one moment."""

    class State(models.TextChoices):
        """Where a release is in its life."""

        PREPARING = "preparing", _("being prepared")
        SIGNING = "signing", _("being signed")
        RETURNED = "returned", _("returned for correction")
        PUBLISHED = "published", _("published")
        CANCELLED = "cancelled", _("cancelled")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(
        _("title"), max_length=200, help_text=_("What belongs together, e.g. Budget 2569")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For the signers; never public"))
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.PREPARING
    )
    # Counts the beginnings: what was signed before the present one is void.
    round = models.PositiveIntegerField(default=0, editable=False)
    # Whether any of its items needs the executive: then that person signs all of it (4.1).
    needs_executive = models.BooleanField(default=False, editable=False)
    # Why it is back: returned, or changed after it had been signed.
    notice = models.TextField(blank=True, default="", editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("made by"),
        editable=False,
    )
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ("-created_at", "-pk")
        default_permissions = ("add", "view")

    def __str__(self) -> str:
        return self.title

    @property
    def may_change(self) -> bool:
        """Whether items can be added and removed."""
        return self.state in (self.State.PREPARING, self.State.RETURNED)

    @property
    def is_open(self) -> bool:
        """Whether it may still become public; its items are in no other release."""
        return self.may_change or self.state == self.State.SIGNING


class ReleaseItem(models.Model):
    """A page of one language, or a record, that belongs to a release."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="items")
    # As in Wagtail's workflow states: the base type, so `Page` for every page.
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    content_object = GenericForeignKey("content_type", "object_id", for_concrete_model=False)
    content_object.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    # The workflow run that the release began for it; no other run of the item can be signed.
    run = models.ForeignKey(WorkflowState, on_delete=models.SET_NULL, null=True, related_name="+")
    is_open = models.BooleanField(default=True)  # repeats `release.is_open`, for the constraint

    class Meta:
        ordering = ("pk",)
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=models.Q(is_open=True),
                name="one_open_release_per_item",
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id}"


class ReleaseAct(ChainedRecord):
    """One act of one person on a whole release: appended once, never changed.

    `manifest` is canonical JSON: the release, who must sign it, and the subject, language and
    content hash of every item. `signatures` are the sequence numbers of the signatures that this
    act made, one for each item. So no item can later be claimed to have been released alone, and
    none can be left out unnoticed.
    """

    release = models.CharField(max_length=36, db_index=True)
    round = models.PositiveIntegerField()
    role = models.CharField(_("role"), max_length=20)
    decision = models.CharField(_("decision"), max_length=20)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("signer"),
    )
    manifest = models.TextField()
    manifest_hash = models.CharField(max_length=64)
    signatures = models.TextField()  # JSON
    signed_at = models.DateTimeField(_("signed at"))

    sealed_fields = (
        "release",
        "round",
        "role",
        "decision",
        "user_id",
        "manifest",
        "manifest_hash",
        "signatures",
        "signed_at",
    )

    class Meta:
        verbose_name = _("act on a release")
        verbose_name_plural = _("acts on releases")
        ordering = ("sequence",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.release}: {self.role}"

    @property
    def data(self) -> dict[str, Any]:
        """The manifest as data."""
        return json.loads(self.manifest)

    @property
    def signature_sequences(self) -> list[int]:
        """The sequence numbers of the signatures of this act."""
        return json.loads(self.signatures)


def place_of(item: Any) -> ReleaseItem | None:
    """The place of a page or record in an open release, or None."""
    return _open_place(item.get_base_content_type().pk, item.pk)


def place_of_run(workflow_state: WorkflowState) -> ReleaseItem | None:
    """The place in an open release of the item that a workflow run is about, or None."""
    return _open_place(workflow_state.base_content_type_id, workflow_state.object_id)


def _open_place(content_type_id: int, object_id: Any) -> ReleaseItem | None:
    rows = ReleaseItem.objects.filter(
        content_type_id=content_type_id, object_id=str(object_id), is_open=True
    )
    return rows.select_related("release").first()
