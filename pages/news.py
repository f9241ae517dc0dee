"""Chapter 1.4 (1) of the announcement: news, procurement notices and events."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from pages.base import ContentPage, refuse_buddhist_years
from pages.blocks import BodyBlock


class NewsKind(models.TextChoices):
    """The kinds of news that 1.4 (1) names."""

    GENERAL = "general", _("General news")
    ANNOUNCEMENT = "announcement", _("Announcement")
    PROCUREMENT = "procurement", _("Procurement notice")
    ACTIVITY = "activity", _("Activity")


STAGES = [
    ("plan", _("Plan")),
    ("draft", _("Draft terms of reference")),
    ("reference-price", _("Reference price")),
    ("invitation", _("Invitation")),
    ("winner", _("Winner")),
    ("contract", _("Contract")),
    ("change", _("Change")),
    ("cancellation", _("Cancellation")),
]
METHODS = [
    ("e-bidding", _("Electronic bidding (e-bidding)")),
    ("e-market", _("Electronic market (e-market)")),
    ("selection", _("Selection")),
    ("specific", _("Specific method")),
]


class ProcurementBlock(blocks.StreamBlock):
    """What a procurement notice must say."""

    procurement = blocks.StructBlock(
        [
            (
                "stage",
                blocks.ChoiceBlock(
                    label=_("stage"),
                    choices=STAGES,
                ),
            ),
            (
                "method",
                blocks.ChoiceBlock(
                    label=_("method"),
                    choices=METHODS,
                ),
            ),
            (
                "budget",
                blocks.DecimalBlock(
                    label=_("budget (baht)"), min_value=0, max_digits=16, decimal_places=2
                ),
            ),
            (
                "reference_price",
                blocks.DecimalBlock(
                    label=_("reference price (baht)"),
                    required=False,
                    min_value=0,
                    max_digits=16,
                    decimal_places=2,
                ),
            ),
            (
                "project_number",
                blocks.CharBlock(label=_("e-GP project number"), required=False, max_length=30),
            ),
            (
                "closes_at",
                blocks.DateTimeBlock(
                    label=_("bids close"),
                    required=False,
                    help_text=_("For an invitation: until when bids are taken"),
                ),
            ),
            (
                "contractor",
                blocks.CharBlock(
                    label=_("winner or contractor"),
                    required=False,
                    max_length=250,
                    help_text=_("The name of the firm, once it is known"),
                ),
            ),
            (
                "price",
                blocks.DecimalBlock(
                    label=_("agreed price (baht)"),
                    required=False,
                    min_value=0,
                    max_digits=16,
                    decimal_places=2,
                ),
            ),
        ],
        icon="clipboard-list",
        label=_("Procurement"),
    )


class NewsPage(ContentPage):
    """One item of news (1.4 (1)): the date posted and the date last changed are always shown."""

    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=NewsKind.choices,
        default=NewsKind.GENERAL,
        help_text=_("Readers can list each kind by itself"),
    )
    lead_image = models.ForeignKey(
        "pages.OfficeImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead image"),
        help_text=_("Stands above the text and in lists"),
    )
    lead_image_alt = models.CharField(
        _("what the lead image shows"),
        max_length=250,
        blank=True,
        help_text=_("Read aloud to those who cannot see it"),
    )
    lead_image_is_decorative = models.BooleanField(
        _("the image only decorates"),
        default=False,
        help_text=_("Tick it where the image tells nothing that the text does not"),
    )
    procurement = StreamField(
        ProcurementBlock(required=False),
        blank=True,
        max_num=1,
        verbose_name=_("procurement"),
        help_text=_("For a procurement notice only: stage, method, money, dates"),
    )
    body = StreamField(
        BodyBlock(required=False),
        blank=True,
        verbose_name=_("body"),
        help_text=_("The news itself; for an activity add a gallery of pictures"),
    )

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "kind",
        "lead_image",
        "lead_image_alt",
        "procurement",
        "body",
    ]
    content_panels: ClassVar = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("posted_on")]),
        FieldPanel("lead_image"),
        FieldPanel("lead_image_alt"),
        FieldPanel("lead_image_is_decorative"),
        FieldPanel("procurement"),
        FieldPanel("body"),
    ]
    office_panels: ClassVar = [
        FieldPanel("department"),
        FieldPanel("disclosure_item"),
        FieldPanel("review_due"),
        FieldPanel("official_information"),
        FieldPanel("attachments"),
        FieldPanel("related_pages"),
    ]

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")

    def clean(self) -> None:
        """News without a date counts as posted on the day it was written."""
        if self.posted_on is None:
            self.posted_on = timezone.localdate()
        super().clean()

    def clean_for_signing(self) -> None:
        """A procurement notice says what it is about in figures."""
        super().clean_for_signing()
        if self.kind == NewsKind.PROCUREMENT and not self.procurement:
            message = _("A procurement notice says its stage, method and budget: add them here.")
            raise ValidationError({"procurement": message})


class EventPage(ContentPage):
    """An entry of the office's calendar (1.4 (1) ปฏิทินกิจกรรม)."""

    starts_at = models.DateTimeField(_("begins"), null=True, help_text=_("Day and time, Thai time"))
    ends_at = models.DateTimeField(_("ends"), null=True, help_text=_("Day and time, Thai time"))
    is_all_day = models.BooleanField(
        _("all day"), default=False, help_text=_("Then only the days are shown")
    )
    place = models.CharField(
        _("place"), max_length=250, help_text=_("Where it takes place; or: online")
    )
    place_url = models.URLField(
        _("address of a map or of the online event"),
        blank=True,
        help_text=_("Opens in a new page"),
    )
    organiser = models.CharField(
        _("organiser"),
        max_length=250,
        blank=True,
        help_text=_("Empty: the responsible division"),
    )
    body = StreamField(
        BodyBlock(required=False),
        blank=True,
        verbose_name=_("body"),
        help_text=_("Programme, who may come, what to bring"),
    )

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "starts_at",
        "ends_at",
        "is_all_day",
        "place",
        "place_url",
        "organiser",
        "body",
    ]
    content_panels: ClassVar = [
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("is_all_day"),
        FieldPanel("place"),
        FieldPanel("place_url"),
        FieldPanel("organiser"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("event")

    def clean(self) -> None:
        """An event does not end before it begins."""
        super().clean()
        refuse_buddhist_years(self, ["starts_at", "ends_at"])
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("This is before the beginning.")})
