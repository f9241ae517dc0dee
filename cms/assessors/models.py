"""Answers to assessors while they are written, and what was submitted: frozen, with its hashes.

A submission is one row of canonical JSON, so that nothing of it can change alone. What checks find
afterwards stands in rows of its own.
"""

import json
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.oversight.addresses import MAX_LENGTH
from cms.oversight.models import Assessment, AssessmentItem
from cms.publication.models import Address
from cms.signoff.chain import ChainedRecord


class Answer(models.Model):
    """What the office will say to one item. Nothing of it is public until it is submitted."""

    class Value(models.TextChoices):
        """As assessors ask: is it there?"""

        YES = "yes", _("yes (มี)")
        NO = "no", _("no (ไม่มี)")

    item = models.OneToOneField(AssessmentItem, on_delete=models.CASCADE, related_name="answer")
    value = models.CharField(_("answer"), max_length=5, choices=Value.choices, blank=True)
    explanation_th = models.TextField(
        _("explanation in Thai"),
        blank=True,
        max_length=4000,
        help_text=_("What the assessor must know. The click path is added by itself."),
    )
    explanation_en = models.TextField(
        _("explanation in English"),
        blank=True,
        max_length=4000,
        help_text=_("For English readers of the public page; may be left empty"),
    )

    class Meta:
        verbose_name = _("answer to an assessor")
        verbose_name_plural = _("answers to assessors")
        default_permissions = ("change",)

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"


class AnswerAddress(models.Model):
    """One address that proves an answer: a page of ours by its permanent address, or any other."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="addresses")
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    address = models.ForeignKey(Address, on_delete=models.PROTECT, null=True, related_name="+")
    suffix = models.CharField(max_length=MAX_LENGTH, blank=True)  # query and fragment, of a page
    url = models.CharField(_("address"), max_length=MAX_LENGTH, blank=True)

    class Meta:
        verbose_name = _("address of an answer")
        verbose_name_plural = _("addresses of an answer")
        ordering = ("sort_order", "pk")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(address__isnull=False, url="") | Q(address__isnull=True) & ~Q(url=""),
                name="page_of_ours_or_url",
            )
        ]

    def __str__(self) -> str:
        if self.address is None:
            return self.url
        gone = f"/id/{self.address.short_id}/{self.address.locale}/"  # says why, and since when
        return f"{self.address if self.address.path else gone}{self.suffix}"


class Submission(ChainedRecord):
    """All answers of a year as they were given on one day: appended once, never changed.

    `content` is canonical JSON (see `cms.assessors.freezing`); `number` counts those of a year.
    The person, as the name and position were on that day, is for the office's own eyes.
    """

    wagtail_reference_index_ignore = True

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="submissions", verbose_name=_("list")
    )
    number = models.PositiveIntegerField(_("number"))
    content = models.TextField()
    content_hash = models.CharField(_("content hash"), max_length=64)
    submitted_at = models.DateTimeField(_("submitted at"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("submitted by")
    )
    full_name = models.CharField(_("name"), max_length=200)
    position = models.CharField(_("position"), max_length=200)

    sealed_fields = (
        "assessment_id",
        "number",
        "content",
        "content_hash",
        "submitted_at",
        "user_id",
        "full_name",
        "position",
    )

    class Meta:
        verbose_name = _("submission to assessors")
        verbose_name_plural = _("submissions to assessors")
        ordering = ("-sequence",)
        default_permissions = ("add", "view")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "number"], name="one_submission_of_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment} #{self.number}"

    @cached_property
    def data(self) -> dict[str, Any]:
        """The content as data."""
        return json.loads(self.content)


class AddressCheck(models.Model):
    """What the latest check found at one address of a submission."""

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        """Against what stood there when it was submitted; the worst last."""

        SAME = "same", _("as submitted")
        CHANGED = "changed", _("changed, shows at least as much")
        LESS = "less", _("shows less than was submitted")
        LOST = "lost", _("does not answer")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="checks")
    code = models.CharField(_("code"), max_length=20)
    place = models.PositiveIntegerField()  # among the addresses of the item, from 0
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    # JSON: a list of what is otherwise, each a key of `checking.REMARKS` with its words.
    remarks = models.JSONField(default=list)
    checked_at = models.DateTimeField(_("last checked"))

    class Meta:
        verbose_name = _("check of an address")
        verbose_name_plural = _("checks of addresses")
        ordering = ("pk",)
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "code", "place"], name="one_check_an_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.code}/{self.place}: {self.state}"
