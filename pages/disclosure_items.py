"""What the announcement obliges the office to publish: a tree, down to its single parts.

The list is signed and published like everything else, so that anybody may check what the office
holds itself to, and what it held itself to on an earlier day.
"""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from pages.counting import COUNTS_SEPARATOR, CountsInput, unknown_counts
from pages.fields import MultipleChoiceField
from pages.snippets import SignableSnippet


class RequiredLanguage(models.TextChoices):
    """The languages in which something must be public."""

    TH = "th", _("Thai")
    EN = "en", _("English")


class Period(models.TextChoices):
    """How often something new is owed."""

    STANDING = "standing", _("Always public, kept current")
    FISCAL_YEAR = "fiscal-year", _("Anew for each fiscal year")


def _both_languages() -> list[str]:
    return list(RequiredLanguage.values)


class DisclosureItem(SignableSnippet):
    """An item that the announcement obliges the office to publish, e.g. 1.4 (1), or a part of it.

    Items with parts say nothing of their own: what is owed are the parts.
    """

    code = models.CharField(_("code"), max_length=20, help_text=_("As in the announcement: 1.4(1)"))
    parent = models.ForeignKey(
        "pages.DisclosureItem",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("is a part of"),
        help_text=_("The item above it; empty for the highest"),
    )
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_("What the office must publish under this item, as the announcement puts it"),
    )
    legal_basis = models.TextField(
        _("legal basis"),
        blank=True,
        help_text=_("The law or the announcement that demands it, with section"),
    )
    responsible_division = models.ForeignKey(
        "pages.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible division"),
        help_text=_("Which division owes it; empty: that of the item above"),
    )
    languages = MultipleChoiceField(
        _("languages required"),
        options=RequiredLanguage,
        default=_both_languages,
        blank=False,
        help_text=_("In which languages it must stand there"),
    )
    period = models.CharField(
        _("period covered"),
        max_length=20,
        choices=Period.choices,
        default=Period.STANDING,
        help_text=_("Whether one is enough, or each fiscal year asks for its own"),
    )
    first_fiscal_year = models.PositiveIntegerField(
        _("first fiscal year (B.E.)"),
        null=True,
        blank=True,
        help_text=_("From which year on it is owed anew each year, e.g. 2569"),
    )
    owed_after_months = models.PositiveIntegerField(
        _("owed after how many months"),
        default=0,
        help_text=_("Counted from the first day of the fiscal year: a report of it is owed later"),
    )
    minimum = models.PositiveIntegerField(
        _("how many"),
        default=1,
        help_text=_("How many publications it takes, in each fiscal year where it is yearly"),
    )
    counts = models.CharField(
        _("what counts"),
        max_length=500,
        blank=True,
        help_text=_("Which kinds of pages fulfil it; nothing ticked: whatever names this item"),
    )
    fulfilled_when = models.TextField(
        _("when it is fulfilled"),
        blank=True,
        help_text=_("What must stand there, in words, for whoever writes it and whoever checks it"),
    )
    review_months = models.PositiveIntegerField(
        _("review interval in months"),
        default=12,
        help_text=_("After how many months the division looks again whether it is right; 0: never"),
    )

    public_fields: ClassVar = [
        "code",
        "parent",
        "description",
        "legal_basis",
        "responsible_division",
        "languages",
        "period",
        "first_fiscal_year",
        "owed_after_months",
        "minimum",
        "counts",
        "fulfilled_when",
        "review_months",
        "sort_order",
    ]
    override_translatable_fields: ClassVar = [
        SynchronizedField(name, overridable=False)
        for name in (
            "code",
            "languages",
            "period",
            "first_fiscal_year",
            "owed_after_months",
            "minimum",
            "counts",
            "review_months",
        )
    ]
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("sort_order")]),
        FieldPanel("title"),
        FieldPanel("parent"),
        FieldPanel("description"),
        FieldPanel("legal_basis"),
        FieldPanel("responsible_division"),
        MultiFieldPanel(
            [
                FieldPanel("fulfilled_when"),
                FieldPanel("counts", widget=CountsInput),
                FieldRowPanel([FieldPanel("minimum"), FieldPanel("review_months")]),
                FieldPanel("period"),
                FieldRowPanel([FieldPanel("first_fiscal_year"), FieldPanel("owed_after_months")]),
                FieldPanel("languages"),
            ],
            heading=_("What is owed"),
        ),
    ]

    class Meta(SignableSnippet.Meta):
        verbose_name = _("disclosure item")
        verbose_name_plural = _("disclosure items")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def clean(self) -> None:
        """Raises `ValidationError` for an item above itself, and for kinds that there are not."""
        super().clean()
        above, seen = self.parent, {self.pk}
        while above:
            if above.pk in seen:
                raise ValidationError({"parent": _("An item cannot be a part of itself.")})
            seen.add(above.pk)
            above = above.parent
        if unknown := unknown_counts(self.counts):
            names = COUNTS_SEPARATOR.join(unknown)
            raise ValidationError({"counts": _("There is no kind %(names)s.") % {"names": names}})
        if self.period == Period.FISCAL_YEAR and not self.first_fiscal_year:
            raise ValidationError(
                {"first_fiscal_year": _("Say from which fiscal year on it is owed.")}
            )
