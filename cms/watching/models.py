"""What watching remembers: findings, what was told to whom, how far each pass is, and samples."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.publication.models import Address
from cms.watching.settings import WatchingSettings

__all__ = [
    "ChainMark",
    "DivisionReport",
    "Finding",
    "Pass",
    "Reachability",
    "SampleDay",
    "SentReminder",
    "SentSummary",
    "WatchingSettings",
]


class Finding(models.Model):
    """Something that is not as the public record says: from when to when, and who was told."""

    wagtail_reference_index_ignore = True  # nobody asks where a finding is used

    class Problem(models.TextChoices):
        """What is wrong, in words for an administrator."""

        ROW_GONE = "row-gone", _("It is public, but its draft was deleted from the admin.")
        ROW_NOT_LIVE = "row-not-live", _("It is public, but the admin says that it is not live.")
        ROW_TITLE = "row-title", _("The title in the admin is not the published one.")
        ROW_PLACE = "row-place", _("It stands elsewhere in the admin than in public.")
        ROW_REVISION = "row-revision", _("The live version in the admin was not published.")
        CHAIN = "chain", _("The end of a chain of records is missing or was replaced.")
        FILE_MISSING = "file-missing", _("A public file is missing.")
        FILE_CHANGED = "file-changed", _("A public file is not the one that was published.")
        UNREACHABLE = "unreachable", _("A public address did not answer three times in a row.")
        EVIDENCE = "evidence", _("An address given to assessors does not show what it showed.")

    problem = models.CharField(_("problem"), max_length=20, choices=Problem.choices)
    key = models.CharField(max_length=100)  # what it is about, once for each problem
    title = models.CharField(_("title"), max_length=255, blank=True)
    detail = models.CharField(_("details"), max_length=700, blank=True)
    found_at = models.DateTimeField(_("found at"))
    seen_at = models.DateTimeField(_("seen last"))
    over_at = models.DateTimeField(_("over since"), null=True)
    told_at = models.DateTimeField(null=True)  # when its alert was written
    over_told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ("-pk",)
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "key"],
                condition=models.Q(over_at__isnull=True),
                name="one_open_finding",
            )
        ]

    def __str__(self) -> str:
        return f"{self.problem} {self.key}"


class Pass(models.Model):
    """How far a job is that goes through many rows: killed, it goes on behind `cursor`."""

    name = models.CharField(max_length=50, unique=True)
    cursor = models.BigIntegerField(default=0)
    checked = models.PositiveBigIntegerField(_("checked"), default=0)
    started_at = models.DateTimeField(_("began at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.cursor}"

    @classmethod
    def resume(cls, name: str) -> "Pass":
        """The pass that was interrupted; or, where none was, a new one from the beginning."""
        row, _is_new = cls.objects.get_or_create(name=name)
        if row.finished_at is not None:
            row.cursor, row.checked = 0, 0
            row.started_at, row.finished_at = timezone.now(), None
            row.save()
        return row

    def advance(self, cursor: int, checked: int) -> None:
        """Notes that everything up to `cursor` was looked at; in the caller's transaction."""
        self.cursor, self.checked = cursor, self.checked + checked
        self.save(update_fields=["cursor", "checked"])

    def finish(self) -> None:
        """Notes that it came to its end."""
        self.finished_at = timezone.now()
        self.save(update_fields=["finished_at"])


class ChainMark(models.Model):
    """The last record of a chain as it was seen last."""

    chain = models.CharField(max_length=20, unique=True)
    sequence = models.PositiveBigIntegerField()
    own_hash = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.chain}:{self.sequence}:{self.own_hash}"


class SentReminder(models.Model):
    """That a person was told of a review: once for each due day and stage."""

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        """To whom it went."""

        REMINDER = "reminder", _("to the division")
        ESCALATION = "escalation", _("to the chief administrator")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    subject = models.UUIDField()
    due_on = models.DateField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    stage = models.IntegerField()  # days relative to the due day; 0 for an escalation
    sent_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "subject", "due_on", "kind", "stage"], name="one_review_reminder"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.stage}: {self.subject}"


class SentSummary(models.Model):
    """That a person's summary of a week is settled; `week` is its Monday."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    week = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "week"], name="one_weekly_summary")]

    def __str__(self) -> str:
        return f"{self.week}: {self.user_id}"


class DivisionReport(models.Model):
    """That a division was told of its broken links and files; empty key: the whole office."""

    division = models.CharField(max_length=36, blank=True)
    day = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["division", "day"], name="one_link_report_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.day}"


class SampleDay(models.Model):
    """How often one public address was asked for on one day, and how often it answered."""

    address = models.ForeignKey(Address, models.CASCADE, related_name="sample_days")
    day = models.DateField()
    answered = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    first_answer_at = models.DateTimeField(null=True)
    last_answer_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["address", "day"], name="one_sample_row_per_day")
        ]
        indexes = [models.Index(fields=["day"], name="watching_sample_day_idx")]

    def __str__(self) -> str:
        return f"{self.address_id} {self.day}: {self.answered}/{self.answered + self.failed}"


class Reachability(models.Model):
    """How one public address answered lately: what makes three failures in a row."""

    address = models.OneToOneField(Address, models.CASCADE, related_name="reachability")
    failures = models.PositiveIntegerField(default=0)  # in a row
    failing_since = models.DateTimeField(null=True)
    first_answer_at = models.DateTimeField(null=True)
    last_answer_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.address_id}: {self.failures}"

    def note(self, has_answered: bool, at: datetime.datetime) -> None:
        """Saves one more sample."""
        if has_answered:
            self.failures, self.failing_since = 0, None
            self.first_answer_at = self.first_answer_at or at
            self.last_answer_at = at
        else:
            self.failures += 1
            self.failing_since = self.failing_since or at
        self.save()


def open_findings() -> Any:
    """What is wrong at this moment."""
    return Finding.objects.filter(over_at__isnull=True)
