"""Uploads on their way to drafts, and which row of which source became which draft."""

import secrets
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.importing.problems import Problem


class ImportRun(models.Model):
    """One uploaded file: what the check found, how far the import is, what came of it.

    The row is the truth of the work; an entry in the queue only says that somebody should look
    at it. So a job may be queued twice, or lost, and nothing is done twice or forgotten.
    """

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        """How far it is."""

        TO_CHECK = "to-check", _("waits to be checked")
        CHECKING = "checking", _("is being checked")
        REFUSED = "refused", _("has errors")
        READY = "ready", _("checked, ready to import")
        TO_IMPORT = "to-import", _("waits to be imported")
        IMPORTING = "importing", _("is being imported")
        DONE = "done", _("imported")
        FAILED = "failed", _("failed in the system")

    WORKING = (State.TO_CHECK, State.CHECKING, State.TO_IMPORT, State.IMPORTING)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    filename = models.CharField(_("file name"), max_length=255)
    # Empty once the file was deleted.
    storage_name = models.CharField(max_length=80, blank=True)
    source = models.CharField(_("source"), max_length=100)
    section = models.ForeignKey(
        "pages.SectionPage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    department = models.ForeignKey(
        "pages.Department", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    disclosure_item = models.ForeignKey(
        "pages.DisclosureItem", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.TO_CHECK, db_index=True
    )
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # `Problem.as_data()`: the first ones; `counts` has how many there are of each kind.
    problems = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.filename

    @staticmethod
    def storage() -> Any:
        """Where uploads lie: apart from drafts' files, which all staff may open."""
        return storages["imports"]

    @staticmethod
    def storage_name_for(filename: str) -> str:
        """A name that nobody can guess, with the end of the given one."""
        suffix = f".{filename.rpartition('.')[2].lower()}"[:10] if "." in filename else ""
        return f"{secrets.token_hex(16)}{suffix}"

    @property
    def is_working(self) -> bool:
        """Whether the worker has it, or will."""
        return self.state in self.WORKING

    @property
    def listed_problems(self) -> list[Problem]:
        """What keeps it from being imported."""
        return [Problem(**data) for data in self.problems]

    @property
    def listed_notes(self) -> list[Problem]:
        """What is worth knowing."""
        return [Problem(**data) for data in self.notes]


class ImportedItem(models.Model):
    """One row of one source and the draft that it became: a second import knows it again.

    A draft that is deleted takes its entry with it, and comes again with the next import.
    """

    wagtail_reference_index_ignore = True

    source = models.CharField(_("source"), max_length=100)
    source_id = models.CharField(_("row code"), max_length=200)
    page = models.ForeignKey(
        "pages.ContentPage", on_delete=models.CASCADE, related_name="+", verbose_name=_("draft")
    )
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="items")
    row = models.PositiveIntegerField(_("row"))
    row_digest = models.CharField(max_length=64)
    # Of the draft as the import left it: whether anybody edited it since.
    draft_digest = models.CharField(max_length=64)
    old_address = models.CharField(_("old address"), max_length=500, blank=True)
    is_new = models.BooleanField(default=True)  # in its latest run; else it was changed

    class Meta:
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")
        ordering = ("run", "row")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="one_draft_per_row")
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.source_id}"
