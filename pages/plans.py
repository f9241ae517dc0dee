"""Chapter 1.1 (1) of the announcement: plans, budgets and reports, by fiscal year.

A fiscal year is the Thai one, named in the Buddhist era: 2570 runs from 1 October 2569 to
30 September 2570.
"""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from pages.base import ContentPage, refuse_buddhist_years
from pages.blocks import BodyBlock

YEAR_RANGE = [MinValueValidator(2500), MaxValueValidator(2700)]


def fiscal_year_field() -> models.PositiveIntegerField:
    """The fiscal year that a page is about, in the Buddhist era."""
    return models.PositiveIntegerField(
        _("fiscal year (B.E.)"),
        null=True,  # a draft may lack it
        validators=YEAR_RANGE,
        help_text=_("For example 2570: from 1 October 2569 to 30 September 2570"),
    )


def figures_field() -> StreamField:
    """Words, tables and figures of a plan, budget or report."""
    return StreamField(
        BodyBlock(required=False),
        blank=True,
        verbose_name=_("content"),
        help_text=_("Give figures as tables, not only as a file: use the block “Figures”"),
    )


class PlanKind(models.TextChoices):
    """The plans that 1.1 (1) and the assessment name."""

    STRATEGY = "strategy", _("Strategy")
    DEVELOPMENT = "development", _("Local development plan")
    OPERATION = "operation", _("Annual action plan")
    SPENDING = "spending", _("Annual spending plan")
    PROCUREMENT = "procurement", _("Procurement plan")
    PERSONNEL = "personnel", _("Personnel plan")
    ANTI_CORRUPTION = "anti-corruption", _("Anti-corruption plan")
    OTHER = "other", _("Other plan")


class PlanPage(ContentPage):
    """A plan of one or several fiscal years (1.1 (1) ยุทธศาสตร์ แผนปฏิบัติราชการ แผนงาน)."""

    kind = models.CharField(
        _("kind"), max_length=20, choices=PlanKind.choices, help_text=_("Which plan this is")
    )
    fiscal_year = fiscal_year_field()
    last_fiscal_year = models.PositiveIntegerField(
        _("last fiscal year (B.E.)"),
        null=True,
        blank=True,
        validators=YEAR_RANGE,
        help_text=_("For a plan of several years; otherwise leave empty"),
    )
    body = figures_field()

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "kind",
        "fiscal_year",
        "last_fiscal_year",
        "body",
    ]
    content_panels: ClassVar = [
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("fiscal_year"), FieldPanel("last_fiscal_year")]),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("plan")

    def clean(self) -> None:
        """A plan does not end before it begins."""
        super().clean()
        if self.last_fiscal_year and self.last_fiscal_year < (self.fiscal_year or 0):
            raise ValidationError({"last_fiscal_year": _("This is before the first fiscal year.")})


class BudgetLinesBlock(blocks.StreamBlock):
    """A budget line by line."""

    budget_line = blocks.StructBlock(
        [
            ("name", blocks.CharBlock(label=_("plan or category"), max_length=250)),
            (
                "amount",
                blocks.DecimalBlock(
                    label=_("amount (baht)"), min_value=0, max_digits=16, decimal_places=2
                ),
            ),
            (
                "note",
                blocks.CharBlock(label=_("note"), required=False, max_length=250),
            ),
        ],
        icon="list-ul",
        label=_("Budget line"),
    )


class BudgetPage(ContentPage):
    """The annual budget (1.1 (1) งบประมาณรายจ่ายประจำปี)."""

    fiscal_year = fiscal_year_field()
    total_budget = models.DecimalField(
        _("total (baht)"),
        max_digits=16,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        null=True,
        help_text=_("As the ordinance on the annual budget states it; the lines must add up to it"),
    )
    lines = StreamField(
        BudgetLinesBlock(),
        verbose_name=_("lines"),
        help_text=_("One for each plan (แผนงาน) or category of expenditure"),
    )
    body = figures_field()

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "fiscal_year",
        "total_budget",
        "lines",
        "body",
    ]
    content_panels: ClassVar = [
        FieldRowPanel([FieldPanel("fiscal_year"), FieldPanel("total_budget")]),
        FieldPanel("lines"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("annual budget")

    def clean_for_signing(self) -> None:
        """The lines add up to the total, so that nobody publishes a misprinted budget."""
        super().clean_for_signing()
        if self.total_budget is None:
            return
        total = sum((line.value["amount"] or 0) for line in self.lines)
        if total != self.total_budget:
            message = _("The lines add up to %(sum)s baht, not to %(total)s.") % {
                "sum": f"{total:,.2f}",
                "total": f"{self.total_budget:,.2f}",
            }
            raise ValidationError({"total_budget": message})


class ReportKind(models.TextChoices):
    """The agreements and reports that 1.1 (1) and the assessment name."""

    AGREEMENT = "agreement", _("Performance agreement")
    SIX_MONTHS = "six-months", _("Six-month progress report")
    ANNUAL = "annual", _("Annual performance report")
    SPENDING_SIX_MONTHS = "spending-six-months", _("Six-month spending report")
    SPENDING = "spending", _("Annual spending report")
    PROCUREMENT = "procurement", _("Procurement report")
    SERVICE = "service", _("Service statistics")
    SATISFACTION = "satisfaction", _("Satisfaction survey")
    OTHER = "other", _("Other report")


class ReportPage(ContentPage):
    """An agreement or report for a fiscal year (1.1 (1) คำรับรองและรายงานผลการปฏิบัติราชการ)."""

    kind = models.CharField(
        _("kind"), max_length=30, choices=ReportKind.choices, help_text=_("Which report this is")
    )
    fiscal_year = fiscal_year_field()
    period_from = models.DateField(
        _("period from"), null=True, blank=True, help_text=_("The first day that it covers")
    )
    period_until = models.DateField(
        _("period until"), null=True, blank=True, help_text=_("The last day that it covers")
    )
    body = figures_field()

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "kind",
        "fiscal_year",
        "period_from",
        "period_until",
        "body",
    ]
    content_panels: ClassVar = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("fiscal_year")]),
        FieldRowPanel([FieldPanel("period_from"), FieldPanel("period_until")]),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("report")

    def clean(self) -> None:
        """Dates in order and in the common era."""
        super().clean()
        refuse_buddhist_years(self, ["period_from", "period_until"])
        if self.period_from and self.period_until and self.period_until < self.period_from:
            raise ValidationError({"period_until": _("This is before the period begins.")})
