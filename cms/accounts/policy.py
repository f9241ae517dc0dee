"""What the administrator asks of each role at sign-in, and what that means for one person."""

from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.accounts.events import tell

DEFAULT_HOURS = 8  # a working day


class SignInPolicy(models.Model):
    """The sign-in rules of one role (group). Who has several roles has the strictest rules."""

    group = models.OneToOneField(
        "auth.Group",
        on_delete=models.CASCADE,
        related_name="sign_in_policy",
        verbose_name=_("role"),
    )
    requires_second_factor = models.BooleanField(
        _("second factor required"),
        default=False,
        help_text=_(
            "Members sign in with their password and a code from their telephone. Who has not set"
            " this up yet is led to it at the next sign-in and can do nothing else before."
        ),
    )
    session_hours = models.PositiveSmallIntegerField(
        _("hours until one must sign in again"),
        default=DEFAULT_HOURS,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
        help_text=_("Counted from signing in, however busy one is."),
    )

    class Meta:
        verbose_name = _("sign-in rule")
        verbose_name_plural = _("sign-in rules")
        ordering = ("group__name",)

    def __str__(self) -> str:
        return str(self.group)


def tell_change(instance: SignInPolicy, **kwargs: Any) -> None:
    """Receives the saving and deleting of a rule: the log must know what was allowed when."""
    words = [f"second factor: {instance.requires_second_factor}", f"h: {instance.session_hours}"]
    is_deleted = "created" not in kwargs
    detail = "deleted" if is_deleted else ", ".join(words)
    tell("rules_changed", subject=str(instance), detail=detail)


class Rules(NamedTuple):
    """What holds for one person."""

    needs_second_factor: bool  # a role requires it, or the person has set it up
    is_required: bool  # a role requires it: it cannot be switched off
    has_second_factor: bool
    hours: int


def with_rules(users: models.QuerySet) -> models.QuerySet:
    """Adds to users what `rules_of` needs, so that it asks the database nothing more."""
    from cms.accounts.second_factor import SecondFactor

    policies = SignInPolicy.objects.filter(group__user=models.OuterRef("pk")).order_by()
    hours = policies.order_by("session_hours").values("session_hours")[:1]
    return users.annotate(
        rules_required=models.Exists(policies.filter(requires_second_factor=True)),
        rules_has=models.Exists(SecondFactor.objects.filter(user=models.OuterRef("pk"))),
        rules_hours=models.Subquery(hours),
    )


def rules_of(user: Any) -> Rules:
    """The rules of all roles of a person together: the strictest of each kind."""
    if not hasattr(user, "rules_required"):
        user = with_rules(get_user_model()._default_manager.all()).get(pk=user.pk)
    return Rules(
        needs_second_factor=user.rules_required or user.rules_has,
        is_required=user.rules_required,
        has_second_factor=user.rules_has,
        hours=user.rules_hours or DEFAULT_HOURS,
    )
