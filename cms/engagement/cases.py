"""A case: one submission by a citizen, and what the office made of it."""

import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.engagement.channels import OPEN_STATES, Channel, State


class CaseQuerySet(models.QuerySet):
    """The questions that desks ask."""

    def of(self, channels: list[Channel]) -> "CaseQuerySet":
        """The cases of some channels; never more than the user's own are passed here."""
        return self.filter(channel__in=channels)

    def waiting(self) -> "CaseQuerySet":
        """What the office still has to answer or to moderate."""
        return self.filter(state__in=OPEN_STATES)


class Case(models.Model):
    """What one citizen sent in one channel. Never public; deleted when its period is over.

    `answers` is a list of `{id, label, kind, value}` as the form stood when it was sent, so that
    a case can be read whatever becomes of its page.
    """

    reference = models.CharField(_("reference number"), max_length=20, unique=True)
    receipt_token = models.CharField(max_length=64, unique=True)
    # The form's token and everything typed: the same form sent twice is one case.
    submission_key = models.CharField(max_length=64, unique=True)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices)
    subject = models.UUIDField(_("page"))
    locale = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("page"), max_length=255)
    content_hash = models.CharField(_("content hash of the form as it was seen"), max_length=64)
    received_at = models.DateTimeField(_("received at"))
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.NEW, db_index=True
    )
    answers = models.JSONField(_("answers"))
    email = models.EmailField(_("e-mail"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    is_anonymous = models.BooleanField(_("anonymous"), default=False)
    has_consented = models.BooleanField(_("consent given"), default=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    # What the sender reads: the answer, or why an opinion was set aside.
    answer = models.TextField(_("answer to the sender"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    public_text = models.TextField(_("opinion as it will be public"), blank=True)
    # The page whose draft this went into: as question and answer, or among the opinions.
    draft_page_id = models.BigIntegerField(null=True)
    delete_after = models.DateField(_("kept until"), db_index=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ("-received_at", "-pk")
        default_permissions = ()
        permissions = [
            ("handle_form", _("Can handle e-Forms")),
            ("handle_question", _("Can handle questions")),
            ("handle_complaint", _("Can handle complaints")),
            ("handle_corruption", _("Can handle corruption complaints")),
            ("handle_opinion", _("Can handle opinions")),
        ]
        indexes = [models.Index(fields=["channel", "-received_at"], name="engagement_queue_idx")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether the office still owes an answer."""
        return self.state in OPEN_STATES

    def waiting_days(self) -> int:
        """For how many days the sender waits, or waited until the answer."""
        end = self.answered_at or timezone.now()
        return (timezone.localdate(end) - timezone.localdate(self.received_at)).days

    def answers_of(self, *kinds: str) -> list[Any]:
        """The values of the filled-in fields of some kinds, in the form's order."""
        return [a["value"] for a in self.answers if a["kind"] in kinds and a["value"]]


@register_setting(icon="time")
class DeskSettings(BaseSiteSetting):
    """How quickly the office answers."""

    answer_within_days = models.PositiveSmallIntegerField(
        _("answer within (days)"),
        default=15,
        validators=[MinValueValidator(1)],
        help_text=_(
            "A case that waits longer is marked as overdue. Fifteen days is what the royal decree "
            "on good governance B.E. 2546, section 38, asks of answers to citizens."
        ),
    )

    class Meta:
        verbose_name = _("citizens' desks")


def overdue_before() -> datetime.datetime:
    """What came in before this moment and still waits is overdue."""
    return timezone.now() - datetime.timedelta(days=answer_within_days())


def answer_within_days() -> int:
    """The time that the office promises for an answer."""
    found = DeskSettings.objects.filter(site__is_default_site=True).first()
    return (found or DeskSettings()).answer_within_days
