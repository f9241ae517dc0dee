"""Chapter 1.1 (4) and (5) of the announcement: knowledge with its sources, and common questions."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from pages.base import ContentPage
from pages.blocks import BodyBlock, RichTextBlock


class KnowledgeKind(models.TextChoices):
    """What 1.1 (4) names."""

    WORK = "work", _("Work of the agency")
    ARTICLE = "article", _("Article")
    STATISTICS = "statistics", _("Statistics")


class ReferencesBlock(blocks.StreamBlock):
    """Where knowledge comes from."""

    reference = blocks.StructBlock(
        [
            ("title", blocks.CharBlock(label=_("title"), max_length=250)),
            (
                "publisher",
                blocks.CharBlock(
                    label=_("source"),
                    max_length=250,
                    help_text=_("Who published it: agency, author, journal"),
                ),
            ),
            ("url", blocks.URLBlock(label=_("address"), required=False)),
            (
                "dated_at",
                blocks.DateTimeBlock(
                    label=_("date and time"),
                    help_text=_("When it was published or taken from there (announcement 1.1(4))"),
                ),
            ),
        ],
        icon="link",
        label=_("Reference"),
    )


class KnowledgePage(ContentPage):
    """A work, an article or statistics, with source, date and time (1.1 (4) คลังความรู้)."""

    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=KnowledgeKind.choices,
        default=KnowledgeKind.ARTICLE,
        help_text=_("Readers can list each kind by itself"),
    )
    author = models.CharField(
        _("author"),
        max_length=250,
        blank=True,
        help_text=_("A division or a position; a person only with their consent"),
    )
    body = StreamField(
        BodyBlock(),
        verbose_name=_("body"),
        help_text=_("Give statistics with the block “Figures”: it draws the chart by itself"),
    )
    references = StreamField(
        ReferencesBlock(),
        verbose_name=_("references"),
        help_text=_("At least one source with date and time (announcement 1.1(4))"),
    )

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "kind",
        "author",
        "body",
        "references",
    ]
    content_panels: ClassVar = [
        FieldPanel("kind"),
        FieldPanel("author"),
        FieldPanel("body"),
        FieldPanel("references"),
    ]

    class Meta:
        verbose_name = _("knowledge")


class FaqBlock(blocks.StreamBlock):
    """Questions that many people ask, with answers."""

    faq = blocks.StructBlock(
        [
            ("question", blocks.CharBlock(label=_("question"), max_length=250)),
            ("answer", RichTextBlock(label=_("answer"))),
        ],
        icon="help",
        label=_("Question and answer"),
    )


class FaqPage(ContentPage):
    """The common questions of one topic, each with an address of its own (1.1 (5))."""

    questions = StreamField(
        FaqBlock(),
        verbose_name=_("questions"),
        help_text=_("What people really ask, in their words; short answers first"),
    )

    public_fields: ClassVar = [*ContentPage.public_fields, "questions"]
    content_panels: ClassVar = [FieldPanel("questions")]

    class Meta:
        verbose_name = _("frequently asked questions")
