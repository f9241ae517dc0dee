"""Endpoints of other front ends, and every delivery to them or to the caches in front of us."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.publication.public_changes import ChangeType

PING = "ping"
PURGE = "purge"
EVENT_TYPES = [*ChangeType.choices, (PING, _("test")), (PURGE, _("caches are emptied"))]


def check_address(url: str) -> None:
    """Raises `ValidationError` for an address to which nothing is sent."""
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise ValidationError(_("The address may hold no name and no password."))
    if parts.scheme != "https" and not settings.WEBHOOK_PRIVATE_ADDRESSES:
        raise ValidationError(_("The address must begin with https://."))


class Endpoint(models.Model):
    """An address of another front end that wants to know what changed."""

    wagtail_reference_index_ignore = True

    description = models.CharField(
        _("name"), max_length=200, help_text=_("What stands there, for example the mobile app.")
    )
    url = models.CharField(
        _("address"),
        max_length=1000,
        validators=[URLValidator(["http", "https"]), check_address],
    )
    # Values of ChangeType; empty: all of them.
    event_types = models.JSONField(_("what is told"), default=list, blank=True)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Otherwise nothing is sent.")
    )
    # Encrypted: a copy of the database alone signs nothing.
    secret = models.TextField(editable=False)
    # After a change of the secret both sign, until the other side has the new one.
    former_secret = models.TextField(editable=False, blank=True)
    former_until = models.DateTimeField(editable=False, null=True)
    failing_since = models.DateTimeField(_("failing since"), editable=False, null=True)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ("description", "pk")

    def __str__(self) -> str:
        return self.description

    def wants(self, event_type: str) -> bool:
        """Whether it is told of such an event."""
        return not self.event_types or event_type in self.event_types


class Delivery(models.Model):
    """One message to one endpoint; to the caches in front of the site where there is none.

    The row is the truth of the work; an entry in the queue only says that somebody should look
    at it (docs/decisions/0012).
    """

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        """Where a message is on its way."""

        WAITING = "waiting", _("waits")
        SENDING = "sending", _("being sent")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("failed")

    class Problem(models.TextChoices):
        """Why the latest try failed."""

        NONE = "", ""
        STATUS = "status", _("The other side answered with an error.")
        REDIRECT = "redirect", _("The other side sends on to another address; give that one.")
        GONE = "gone", _("The other side wants no more messages.")
        NO_HOST = "no-host", _("There is no machine of this name.")
        NO_CONNECTION = "no-connection", _("No connection could be made.")
        TIMEOUT = "timeout", _("There was no answer in time.")
        CERTIFICATE = "certificate", _("The certificate is not valid.")
        NOT_HTTP = "not-http", _("The answer is not one of a web server.")
        PRIVATE = "private", _("The address is one of a private network.")
        NO_SECRET = "no-secret", _("The secret cannot be read; make a new one.")
        SWITCHED_OFF = "switched-off", _("The webhook is switched off.")
        CACHE = "cache", _("A cache could not be emptied.")

    message_id = models.CharField(_("id"), max_length=40, db_index=True)
    endpoint = models.ForeignKey(
        Endpoint,
        on_delete=models.CASCADE,
        null=True,
        related_name="deliveries",
        verbose_name=_("webhook"),
    )
    event_type = models.CharField(_("what happened"), max_length=40, choices=EVENT_TYPES)
    about = models.CharField(_("about"), max_length=300, blank=True)  # a public path or type
    payload = models.TextField()  # JSON: text, as these bytes are signed at every try
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    send_after = models.DateTimeField(_("next try"), default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    status_code = models.PositiveSmallIntegerField(_("answer"), null=True)
    duration_ms = models.PositiveIntegerField(_("milliseconds"), null=True)
    problem = models.CharField(_("problem"), max_length=20, choices=Problem.choices, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-pk",)
        default_permissions = ("view",)
        permissions = [("retry_delivery", _("Can have messages sent again"))]
        indexes = [models.Index(fields=["state", "send_after"], name="webhooks_delivery_idx")]

    def __str__(self) -> str:
        return f"{self.event_type} {self.message_id}"

    @property
    def to(self) -> Any:
        """Who gets it."""
        return self.endpoint or _("Caches in front of the site")

    @property
    def next_try(self) -> Any:
        """When it is tried next; None where it is over."""
        return self.send_after if self.state == self.State.WAITING else None

    @property
    def finding(self) -> str:
        """Why the latest try failed, in the reader's language."""
        words = str(self.get_problem_display())
        return f"{words} {self.detail}".strip()


class TimeWatch(models.Model):
    """Until when was looked at what begins and ends by itself: the only row of its table."""

    wagtail_reference_index_ignore = True

    looked_until = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.looked_until)
