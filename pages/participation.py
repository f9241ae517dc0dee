"""Chapter 1.4 of the announcement: participation of the public."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from pages.base import ContentPage
from pages.blocks import BodyBlock


class NewsKind(models.TextChoices):
    """The kinds of news that 1.4 (1) names."""

    GENERAL = "general", _("General news")
    ANNOUNCEMENT = "announcement", _("Announcement")
    PROCUREMENT = "procurement", _("Procurement notice")
    ACTIVITY = "activity", _("Activity")


class NewsPage(ContentPage):
    """One item of news (1.4 (1)): the date posted and the date last changed are always shown."""

    kind = models.CharField(
        _("kind"), max_length=20, choices=NewsKind.choices, default=NewsKind.GENERAL
    )
    lead_image = models.ForeignKey(
        "pages.OfficeImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead image"),
    )
    lead_image_alt = models.CharField(
        _("what the lead image shows"),
        max_length=250,
        blank=True,
        help_text=_("Read aloud to those who cannot see it; empty where it only decorates"),
    )
    body = StreamField(BodyBlock(required=False), blank=True, verbose_name=_("body"))

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "kind",
        "lead_image",
        "lead_image_alt",
        "body",
    ]
    content_panels: ClassVar = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("posted_on")]),
        FieldPanel("lead_image"),
        FieldPanel("lead_image_alt"),
        FieldPanel("body"),
    ]
    office_panels: ClassVar = [
        FieldPanel("department"),
        FieldPanel("disclosure_item"),
        FieldPanel("review_due"),
        FieldPanel("attachments"),
    ]
    parent_page_types: ClassVar = ["pages.SectionPage"]
    is_creatable = True

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")

    def clean(self) -> None:
        """News without a date counts as posted on the day it was written."""
        if self.posted_on is None:
            self.posted_on = timezone.localdate()
        super().clean()
