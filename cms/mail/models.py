"""The outbox, and what each person chose to get."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OutgoingMail(models.Model):
    """One mail to one address, written in the transaction of the act that it tells of."""

    wagtail_reference_index_ignore = True  # nobody asks where a mail is used

    class State(models.TextChoices):
        """Where a mail is on its way."""

        WAITING = "waiting", _("waits to be sent")
        HELD = "held", _("waits for the daily digest")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        BUNDLED = "bundled", _("sent in a digest")
        FAILED = "failed", _("failed")

    # Names the mail in its Message-ID: a mail that is sent twice is recognised as one.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    to = models.CharField(_("recipient"), max_length=320, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("user"),
    )
    # What it is about, for whoever wrote it: a reference number, never a name or an address.
    about = models.CharField(max_length=100, blank=True, db_index=True)
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=500, blank=True)
    body = models.TextField(_("text"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    send_after = models.DateTimeField(_("next try"))
    attempts = models.PositiveIntegerField(_("tries"), default=0)
    claimed_at = models.DateTimeField(null=True)
    give_up_at = models.DateTimeField(null=True)  # set by the first try that fails
    last_error = models.CharField(_("last error"), max_length=100, blank=True)  # a class name
    sent_at = models.DateTimeField(_("sent at"), null=True)
    digest = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="items")

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ("-pk",)
        default_permissions = ("view",)
        permissions = [("retry_outgoingmail", _("Can have mails sent again"))]
        indexes = [models.Index(fields=["state", "send_after"], name="mail_outbox_idx")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"  # no subject and no address: this reaches logs


class MailPreference(models.Model):
    """How one person wants to get one kind of mail; without a row: at once."""

    wagtail_reference_index_ignore = True

    class Delivery(models.TextChoices):
        """The choices."""

        AT_ONCE = "at_once", _("At once")
        DIGEST = "digest", _("Once a day, in one mail")
        NEVER = "never", _("Not at all")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preferences"
    )
    kind = models.CharField(max_length=60)
    delivery = models.CharField(max_length=10, choices=Delivery.choices)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="one_mail_preference_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.delivery}"
