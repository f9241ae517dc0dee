"""Chapter 1.1 (1) of the announcement: projects with their money, place and progress."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from pages.base import ContentPage, refuse_buddhist_years
from pages.plans import figures_field, fiscal_year_field

COMPLETE = 100  # per cent


class ProjectState(models.TextChoices):
    """How far a project is."""

    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under-way", _("Under way")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")


class ProjectPage(ContentPage):
    """One project with its money, place and progress (1.1 (1) โครงการ)."""

    fiscal_year = fiscal_year_field()
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=ProjectState.choices,
        default=ProjectState.PLANNED,
        help_text=_("How far the project is on the day of the report"),
    )
    budget = models.DecimalField(
        _("budget (baht)"),
        max_digits=16,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        null=True,
        help_text=_("As approved"),
    )
    spent = models.DecimalField(
        _("spent so far (baht)"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Paid out until the day of the report"),
    )
    progress = models.PositiveIntegerField(
        _("progress (per cent)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(COMPLETE)],
        help_text=_("Of the work, from 0 to 100"),
    )
    reported_on = models.DateField(
        _("figures as of"),
        null=True,
        blank=True,
        help_text=_("The day of the report: state, spending and progress are those of this day"),
    )
    funding_source = models.CharField(
        _("source of funds"),
        max_length=250,
        blank=True,
        help_text=_("For example: the annual budget ordinance, or a grant and from whom"),
    )
    place = models.CharField(
        _("place"), max_length=250, blank=True, help_text=_("Moo and village, or the whole tambon")
    )
    begins_on = models.DateField(
        _("begins on"), null=True, blank=True, help_text=_("The first day of the work")
    )
    finishes_on = models.DateField(
        _("finishes on"), null=True, blank=True, help_text=_("The last day of the contract")
    )
    body = figures_field()

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "fiscal_year",
        "state",
        "budget",
        "spent",
        "progress",
        "reported_on",
        "funding_source",
        "place",
        "begins_on",
        "finishes_on",
        "body",
    ]
    content_panels: ClassVar = [
        FieldRowPanel([FieldPanel("fiscal_year"), FieldPanel("state")]),
        FieldRowPanel([FieldPanel("budget"), FieldPanel("funding_source")]),
        FieldRowPanel(
            [FieldPanel("spent"), FieldPanel("progress"), FieldPanel("reported_on")],
            heading=_("Progress"),
        ),
        FieldPanel("place"),
        FieldRowPanel([FieldPanel("begins_on"), FieldPanel("finishes_on")]),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("project")

    def clean(self) -> None:
        """Dates in order and in the common era; figures of progress say of which day they are."""
        super().clean()
        refuse_buddhist_years(self, ["begins_on", "finishes_on", "reported_on"])
        if self.begins_on and self.finishes_on and self.finishes_on < self.begins_on:
            raise ValidationError({"finishes_on": _("This is before the project begins.")})
        if (self.spent or self.progress) and self.reported_on is None:
            raise ValidationError(
                {"reported_on": _("Say of which day the spending and the progress are.")}
            )
        if self.state == ProjectState.COMPLETED and (self.progress or 0) < COMPLETE:
            message = _("A completed project stands at 100 per cent, or it is still under way.")
            raise ValidationError({"progress": message})
