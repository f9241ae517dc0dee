"""Who belongs to which division, who heads it, and who acts for whom: data, with days."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.divisions.forms import AppointmentForm, MembershipForm
from cms.divisions.terms import Term

__all__ = ["Appointment", "Membership"]

# A division is named by its Thai record; its other languages share the translation key.
_THAI = {"locale__language_code": settings.LANGUAGE_CODE}


class Membership(Term):
    """A person of a division, or of the whole office where no division is named."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=gettext_lazy("person"),
    )
    department = models.ForeignKey(
        "pages.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to=_THAI,
        related_name="memberships",
        verbose_name=gettext_lazy("division"),
        help_text=gettext_lazy("Empty: the whole office, with what belongs to no division"),
    )
    is_head = models.BooleanField(
        gettext_lazy("head of the division"),
        default=False,
        help_text=gettext_lazy("Approves for the division, if also in the approvers' group"),
    )

    base_form_class = MembershipForm
    panels: ClassVar = [
        FieldPanel("user"),
        FieldPanel("department", widget=forms.Select),
        FieldPanel("is_head"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
    ]

    class Meta:
        verbose_name = gettext_lazy("member of a division")
        verbose_name_plural = gettext_lazy("members of divisions")
        ordering: ClassVar = ["department__sort_order", "-is_head", "user__username", "since"]
        permissions: ClassVar = [
            ("act_for_all", gettext_lazy("Can act for every division")),
        ]

    def __str__(self) -> str:
        division = self.department or _("Whole office")
        return f"{self.user.get_full_name() or self.user.username}: {division}"

    def clean(self) -> None:
        """Nobody is the same division's member twice at once."""
        super().clean()
        if not self.since or not self.user_id:
            return
        others = Membership.objects.filter(user=self.user_id, department=self.department_id)
        others = others.exclude(pk=self.pk).filter(Q(until__isnull=True) | Q(until__gte=self.since))
        if self.until:
            others = others.filter(since__lte=self.until)
        if others.exists():
            raise ValidationError(
                _("This person is a member of this division on some of these days already.")
            )


class Appointment(Term):
    """A person who signs for another: acting, or as a deputy, by an order of the office.

    It gives the right to sign in that place without the group of the place. It gives no right
    to edit anything.
    """

    class Kind(models.TextChoices):
        """What the order says."""

        ACTING = "acting", gettext_lazy("acting (the holder is absent or there is none)")
        DEPUTY = "deputy", gettext_lazy("deputy (powers delegated by the holder)")

    class Place(models.TextChoices):
        """Whose signature it stands for; the values are those of `cms.signoff.roles.Role`."""

        APPROVER = "approver", gettext_lazy("the head of a division")
        EXECUTIVE = "executive", gettext_lazy("the chief executive or chief administrator")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="appointments",
        verbose_name=gettext_lazy("person"),
    )
    kind = models.CharField(gettext_lazy("kind"), max_length=20, choices=Kind.choices)
    for_role = models.CharField(
        gettext_lazy("signs for"), max_length=20, choices=Place.choices, default=Place.APPROVER
    )
    department = models.ForeignKey(
        "pages.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to=_THAI,
        related_name="appointments",
        verbose_name=gettext_lazy("division"),
        help_text=gettext_lazy("Empty for the chief executive or chief administrator"),
    )
    post_title = models.CharField(
        gettext_lazy("post that is signed for"),
        max_length=200,
        help_text=gettext_lazy("As the order names it, e.g. Head of the Finance Division"),
    )
    post_title_en = models.CharField(
        gettext_lazy("this post in English"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("For English items; empty: as in Thai"),
    )
    order_number = models.CharField(
        gettext_lazy("order number"),
        max_length=60,
        blank=True,
        help_text=gettext_lazy("E.g. 12/2570; it stands beside every signature"),
    )

    base_form_class = AppointmentForm
    panels: ClassVar = [
        FieldPanel("user"),
        FieldPanel("kind"),
        FieldPanel("for_role"),
        FieldPanel("department", widget=forms.Select),
        FieldRowPanel([FieldPanel("post_title"), FieldPanel("post_title_en")]),
        FieldPanel("order_number"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
    ]

    class Meta:
        verbose_name = gettext_lazy("acting appointment")
        verbose_name_plural = gettext_lazy("acting appointments and deputies")
        # The one that counts where several hold: acting before a deputy, the newest order first.
        ordering: ClassVar = ["kind", "-since", "-pk"]

    def __str__(self) -> str:
        return f"{self.user.get_full_name() or self.user.username}: {self.post_title}"

    def clean(self) -> None:
        """Raises `ValidationError` where the order would not say enough."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.for_role == self.Place.APPROVER and not self.department_id:
            errors["department"] = _("Choose the division whose head is meant.")
        if self.for_role == self.Place.EXECUTIVE and self.department_id:
            errors["department"] = _("The chief executive belongs to no division: leave it empty.")
        if self.kind == self.Kind.ACTING:
            if not self.order_number.strip():
                errors["order_number"] = _("An acting appointment needs the number of its order.")
            if not self.until:
                errors["until"] = _("An acting appointment needs a last day.")
        if self.user_id and not self.user.has_perm("wagtailadmin.access_admin"):
            errors["user"] = _("This account cannot enter the admin. Give it a group first.")
        if errors:
            raise ValidationError(errors)
