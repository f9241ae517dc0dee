"""Forms that an editor builds: a block for each field, and the privacy notice around them."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from pages.base import refuse_buddhist_years


class FormFieldBlock(blocks.StructBlock):
    """One field: what it asks, how to answer, whether an answer is needed."""

    label = blocks.CharBlock(label=_("question"), max_length=250)
    help_text = blocks.CharBlock(
        label=_("explanation"),
        required=False,
        max_length=250,
        help_text=_("Stands below the field, for example: as on the identity card"),
    )
    required = blocks.BooleanBlock(
        label=_("must be answered"),
        required=False,
        help_text=_("Ask only what is needed (PDPA, section 22)"),
    )


class ShortAnswerBlock(FormFieldBlock):
    """A line of text, which a browser may fill in by itself (WCAG 1.3.5)."""

    autofill = blocks.ChoiceBlock(
        label=_("about the sender"),
        required=False,
        choices=[
            ("name", _("Full name")),
            ("address-line1", pgettext_lazy("of a place", "Address")),
            ("postal-code", _("Postcode")),
            ("organization", _("Organisation")),
        ],
        help_text=_("Where it asks about the sender: their telephone can then fill it in"),
    )


class FormSectionBlock(blocks.StructBlock):
    """A heading between the fields of a long form."""

    label = blocks.CharBlock(label=_("heading"), max_length=250)
    help_text = blocks.CharBlock(label=_("explanation"), required=False, max_length=250)


class ChoiceFieldBlock(FormFieldBlock):
    """A field whose answers are given."""

    choices = blocks.ListBlock(
        blocks.CharBlock(label=_("answer"), max_length=250),
        label=_("answers to choose from"),
        min_num=2,
    )


class FormFieldsBlock(blocks.StreamBlock):
    """A form, field by field. The names are the kinds that the receiving side knows.

    It passes over the headings, which nobody answers.
    """

    form_section = FormSectionBlock(label=_("Heading"), icon="title")
    single_line_field = ShortAnswerBlock(label=_("Short answer"), icon="pilcrow")
    multi_line_field = FormFieldBlock(label=_("Long answer"), icon="pilcrow")
    email_field = FormFieldBlock(label=_("E-mail address"), icon="mail")
    telephone_field = FormFieldBlock(label=_("Telephone number"), icon="mobile-alt")
    number_field = FormFieldBlock(label=_("Number"), icon="decimal")
    date_field = FormFieldBlock(label=_("Date"), icon="date")
    checkbox_field = FormFieldBlock(label=_("One box to tick"), icon="tick-inverse")
    checkboxes_field = ChoiceFieldBlock(label=_("Several of these"), icon="tick-inverse")
    dropdown_field = ChoiceFieldBlock(label=_("One of a list"), icon="list-ul")
    radio_field = ChoiceFieldBlock(label=_("One of these"), icon="radio-full")
    file_field = FormFieldBlock(label=_("File"), icon="upload")


class FormMixin(models.Model):
    """A form with its privacy notice (PDPA, sections 19 to 24)."""

    form_fields = StreamField(
        FormFieldsBlock(),
        verbose_name=_("form"),
        help_text=_("Field by field, in the order in which they are asked"),
    )
    purpose = models.TextField(
        _("purpose"),
        help_text=_("What the answers are used for; shown before the form (PDPA, section 23)"),
    )
    legal_basis = models.CharField(
        _("legal basis"),
        max_length=250,
        help_text=_("For example: official authority, PDPA section 24 (4)"),
    )
    recipients = models.CharField(
        _("recipients"),
        max_length=250,
        help_text=_("Who gets to see the answers, by division or office"),
    )
    retention_days = models.PositiveIntegerField(
        _("kept for (days)"),
        default=365,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_("After this many days what was sent is deleted by itself"),
    )
    needs_consent = models.BooleanField(
        _("ask for consent"),
        default=False,
        help_text=_("Only where consent is the legal basis; for most public tasks it is not"),
    )
    accepts_from = models.DateField(
        _("open from"), null=True, blank=True, help_text=_("Empty: from publication on")
    )
    accepts_until = models.DateField(
        _("open until"), null=True, blank=True, help_text=_("The last day; empty: always open")
    )
    thank_you = models.TextField(
        _("thanks"),
        blank=True,
        help_text=_("What the sender reads afterwards, for example how long an answer takes"),
    )

    class Meta:
        abstract = True

    form_public_fields: ClassVar = [
        "form_fields",
        "purpose",
        "legal_basis",
        "recipients",
        "retention_days",
        "needs_consent",
        "accepts_from",
        "accepts_until",
        "thank_you",
    ]
    form_panels: ClassVar = [
        FieldPanel("form_fields"),
        MultiFieldPanel(
            [
                FieldPanel("purpose"),
                FieldPanel("legal_basis"),
                FieldPanel("recipients"),
                FieldRowPanel([FieldPanel("retention_days"), FieldPanel("needs_consent")]),
            ],
            heading=_("Privacy notice (PDPA)"),
        ),
        FieldPanel("thank_you"),
    ]
    period_panel: ClassVar = FieldRowPanel(
        [FieldPanel("accepts_from"), FieldPanel("accepts_until")]
    )

    def clean(self) -> None:
        """The period runs forward and is in the common era."""
        super().clean()
        refuse_buddhist_years(self, ["accepts_from", "accepts_until"])
        if self.accepts_from and self.accepts_until and self.accepts_until < self.accepts_from:
            raise ValidationError({"accepts_until": _("This is before the first day.")})
