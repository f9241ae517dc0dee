"""What oversight keeps: checks of links, reviews, coverage by day; lists of assessments beside."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.oversight.addresses import MAX_LENGTH
from cms.oversight.frameworks import Assessment, AssessmentItem, Component, Framework
from cms.publication.models import Publication

__all__ = [
    "Assessment",
    "AssessmentItem",
    "Component",
    "CoverageRecord",
    "Framework",
    "LinkCheck",
    "Review",
]


class LinkCheck(models.Model):
    """One address that public records name, and what its latest check found."""

    class State(models.TextChoices):
        """Whether readers get what the link promises."""

        OK = "ok", _("Answers")
        BROKEN = "broken", _("Broken")
        UNREACHABLE = "unreachable", _("Unreachable")

    class Message(models.TextChoices):
        """Why, in words for an editor."""

        NOTHING = "", ""
        GUARDED = "guarded", _("It answers, but refuses automatic checks: look at it yourself.")
        MISSING = "missing", _("The site answers that there is no such page.")
        REFUSED = "refused", _("The site refuses to show the page.")
        SITE_FAULT = "site-fault", _("The site reports a fault of its own.")
        NO_HOST = "no-host", _("There is no site of this name.")
        NO_CONNECTION = "no-connection", _("No connection could be made.")
        TIMEOUT = "timeout", _("It did not answer in time.")
        CERTIFICATE = "certificate", _("Its certificate is not valid, so browsers warn readers.")
        NOT_HTTP = "not-http", _("Its answer is not one of a web site.")
        REDIRECTS = "redirects", _("It sends readers on and on, or to what is no address.")
        PRIVATE = "private", _("It stands in a private network, where readers cannot go.")

    class OwnMessage(models.TextChoices):
        """Findings about what is our own, which no request is needed for (`cms.watching`)."""

        NOT_PUBLIC = (
            "not-public",
            _("This page of ours is not public in this language."),
        )
        FILE_MISSING = "file-missing", _("The file is missing from the public storage.")
        FILE_CHANGED = "file-changed", _("The file is not the one that was published.")

    url = models.CharField(_("address"), max_length=MAX_LENGTH, unique=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, blank=True)
    status_code = models.PositiveSmallIntegerField(_("status code"), null=True)
    message = models.CharField(_("finding"), max_length=20, choices=Message.choices, blank=True)
    checked_at = models.DateTimeField(_("last checked"), null=True)
    failing_since = models.DateTimeField(_("failing since"), null=True)
    publications = models.ManyToManyField(Publication, related_name="link_checks")

    class Meta:
        verbose_name = _("link check")
        verbose_name_plural = _("link checks")
        ordering = ("url",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.url

    @property
    def finding(self) -> str:
        """What the latest check found, in words for an editor."""
        if self.message in self.OwnMessage.values:
            return str(self.OwnMessage(self.message).label)
        return self.get_message_display()

    def note(
        self, state: str, status_code: int | None, message: str, at: datetime.datetime
    ) -> None:
        """Saves what a check found; the first failure in a row keeps its moment."""
        self.state, self.status_code, self.message, self.checked_at = (
            state,
            status_code,
            message,
            at,
        )
        self.failing_since = None if state == self.State.OK else self.failing_since or at
        self.save()


class Review(models.Model):
    """Somebody looked at what is public and signed that it is still right (announcement 4.3).

    The signature seals the content, the date and the note (`cms.oversight.reviews`).
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="reviews")
    signature = models.PositiveBigIntegerField(_("signature"), unique=True)
    reviewed_at = models.DateTimeField(_("reviewed at"))
    next_due = models.DateField(_("next review"))
    note = models.TextField(_("what was looked at"), blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ("-pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.publication.title


class CoverageRecord(models.Model):
    """How one duty stood on one day, as the nightly count wrote it down.

    A day's rows are written in one transaction and never again: reports of a past day read them.
    """

    date = models.DateField(_("date"))
    taken_at = models.DateTimeField()
    item = models.UUIDField()
    fiscal_year = models.PositiveIntegerField(_("fiscal year (B.E.)"), null=True)
    chapter = models.UUIDField()
    division = models.UUIDField(null=True)
    state = models.CharField(_("state"), max_length=20)
    published_th = models.PositiveIntegerField(default=0)
    published_en = models.PositiveIntegerField(default=0)
    is_public = models.BooleanField(default=False)
    is_fulfilled = models.BooleanField(default=False)
    outdated = models.PositiveIntegerField(default=0)
    broken_links = models.PositiveIntegerField(default=0)
    due_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("coverage of a day")
        verbose_name_plural = _("coverage of days")
        ordering = ("date", "pk")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["date", "item", "fiscal_year"], name="coverage_of_year_once"
            ),
            models.UniqueConstraint(
                fields=["date", "item"],
                condition=models.Q(fiscal_year=None),
                name="coverage_standing_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.item}"
