"""How soon an alert must be reviewed. The reviews themselves are signatures (`reviews.py`)."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="warning")
class AlertSettings(BaseSiteSetting):
    """What the administrator decides about alerts."""

    review_hours = models.PositiveIntegerField(
        _("hours until the review"),
        default=8,
        validators=[MinValueValidator(1)],
        help_text=_(
            "Within how many working hours the chief executive or chief administrator must have"
            " reviewed an alert that two people released"
        ),
    )

    class Meta:
        verbose_name = _("emergency alerts")
