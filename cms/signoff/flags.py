"""Flags of urgent and sensitive items, and how soon the executive decided them (4.1-4.2).

A flag stands until the chief executive or chief administrator signs or returns the item. Both
the flag and its decision are appended and never changed, so that the time between them holds.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import TaskState, WorkflowState

from cms.signoff.roles import FIRST_ROLES, Role
from cms.snapshot.snapshot import Snapshot

# Arguments: flag, task_state (the step at which the item waits now), user (who brought it about).
item_flagged = Signal()


class FlagQuerySet(models.QuerySet):
    """Flags by their state."""

    def undecided(self) -> "FlagQuerySet":
        """Those that the executive has neither signed nor returned."""
        return self.filter(outcome__isnull=True)


class Flag(models.Model):
    """An item was said to be urgent or to affect the tambon's image.

    By a signer, with a reason and a signature; or by whoever sent the draft to the signatures,
    as the draft itself says so: then `signature` and `reason` are empty.
    """

    subject = models.UUIDField(gettext_lazy("subject"), db_index=True)
    locale = models.CharField(gettext_lazy("language"), max_length=10)
    title = models.CharField(gettext_lazy("title"), max_length=255)
    workflow_state_id = models.BigIntegerField(db_index=True)
    is_urgent = models.BooleanField(gettext_lazy("urgent or important event"))
    is_sensitive = models.BooleanField(gettext_lazy("affects the image of the tambon"))
    reason = models.TextField(gettext_lazy("reason"), blank=True)
    signature = models.PositiveBigIntegerField(gettext_lazy("signature"), null=True)
    flagged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,  # a draft that no person saved
        related_name="+",
        verbose_name=gettext_lazy("flagged by"),
    )
    flagged_at = models.DateTimeField(gettext_lazy("flagged at"), default=timezone.now)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("flag of an urgent item")
        verbose_name_plural = gettext_lazy("flags of urgent items")
        ordering = ("-flagged_at", "-pk")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.title

    @property
    def decided_at(self) -> datetime.datetime | None:
        """When the executive decided it; None while it waits."""
        outcome = getattr(self, "outcome", None)
        return outcome and outcome.decided_at


class FlagDecision(models.Model):
    """What became of a flag."""

    class Decision(models.TextChoices):
        """By the executive; or, for a flag of the author's own, by leaving it out again."""

        APPROVE = "approve", gettext_lazy("signed")
        REJECT = "reject", gettext_lazy("returned for correction")
        TAKEN_BACK = "taken-back", gettext_lazy("taken back by the author")

    flag = models.OneToOneField(Flag, on_delete=models.PROTECT, related_name="outcome")
    decision = models.CharField(gettext_lazy("decision"), max_length=20, choices=Decision.choices)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=gettext_lazy("decided by"),
    )
    decided_at = models.DateTimeField(gettext_lazy("decided at"), default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("decision on a flag")
        verbose_name_plural = gettext_lazy("decisions on flags")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.flag}: {self.get_decision_display()}"


def undecided_flags(subject: Any, locale: str) -> FlagQuerySet:
    """The flags of an item that wait for the executive, the oldest first."""
    flags = Flag.objects.undecided().filter(subject=subject, locale=locale)
    return flags.order_by("flagged_at", "pk")


def decide(signature: Any) -> None:
    """Ends the flags of what the executive signed or returned. Called with every signature."""
    if signature.role != Role.EXECUTIVE:
        return
    flags = undecided_flags(signature.subject, signature.locale)
    _end(flags, FlagDecision.Decision(signature.decision), signature.user, signature.signed_at)


def _end(flags: Iterable[Flag], decision: str, user: Any, moment: Any) -> None:
    for flag in flags:
        FlagDecision.objects.create(
            flag=flag, decision=decision, decided_by=user, decided_at=moment
        )


def flag_problem(snapshot: Snapshot) -> str:
    """Why a draft cannot be signed without the executive, although it does not say so itself.

    What a signer flagged stays flagged until the executive decides: leaving the boxes out again
    is no way around that person. Empty where nothing stands against it.
    """
    data = snapshot.data
    if data["signing"]["needsExecutive"] or data["signing"].get("quickPath"):
        return ""
    flags = undecided_flags(data["subject"], data["locale"])
    if not flags.filter(signature__isnull=False).exists():
        return ""
    return _(
        "A signer flagged this as urgent or sensitive, and the chief executive or chief"
        " administrator has not decided yet: return it, and tick the box in its tab “Urgency”"
        " again."
    )


def on_step_started(instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    """A draft that says itself that it is urgent comes to the first signature: the time runs.

    At the first step and not at the submission, as what was returned begins there again too.
    """
    role = getattr(instance.task.specific, "role", "")
    if role not in FIRST_ROLES:
        return
    run = instance.workflow_state
    content = instance.revision.content if instance.revision else {}
    subject, locale = content.get("translation_key"), run.content_object.locale.language_code
    if not subject:
        return
    flags = list(undecided_flags(subject, locale))
    is_urgent, is_sensitive = (bool(content.get(name)) for name in ("is_urgent", "is_sensitive"))
    if is_urgent or is_sensitive:
        if not flags:
            person = user or instance.revision.user or run.requested_by
            _note(run, instance, person, is_urgent=is_urgent, is_sensitive=is_sensitive)
        return
    own = [flag for flag in flags if flag.signature is None]
    _end(own, FlagDecision.Decision.TAKEN_BACK, user, timezone.now())


def _note(run: WorkflowState, task_state: TaskState, user: Any, **kinds: bool) -> None:
    item = run.content_object
    flag = Flag.objects.create(
        subject=item.translation_key,
        locale=item.locale.language_code,
        title=task_state.revision.object_str[:255],
        workflow_state_id=run.pk,
        flagged_by=user,
        **kinds,
    )
    item_flagged.send(sender=Flag, flag=flag, task_state=task_state, user=user)
