"""Signatures and the workflow task that collects them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.signoff.assignments import Assignment
from cms.signoff.chain import ChainedRecord
from cms.signoff.checklists import Checklist
from cms.signoff.flags import Flag, FlagDecision
from cms.signoff.releases import Release, ReleaseAct, ReleaseItem
from cms.signoff.roles import Role
from cms.signoff.task import SignedTask

__all__ = [
    "Assignment",
    "Checklist",
    "Decision",
    "Flag",
    "FlagDecision",
    "Release",
    "ReleaseAct",
    "ReleaseItem",
    "Signature",
    "SignedTask",
]


class Decision(models.TextChoices):
    """What a signature says."""

    APPROVE = "approve", _("signed")
    REJECT = "reject", _("returned for correction")
    WITHDRAW = "withdraw", _("withdrawal signed")
    FLAG = "flag", _("flagged as urgent or sensitive")
    REVIEW = "review", _("reviewed after publication")
    CONFIRM = "confirm", _("confirmed as still right")


class Signature(ChainedRecord):
    """One act of one person on one content: appended once, never changed.

    Workflow, task and revision are plain numbers, as Wagtail may delete theirs; name and
    position are text, as they were on that day.
    """

    subject = models.UUIDField(_("subject"), db_index=True)
    locale = models.CharField(_("language"), max_length=10)
    subject_type = models.CharField(_("type"), max_length=100)
    title = models.CharField(_("title"), max_length=255)
    workflow_state_id = models.BigIntegerField(null=True, db_index=True)
    task_state_id = models.BigIntegerField(null=True)
    revision_id = models.BigIntegerField(null=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    decision = models.CharField(_("decision"), max_length=20, choices=Decision.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="signatures",
        verbose_name=_("signer"),
    )
    full_name = models.CharField(_("name"), max_length=200)
    position = models.CharField(_("position"), max_length=200)
    checklist = models.TextField(_("confirmed"), default="[]")  # canonical JSON: list of texts
    comment = models.TextField(_("comment"), blank=True)
    content_hash = models.CharField(_("content hash"), max_length=64, db_index=True)
    signed_at = models.DateTimeField(_("signed at"))
    # In which capacity, in the office's words: "รักษาราชการแทน... ตามคำสั่งที่ ..."; empty: the
    # person's own position.
    capacity = models.CharField(_("capacity"), max_length=500, blank=True, default="")
    # The version of the role's checklist that was confirmed; 0: the one that came with Prakat.
    checklist_version = models.PositiveIntegerField(_("checklist version"), default=0)
    # The release that this signature was one of several for.
    release = models.CharField(_("release"), max_length=36, blank=True, default="")

    sealed_fields = (
        "subject_text",
        "locale",
        "subject_type",
        "title",
        "workflow_state_id",
        "task_state_id",
        "revision_id",
        "role",
        "decision",
        "user_id",
        "full_name",
        "position",
        "checklist",
        "comment",
        "content_hash",
        "signed_at",
    )
    later_sealed_fields = ("capacity", "checklist_version", "release")

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ("sequence",)

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.full_name}"

    @property
    def subject_text(self) -> str:
        """The subject id as text, for the seal."""
        return str(self.subject)
