"""The log of cases: who did what when. It names no citizen and outlives the cases."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.engagement.cases import Case
from cms.engagement.channels import Channel, State


class CaseEvent(models.Model):
    """One act on a case, or on a whole queue. Appended once; database triggers refuse the rest.

    It holds the reference number as text and no content, so that it can stay when the case is
    deleted. `detail` is a state, a format, a person of the office: never the citizen's words.
    """

    class Kind(models.TextChoices):
        """What happened."""

        RECEIVED = "received", _("received")
        OPENED = "opened", _("opened")
        FILE_OPENED = "file_opened", _("file opened")
        ASSIGNED = "assigned", _("assigned")
        STATE = "state", _("state changed")
        ANSWERED = "answered", _("answer sent")
        NOTED = "noted", _("internal note added")
        MODERATED = "moderated", _("opinion moderated")
        DRAFTED = "drafted", _("put into a draft for publication")
        MAILED = "mailed", _("mail handed to the mail server")
        MAIL_FAILED = "mail_failed", _("mail could not be sent")
        EXPORTED = "exported", _("queue exported")
        DELETED = "deleted", _("deleted, its period being over")

    reference = models.CharField(_("reference number"), max_length=20, blank=True, db_index=True)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices)
    kind = models.CharField(_("act"), max_length=20, choices=Kind.choices)
    detail = models.CharField(_("detail"), max_length=255, blank=True)
    # PROTECT: whoever handled a case is deactivated, never deleted.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("event of a case")
        verbose_name_plural = _("events of cases")
        ordering = ("pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.reference} {self.get_kind_display()}"

    @property
    def detail_words(self) -> str:
        """The detail in the user's language: states by their names."""
        labels = dict(State.choices)
        parts = [str(labels.get(part, part)) for part in self.detail.split(" > ")]
        return " → ".join(parts)


class CaseNote(models.Model):
    """What handlers tell each other about a case. Deleted with it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("note"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ("pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.text[:60]


def log(case: Case, kind: CaseEvent.Kind, user: Any = None, detail: str = "") -> CaseEvent:
    """Appends to the log of a case. `user` is None for the citizen and for the machine."""
    return CaseEvent.objects.create(
        reference=case.reference, channel=case.channel, kind=kind, user=user, detail=detail
    )
