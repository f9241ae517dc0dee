"""Lists by which others assess the office: of a framework, for a fiscal year, item by item.

The same code means another thing each year, so every list is data: shipped as files, edited in the
admin, copied forward to a new year.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.publication.models import Address


class TwoNames(models.Model):
    """What is called something in Thai and in English."""

    title_th = models.CharField(_("name in Thai"), max_length=500)
    title_en = models.CharField(_("name in English"), max_length=500, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """In the language of whoever looks, or in Thai."""
        return self.title_in(get_language() or "th")

    def title_in(self, language: str) -> str:
        """In a language, or in Thai."""
        return (self.title_en if language == "en" else "") or self.title_th


class Framework(TwoNames):
    """Who assesses by which instrument: ITA/OIT, LPA, the website standard."""

    key = models.SlugField(_("key"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("assessment framework")
        verbose_name_plural = _("assessment frameworks")
        ordering = ("key",)


class Assessment(models.Model):
    """A framework's list for one fiscal year."""

    framework = models.ForeignKey(
        Framework, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("framework")
    )
    fiscal_year = models.PositiveIntegerField(_("fiscal year (B.E.)"))
    opens_on = models.DateField(_("entry opens"), null=True, blank=True)
    closes_on = models.DateField(_("entry closes"), null=True, blank=True)
    source = models.TextField(
        _("source"), blank=True, help_text=_("Where this list was taken from, and how sure it is")
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)

    class Meta:
        verbose_name = _("assessment of a year")
        verbose_name_plural = _("assessments by year")
        ordering = ("-fiscal_year", "framework__key")
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "fiscal_year"], name="one_assessment_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.framework} {self.fiscal_year}"

    @classmethod
    def locked(cls, pk: int) -> "Assessment":
        """As it stands now, and so until the transaction ends: nobody submits it meanwhile."""
        return cls.objects.select_for_update().get(pk=pk)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises `ValidationError` once it was submitted: the submissions name it for ever."""
        if Assessment.locked(self.pk).submitted_at:
            raise ValidationError(_("The answers were submitted: this list stays."))
        return super().delete(*args, **kwargs)


class AssessmentItem(TwoNames):
    """One item of a list, e.g. O14, with what it must show."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(_("code"), max_length=20)
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    group = models.CharField(
        _("group"), max_length=250, blank=True, help_text=_("The indicator that it belongs to")
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("item of an assessment")
        verbose_name_plural = _("items of an assessment")
        ordering = ("sort_order", "pk")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="assessment_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Component(TwoNames):
    """One thing that an item must show: a line of its checklist, met by disclosure items.

    Met once each disclosure item that is mapped to it is public in Thai, and each page named.
    """

    item = models.ForeignKey(AssessmentItem, on_delete=models.CASCADE, related_name="components")
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    year_offset = models.SmallIntegerField(
        _("of which year"),
        default=0,
        help_text=_("0: of the year of the assessment; -1: of the year before, e.g. its report"),
    )
    # By their codes, not their rows: a list outlives the records that it points at.
    disclosure_codes = models.CharField(
        _("disclosure items"),
        max_length=500,
        blank=True,
        help_text=_("Their codes with blanks between them, e.g. 1.1(1).3 1.1(1).4"),
    )
    addresses = models.ManyToManyField(
        Address, blank=True, related_name="+", verbose_name=_("pages that show it")
    )

    class Meta:
        verbose_name = _("component")
        verbose_name_plural = _("components")
        ordering = ("sort_order", "pk")
