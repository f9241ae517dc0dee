"""Chapter 1.2 (1) of the announcement: information under the Official Information Act B.E. 2540."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from pages.base import ContentPage
from pages.blocks import BodyBlock
from pages.plans import YEAR_RANGE


class OfficialInformationPage(ContentPage):
    """An item that sections 7 and 9 of the Act oblige the office to keep open to the public.

    Other pages (a plan, a budget, a law) can fulfil a section as well: every page names its own.
    """

    fiscal_year = models.PositiveIntegerField(
        _("fiscal year (B.E.)"),
        null=True,
        blank=True,
        validators=YEAR_RANGE,
        help_text=_("Of the year that it is about; empty where it holds for all years"),
    )
    body = StreamField(
        BodyBlock(required=False),
        blank=True,
        verbose_name=_("body"),
        help_text=_("What it is; attach the documents on the tab “Responsibility”"),
    )

    public_fields: ClassVar = [*ContentPage.public_fields, "fiscal_year", "body"]
    content_panels: ClassVar = [
        FieldPanel("official_information"),
        FieldPanel("fiscal_year"),
        FieldPanel("body"),
    ]
    office_panels: ClassVar = [
        panel for panel in ContentPage.office_panels if panel.clean_name != "official_information"
    ]

    class Meta:
        verbose_name = _("official information")

    def clean_for_signing(self) -> None:
        """It fulfils at least one part of section 7 or 9."""
        super().clean_for_signing()
        if not self.official_information:
            message = _("Choose at least one part of section 7 or 9.")
            raise ValidationError({"official_information": message})
