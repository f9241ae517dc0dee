"""What transparency writes down each night besides coverage: how the lists of others stood."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AssessmentDay(models.Model):
    """How one framework's list for a fiscal year stood on one day; written once, in counts.

    Lists can be changed at any time, so what they counted on a day cannot be counted again.
    """

    date = models.DateField(_("date"))
    framework = models.SlugField(_("key"), max_length=40)
    fiscal_year = models.PositiveIntegerField(_("fiscal year (B.E.)"))
    items = models.PositiveIntegerField()
    complete = models.PositiveIntegerField()
    incomplete = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("assessment list on a day")
        verbose_name_plural = _("assessment lists on days")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["date", "framework", "fiscal_year"], name="one_assessment_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.framework} {self.fiscal_year}"
