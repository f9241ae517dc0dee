"""What the office sets for its forms, and the runs in which the record was verified."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

# A run gives a sign of life every few seconds; without one for so long, its process is dead.
STALE_AFTER = datetime.timedelta(minutes=5)


@register_setting(icon="doc-full-inverse")
class EvidenceSettings(BaseGenericSetting):
    """Which announcement of the office the request form stands on, in each language."""

    announcement = models.CharField(
        _("announcement"),
        max_length=300,
        default="มาตรการและกลไกการกำกับติดตามในการเผยแพร่ข้อมูลต่อสาธารณะผ่านเว็บไซต์",
        help_text=_("Its title, without the office's name; printed in the heading of the form"),
    )
    announcement_en = models.CharField(
        _("announcement in English"),
        max_length=300,
        default=(
            "Measures and mechanisms for overseeing the publication of information "
            "through the web site"
        ),
    )

    class Meta:
        verbose_name = _("forms and certificates")

    def announcement_in(self, language: str) -> str:
        """The title in `language` ("th" or "en")."""
        return self.announcement_en if language == "en" else self.announcement


class VerificationRunQuerySet(models.QuerySet["VerificationRun"]):
    """The questions about runs."""

    def open(self) -> "VerificationRunQuerySet":
        """Those that wait or are under way, the dead apart."""
        return self.filter(
            state__in=[VerificationRun.State.WAITING, VerificationRun.State.RUNNING],
            heartbeat_at__gte=timezone.now() - STALE_AFTER,
        )


class VerificationRun(models.Model):
    """One recomputation of the whole record: when, how far, and what it found."""

    class State(models.TextChoices):
        """How a run stands, or ended."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("under way")
        HOLDS = "holds", _("the record holds")
        BROKEN = "broken", _("the record does not hold")
        FAILED = "failed", _("could not be finished")

    state = models.CharField(
        _("result"), max_length=10, choices=State.choices, default=State.WAITING
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    started_at = models.DateTimeField(_("began at"), null=True)
    heartbeat_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    total = models.PositiveBigIntegerField(default=0)
    done = models.PositiveBigIntegerField(_("records checked"), default=0)
    failure = models.TextField(_("first failure"), blank=True)
    # Sequence number and hash of the last record of each chain when the run ended.
    heads = models.JSONField(default=dict)

    objects = VerificationRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ("-pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_state_display()} ({self.requested_at:%Y-%m-%d %H:%M})"

    @property
    def is_open(self) -> bool:
        """Whether it waits or is under way, and its process lives."""
        open_states = (self.State.WAITING, self.State.RUNNING)
        return self.state in open_states and self.heartbeat_at >= timezone.now() - STALE_AFTER

    @property
    def result(self) -> str:
        """How it stands in the user's language; what died on the way was not finished."""
        is_dead = self.finished_at is None and not self.is_open
        return str((self.State.FAILED if is_dead else self.State(self.state)).label)

    @property
    def seconds(self) -> float | None:
        """How long it took; None where it did not end."""
        if self.started_at is None or self.finished_at is None:
            return None
        return (self.finished_at - self.started_at).total_seconds()

    @property
    def percent(self) -> int:
        """How far it is."""
        return min(100 * self.done // self.total, 100) if self.total else 0
