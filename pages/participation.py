"""Chapter 1.4 (2) and (3) of the announcement: answers to the public, and public hearings."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField, StreamField

from pages.base import ContentPage, refuse_buddhist_years
from pages.blocks import RICH_TEXT_FEATURES, BodyBlock
from pages.form_fields import FormMixin


class QuestionAnswerPage(ContentPage):
    """A question from the public with the office's answer, freed of personal data (1.4 (2))."""

    topic = models.CharField(
        _("topic"),
        max_length=120,
        blank=True,
        help_text=_("For example: tax, roads, welfare"),
    )
    question = models.TextField(
        _("question"),
        help_text=_("In the asker's words, without names, numbers or addresses of people"),
    )
    answer = StreamField(
        BodyBlock(), verbose_name=_("answer"), help_text=_("As the office answered it")
    )
    asked_on = models.DateField(
        _("asked on"), null=True, help_text=_("The day the question arrived")
    )
    answered_on = models.DateField(
        _("answered on"), null=True, help_text=_("The day of the answer")
    )

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "topic",
        "question",
        "answer",
        "asked_on",
        "answered_on",
    ]
    content_panels: ClassVar = [
        FieldPanel("topic"),
        FieldPanel("question"),
        FieldPanel("answer"),
        FieldRowPanel([FieldPanel("asked_on"), FieldPanel("answered_on")]),
    ]

    class Meta:
        verbose_name = _("question with answer")

    def clean(self) -> None:
        """An answer does not come before its question; it is dated by its day."""
        if self.posted_on is None:
            self.posted_on = self.answered_on
        super().clean()
        refuse_buddhist_years(self, ["asked_on", "answered_on"])
        if self.asked_on and self.answered_on and self.answered_on < self.asked_on:
            raise ValidationError({"answered_on": _("This is before the question.")})


class OpinionsBlock(blocks.StreamBlock):
    """Opinions received, after moderation, without names."""

    opinion = blocks.StructBlock(
        [
            ("text", blocks.TextBlock(label=_("opinion"), rows=3)),
            ("received_on", blocks.DateBlock(label=_("received on"))),
        ],
        icon="comment",
        label=_("Opinion"),
    )


class ConsultationPage(FormMixin, ContentPage):
    """A public hearing: topic, documents, period, questions, opinions received (1.4 (3))."""

    body = StreamField(
        BodyBlock(),
        verbose_name=_("topic"),
        help_text=_("What is to be decided, why, and what the choices are"),
    )
    opinions = StreamField(
        OpinionsBlock(required=False),
        blank=True,
        verbose_name=_("opinions received"),
        help_text=_("Put here from the queue of opinions, after moderation; without names"),
    )

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "body",
        *FormMixin.form_public_fields,
        "opinions",
    ]
    content_panels: ClassVar = [
        FormMixin.period_panel,
        FieldPanel("body"),
        *FormMixin.form_panels,
        FieldPanel("opinions"),
    ]

    class Meta:
        verbose_name = _("public hearing")

    def clean_for_signing(self) -> None:
        """A hearing has a first and a last day."""
        super().clean_for_signing()
        missing = [name for name in ("accepts_from", "accepts_until") if not getattr(self, name)]
        if missing:
            raise ValidationError(
                dict.fromkeys(missing, _("A hearing has a period: give the day."))
            )


class ConsultationResultPage(ContentPage):
    """What came of a hearing, in the four parts that assessors ask for (1.4 (3); OIT 2567 O25)."""

    consultation = models.ForeignKey(
        "pages.ConsultationPage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hearing"),
        help_text=_("The hearing on this site, where there was one"),
    )
    held_on = models.DateField(
        _("held on"), null=True, blank=True, help_text=_("The day, or the last day")
    )
    issues = RichTextField(
        _("1. issues"),
        features=RICH_TEXT_FEATURES,
        help_text=_("What the public was asked to take part in"),
    )
    participants = RichTextField(
        _("2. participants"),
        features=RICH_TEXT_FEATURES,
        help_text=_("Who took part, how many, as a summary without names"),
    )
    outcome = RichTextField(
        _("3. outcome"), features=RICH_TEXT_FEATURES, help_text=_("What they said and decided")
    )
    use = RichTextField(
        _("4. use of the outcome"),
        features=RICH_TEXT_FEATURES,
        help_text=_("What the office changes because of it"),
    )
    body = StreamField(
        BodyBlock(required=False),
        blank=True,
        verbose_name=_("figures and pictures"),
        help_text=_("Tables, charts and pictures of the hearing"),
    )

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "consultation",
        "held_on",
        "issues",
        "participants",
        "outcome",
        "use",
        "body",
    ]
    content_panels: ClassVar = [
        FieldPanel("consultation"),
        FieldPanel("held_on"),
        FieldPanel("issues"),
        FieldPanel("participants"),
        FieldPanel("outcome"),
        FieldPanel("use"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("result of a hearing")

    def clean(self) -> None:
        """The day is in the common era."""
        super().clean()
        refuse_buddhist_years(self, ["held_on"])
