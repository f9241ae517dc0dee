"""Conversions: from one pinned file to one format, made in the background."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.opendata.formats import BY_KEY, MAP, PREVIEW, TABLE
from cms.opendata.problems import problem_text
from cms.publication.models import PinnedFile

KINDS = [(TABLE, _("table")), (MAP, _("map"))]
TARGETS = [(PREVIEW, _("preview")), *((one.key, one.name) for one in BY_KEY.values())]


class Conversion(models.Model):
    """What is to be made of one pinned file, how far it is, and the file that came of it.

    The row is the truth of the work; an entry in the queue only says that somebody should look
    at it. So a job may be queued twice, or lost, and nothing is done twice or forgotten.
    """

    class State(models.TextChoices):
        """How far a conversion is."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    source = models.ForeignKey(
        PinnedFile, on_delete=models.PROTECT, related_name="conversions", verbose_name=_("file")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS)
    target = models.CharField(_("format"), max_length=10, choices=TARGETS)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING, db_index=True
    )
    # A code of `PROBLEMS` with its values, so that each reader gets the words in their language.
    problem = models.CharField(max_length=40, blank=True)
    problem_params = models.JSONField(default=dict)
    rows_done = models.PositiveBigIntegerField(_("rows done"), default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Of the preview: columns and first rows of a table; bounds and simplified shapes of a map.
    summary = models.JSONField(null=True)
    result = models.ForeignKey(
        PinnedFile, on_delete=models.PROTECT, null=True, related_name="made_by"
    )
    queued_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("conversion")
        verbose_name_plural = _("conversions")
        ordering = ("-queued_at", "pk")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "target"], name="one_conversion_per_target"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source.filename} → {self.get_target_display()}"

    @property
    def message(self) -> Any:
        """Why it failed, or waits for another try, in the reader's language."""
        return problem_text(self.problem, self.problem_params)
