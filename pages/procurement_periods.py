"""How long the law wants a procurement notice to be public: data that the administrator keeps.

The defaults are those of the Regulation of the Ministry of Finance on Public Procurement and
Supplies Administration B.E. 2560 and of section 117 of the Act of the same year, written down from
memory: **the office's supply officer must check them** against the text in force, with its
amendments and the circulars of the Comptroller General's Department, before relying on them
(docs/operations.md).
"""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from pages.news import METHODS, STAGES, NewsKind

# Stage, method, budget above (baht), working days, where it is written.
DEFAULTS: list[tuple[str, str, int, int, str]] = [
    ("draft", "e-bidding", 5_000_000, 3, "ระเบียบกระทรวงการคลังฯ พ.ศ. 2560 ข้อ 46-47"),
    ("invitation", "e-market", 500_000, 3, "ระเบียบกระทรวงการคลังฯ พ.ศ. 2560 ข้อ 35"),
    ("invitation", "e-bidding", 500_000, 5, "ระเบียบกระทรวงการคลังฯ พ.ศ. 2560 ข้อ 51 (1)"),
    ("invitation", "e-bidding", 5_000_000, 10, "ระเบียบกระทรวงการคลังฯ พ.ศ. 2560 ข้อ 51 (2)"),
    ("invitation", "e-bidding", 10_000_000, 12, "ระเบียบกระทรวงการคลังฯ พ.ศ. 2560 ข้อ 51 (3)"),
    ("invitation", "e-bidding", 50_000_000, 20, "ระเบียบกระทรวงการคลังฯ พ.ศ. 2560 ข้อ 51 (4)"),
    ("winner", "", 0, 7, "พ.ร.บ. การจัดซื้อจัดจ้างฯ พ.ศ. 2560 มาตรา 117"),
]


class ProcurementPeriod(models.Model):
    """One rule: notices of a stage and method, above a budget, stay public so many working days."""

    stage = models.CharField(_("stage"), max_length=20, choices=STAGES)
    method = models.CharField(
        _("method"),
        max_length=20,
        choices=METHODS,
        blank=True,
        help_text=_("Empty: every method that has no rule of its own"),
    )
    budget_above = models.DecimalField(
        _("budget above (baht)"),
        max_digits=16,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
    )
    working_days = models.PositiveIntegerField(_("working days"))
    source = models.CharField(
        _("where it is written"), max_length=250, help_text=_("Regulation or act, and its clause")
    )

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("stage"), FieldPanel("method")]),
        FieldRowPanel([FieldPanel("budget_above"), FieldPanel("working_days")]),
        FieldPanel("source"),
    ]

    class Meta:
        verbose_name = _("minimum period of a notice")
        verbose_name_plural = _("minimum periods of notices")
        ordering = ("stage", "method", "budget_above")
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "method", "budget_above"], name="one_period_per_budget"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} > {self.budget_above}: {self.working_days}"


def procurement_of(data: dict[str, Any]) -> dict[str, Any] | None:
    """What a snapshot says in figures where it is a procurement notice; None for anything else."""
    fields = data["fields"]
    if data["type"] != "NewsPage" or fields.get("kind") != NewsKind.PROCUREMENT:
        return None
    return next((block["value"] for block in fields.get("procurement") or []), None)


def period_of(procurement: dict[str, Any]) -> ProcurementPeriod | None:
    """The rule for a notice: its method's own before the general one, the highest budget first."""
    budget = Decimal(procurement["budget"] or 0)
    rules = ProcurementPeriod.objects.filter(
        stage=procurement["stage"],
        method__in=["", procurement["method"]],
        budget_above__lt=budget,
    )
    return rules.order_by("-method", "-budget_above").first()


def create_defaults(model: type[ProcurementPeriod]) -> None:
    """Fills the table once, from a migration; what an administrator changed stays."""
    for stage, method, budget_above, working_days, source in DEFAULTS:
        model._default_manager.get_or_create(
            stage=stage,
            method=method,
            budget_above=budget_above,
            defaults={"working_days": working_days, "source": source},
        )
