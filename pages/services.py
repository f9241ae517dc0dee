"""Chapter 1.3 (1) of the announcement: manuals for citizens, step by step."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField

from pages.base import ContentPage, refuse_buddhist_years
from pages.blocks import RICH_TEXT_FEATURES

DURATION_UNITS = [
    ("minute", _("minutes")),
    ("hour", _("hours")),
    ("day", _("days")),
    ("working-day", _("working days")),
    ("month", _("months")),
]


class StepsBlock(blocks.StreamBlock):
    """The steps of a service, in order, each with its duration."""

    step = blocks.StructBlock(
        [
            ("title", blocks.CharBlock(label=_("step"), max_length=250)),
            ("description", blocks.TextBlock(label=_("description"), required=False, rows=2)),
            ("duration", blocks.IntegerBlock(label=_("duration"), min_value=0)),
            ("unit", blocks.ChoiceBlock(label=_("unit"), choices=DURATION_UNITS)),
            ("responsible", blocks.CharBlock(label=_("responsible unit"), max_length=250)),
        ],
        icon="order-down",
        label=_("Step"),
    )


class RequiredDocumentsBlock(blocks.StreamBlock):
    """What an applicant must bring."""

    required_document = blocks.StructBlock(
        [
            ("name", blocks.CharBlock(label=_("document"), max_length=250)),
            ("issuer", blocks.CharBlock(label=_("issued by"), required=False, max_length=250)),
            ("originals", blocks.IntegerBlock(label=_("originals"), min_value=0, default=0)),
            ("copies", blocks.IntegerBlock(label=_("copies"), min_value=0, default=0)),
            ("note", blocks.CharBlock(label=_("note"), required=False, max_length=250)),
        ],
        icon="doc-full",
        label=_("Document"),
    )


class FeesBlock(blocks.StreamBlock):
    """What a service costs."""

    fee = blocks.StructBlock(
        [
            ("name", blocks.CharBlock(label=_("fee for"), max_length=250)),
            (
                "amount",
                blocks.DecimalBlock(
                    label=_("amount (baht)"), min_value=0, max_digits=12, decimal_places=2
                ),
            ),
            ("note", blocks.CharBlock(label=_("note"), required=False, max_length=250)),
        ],
        icon="tag",
        label=_("Fee"),
    )


class ServiceChannelsBlock(blocks.StreamBlock):
    """Where and when a service, or a complaint about it, is received."""

    service_channel = blocks.StructBlock(
        [
            (
                "kind",
                blocks.ChoiceBlock(
                    label=_("kind"),
                    choices=[
                        ("counter", _("At the counter")),
                        ("online", _("Online")),
                        ("telephone", _("By telephone")),
                        ("post", _("By post")),
                        ("mobile", _("Mobile service")),
                    ],
                ),
            ),
            ("name", blocks.CharBlock(label=_("place or name"), max_length=250)),
            ("url", blocks.URLBlock(label=_("web address"), required=False)),
            ("hours", blocks.CharBlock(label=_("hours"), required=False, max_length=250)),
        ],
        icon="mail",
        label=_("Channel"),
    )


class LegalBasesBlock(blocks.StreamBlock):
    """The laws that a service rests on."""

    legal_basis = blocks.StructBlock(
        [
            ("name", blocks.CharBlock(label=_("law and section"), max_length=250)),
            (
                "law",
                blocks.PageChooserBlock(
                    label=_("law on this site"), page_type="pages.LawPage", required=False
                ),
            ),
        ],
        icon="openquote",
        label=_("Law"),
    )


class ServiceFormsBlock(blocks.StreamBlock):
    """The forms of a service: filled in on the site, or as a file."""

    form_page = blocks.PageChooserBlock(
        label=_("Form on this site"), page_type="pages.FormPage", icon="form"
    )
    document = DocumentChooserBlock(label=_("Document"))


def total_durations(steps: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """The time that all steps take together: `(amount, unit)`, the smallest unit first.

    `steps` are the values of step blocks. Minutes and hours add up to hours and minutes; days,
    working days and months are kept apart, as no number of one makes the other.
    """
    sums = {unit: 0 for unit, _label in DURATION_UNITS}
    for step in steps:
        sums[step["unit"]] += step["duration"] or 0
    hours, sums["minute"] = divmod(sums["minute"] + 60 * sums["hour"], 60)
    sums["hour"] = hours
    return [(amount, unit) for unit, amount in sums.items() if amount]


class ServiceManualPage(ContentPage):
    """A manual for citizens: one service step by step (1.3 (1) คู่มือสำหรับประชาชน).

    Its contents are those of the Licensing Facilitation Act B.E. 2558, section 7, and of the
    assessment (OIT), which takes an empty field for a missing one: "none" must be said.
    """

    criteria = RichTextField(
        _("criteria and conditions"),
        features=RICH_TEXT_FEATURES,
        help_text=_("Who may apply, and under what conditions"),
    )
    steps = StreamField(
        StepsBlock(),
        verbose_name=_("steps"),
        help_text=_(
            "In order, each with its duration; the total is computed (announcement 1.3(1))"
        ),
    )
    required_documents = StreamField(
        RequiredDocumentsBlock(required=False),
        blank=True,
        verbose_name=_("required documents"),
        help_text=_("What to bring, from whom, how many originals and copies"),
    )
    no_required_documents = models.BooleanField(
        _("no documents are required"),
        default=False,
        help_text=_("Tick it where none is needed: the page then says so"),
    )
    fees = StreamField(
        FeesBlock(required=False),
        blank=True,
        verbose_name=_("fees"),
        help_text=_("Each fee with its amount in baht"),
    )
    no_fees = models.BooleanField(
        _("there is no fee"),
        default=False,
        help_text=_("Tick it where nothing is charged: the page then says so"),
    )
    channels = StreamField(
        ServiceChannelsBlock(),
        verbose_name=_("channels and hours"),
        help_text=_("Where and when the service is given"),
    )
    legal_bases = StreamField(
        LegalBasesBlock(),
        verbose_name=_("laws"),
        help_text=_("The law and section on which the service rests"),
    )
    service_forms = StreamField(
        ServiceFormsBlock(required=False),
        blank=True,
        verbose_name=_("forms"),
        help_text=_("Forms to fill in here, or to download"),
    )
    complaint_channels = StreamField(
        ServiceChannelsBlock(),
        verbose_name=_("channels for complaints"),
        help_text=_("Where to complain about this service"),
    )
    last_reviewed = models.DateField(
        _("last reviewed"),
        null=True,
        help_text=_("The day when somebody last checked that all of this is still right"),
    )

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "criteria",
        "steps",
        "required_documents",
        "no_required_documents",
        "fees",
        "no_fees",
        "channels",
        "legal_bases",
        "service_forms",
        "complaint_channels",
        "last_reviewed",
    ]
    content_panels: ClassVar = [
        FieldPanel("last_reviewed"),
        FieldPanel("criteria"),
        FieldPanel("steps"),
        MultiFieldPanel(
            [FieldPanel("no_required_documents"), FieldPanel("required_documents")],
            heading=_("Required documents"),
        ),
        MultiFieldPanel([FieldPanel("no_fees"), FieldPanel("fees")], heading=_("Fees")),
        FieldPanel("channels"),
        FieldPanel("legal_bases"),
        FieldPanel("service_forms"),
        FieldPanel("complaint_channels"),
    ]

    class Meta:
        verbose_name = _("manual for citizens")

    def clean(self) -> None:
        """The day is in the common era."""
        super().clean()
        refuse_buddhist_years(self, ["last_reviewed"])

    def clean_for_signing(self) -> None:
        """Documents and fees are listed, or said to be none: never left open, never both."""
        super().clean_for_signing()
        errors: dict[str, Any] = {}
        for name in ("required_documents", "fees"):
            listed, none = bool(getattr(self, name)), getattr(self, f"no_{name}")
            if listed and none:
                errors[f"no_{name}"] = _("Something is listed below: remove it, or this tick.")
            elif not listed and not none:
                errors[f"no_{name}"] = _("List at least one, or tick that there is none.")
        if errors:
            raise ValidationError(errors)
