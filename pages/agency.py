"""Chapter 1.1 (1) and (3) of the announcement: what the agency is and who leads it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField

from pages.base import ContentPage
from pages.blocks import RICH_TEXT_FEATURES, BodyBlock, RichTextBlock
from pages.records import PositionGroup


class MilestonesBlock(blocks.StreamBlock):
    """What happened when, oldest first."""

    milestone = blocks.StructBlock(
        [
            (
                "date_text",
                blocks.CharBlock(
                    label=_("when"),
                    max_length=100,
                    help_text=_("As readers know it, for example: 2540, or: 15 December 2539"),
                ),
            ),
            ("event", blocks.TextBlock(label=_("what happened"), rows=2)),
        ],
        icon="history",
        label=_("Milestone"),
    )


class HistoryPage(ContentPage):
    """How the agency came to be (1.1 (1) ประวัติความเป็นมา)."""

    milestones = StreamField(
        MilestonesBlock(required=False),
        blank=True,
        verbose_name=_("milestones"),
        help_text=_("Shown as a time line, in this order"),
    )
    body = StreamField(
        BodyBlock(required=False),
        blank=True,
        verbose_name=_("body"),
        help_text=_("The history in full"),
    )

    public_fields: ClassVar = [*ContentPage.public_fields, "milestones", "body"]
    content_panels: ClassVar = [FieldPanel("body"), FieldPanel("milestones")]

    class Meta:
        verbose_name = _("history")


class StatementsBlock(blocks.StreamBlock):
    """Short statements, one by one, numbered on the page."""

    statement = blocks.TextBlock(label=_("Statement"), icon="pilcrow", rows=2)


class VisionPage(ContentPage):
    """Vision, missions and strategies of the agency (1.1 (1) วิสัยทัศน์ พันธกิจ ยุทธศาสตร์)."""

    vision = models.TextField(
        _("vision"), help_text=_("One sentence: what the agency wants the tambon to become")
    )
    missions = StreamField(
        StatementsBlock(),
        verbose_name=_("missions"),
        help_text=_("What the agency does to get there, one statement each"),
    )
    strategies = StreamField(
        StatementsBlock(required=False),
        blank=True,
        verbose_name=_("strategies"),
        help_text=_("The strategies of the development plan, one statement each"),
    )
    body = StreamField(
        BodyBlock(required=False),
        blank=True,
        verbose_name=_("body"),
        help_text=_("Anything more about them"),
    )

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "vision",
        "missions",
        "strategies",
        "body",
    ]
    content_panels: ClassVar = [
        FieldPanel("vision"),
        FieldPanel("missions"),
        FieldPanel("strategies"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("vision and mission")


class OrganisationPage(ContentPage):
    """The structure as a chart, drawn from divisions and positions (1.1 (1) โครงสร้าง).

    The political and the permanent side both stand on it (OIT item O1).
    """

    body = StreamField(
        BodyBlock(required=False),
        blank=True,
        verbose_name=_("body"),
        help_text=_("An introduction; the chart is drawn from the records of divisions and posts"),
    )

    public_fields: ClassVar = [*ContentPage.public_fields, "body"]
    content_panels: ClassVar = [FieldPanel("body")]

    class Meta:
        verbose_name = _("organisation chart")


class PeoplePage(ContentPage):
    """Who holds office, with photograph, position and contact (1.1 (1) ผู้บริหาร; OIT item O2)."""

    group = models.CharField(
        _("group"),
        max_length=20,
        choices=PositionGroup.choices,
        default=PositionGroup.EXECUTIVE,
        help_text=_("Whose records are shown on this page"),
    )
    body = StreamField(
        BodyBlock(required=False),
        blank=True,
        verbose_name=_("body"),
        help_text=_("An introduction; the people are drawn from the records of positions"),
    )

    public_fields: ClassVar = [*ContentPage.public_fields, "group", "body"]
    content_panels: ClassVar = [FieldPanel("group"), FieldPanel("body")]

    class Meta:
        verbose_name = _("people in office")


class DutiesBlock(blocks.StreamBlock):
    """Powers and duties, one by one."""

    duty = blocks.StructBlock(
        [
            ("title", blocks.CharBlock(label=_("title"), max_length=250)),
            ("description", RichTextBlock(label=_("description"))),
            (
                "legal_basis",
                blocks.CharBlock(
                    label=_("legal basis"),
                    max_length=250,
                    help_text=_("The law and section, for example: SAO Act B.E. 2537, section 67"),
                ),
            ),
        ],
        icon="tasks",
        label=_("Power or duty"),
    )


class DutiesPage(ContentPage):
    """Powers and duties in the agency's own words (1.1 (1) อำนาจหน้าที่ ภารกิจ).

    Assessors do not accept the whole text of a law in its place (OIT item O3).
    """

    duties = StreamField(
        DutiesBlock(),
        verbose_name=_("powers and duties"),
        help_text=_("One for each task, in the agency's own words: not the text of the whole law"),
    )
    body = StreamField(
        BodyBlock(required=False),
        blank=True,
        verbose_name=_("body"),
        help_text=_("An introduction"),
    )

    public_fields: ClassVar = [*ContentPage.public_fields, "duties", "body"]
    content_panels: ClassVar = [FieldPanel("body"), FieldPanel("duties")]

    class Meta:
        verbose_name = _("powers and duties")


class CioPage(ContentPage):
    """The chief information officer and how information technology is run (1.1 (3))."""

    officer = models.ForeignKey(
        "pages.Position",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("officer"),
        null=True,
        help_text=_("The record of the post, which holds name, photograph and contact"),
    )
    appointment = models.TextField(
        _("appointment"),
        blank=True,
        help_text=_("The order that appoints the officer: number, date, who signed it"),
    )
    responsibilities = RichTextField(
        _("responsibilities"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("What the officer answers for"),
    )
    administration = StreamField(
        BodyBlock(required=False),
        blank=True,
        verbose_name=_("administration of information technology"),
        help_text=_("Plans, policies, systems, budget and security, in words and figures"),
    )

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "officer",
        "appointment",
        "responsibilities",
        "administration",
    ]
    content_panels: ClassVar = [
        FieldPanel("officer"),
        FieldPanel("appointment"),
        FieldPanel("responsibilities"),
        FieldPanel("administration"),
    ]

    class Meta:
        verbose_name = _("chief information officer")
