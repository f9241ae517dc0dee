"""Pages on which citizens send something: e-Forms (1.3 (3)) and the office's desks (1.4 (2)).

What is sent never comes near these tables; `cms.engagement` receives it.
"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from pages.base import ContentPage
from pages.blocks import BodyBlock
from pages.form_fields import FormMixin
from pages.services import ServiceChannelsBlock, StepsBlock


class FormPage(FormMixin, ContentPage):
    """A form that is filled in on the page, without a download (1.3 (3) e-Form)."""

    body = StreamField(
        BodyBlock(required=False),
        blank=True,
        verbose_name=_("body"),
        help_text=_("What the form is for, who may use it, what happens next"),
    )

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "body",
        *FormMixin.form_public_fields,
    ]
    content_panels: ClassVar = [
        FieldPanel("body"),
        FormMixin.period_panel,
        *FormMixin.form_panels,
    ]

    class Meta:
        verbose_name = _("e-Form")


class DeskPage(FormMixin, ContentPage):
    """A desk of the office: questions, complaints, or complaints about corruption (1.4 (2)).

    Corruption has a desk and a queue of its own, to protect whoever speaks up (OIT item O28 of
    2566).
    """

    class Channel(models.TextChoices):
        """Which queue receives what is sent."""

        QUESTION = "question", _("Questions")
        COMPLAINT = "complaint", _("Complaints")
        CORRUPTION = "corruption", _("Complaints about corruption")

    channel = models.CharField(
        _("desk"),
        max_length=20,
        choices=Channel.choices,
        help_text=_("Each desk has a queue of its own, with its own staff"),
    )
    allow_anonymous = models.BooleanField(
        _("names are not needed"),
        default=False,
        help_text=_("Says on the page that one may write without giving a name"),
    )
    body = StreamField(
        BodyBlock(required=False),
        blank=True,
        verbose_name=_("body"),
        help_text=_("How to write to this desk: what to tell, what helps, what is not taken here"),
    )
    steps = StreamField(
        StepsBlock(required=False),
        blank=True,
        verbose_name=_("what happens to it"),
        help_text=_(
            "The steps from receipt to answer, each with its time and the unit responsible;"
            " the assessment (OIT) looks for them at the desks for complaints"
        ),
    )
    channels = StreamField(
        ServiceChannelsBlock(required=False),
        blank=True,
        verbose_name=_("other ways"),
        help_text=_("Where else one can ask or complain: counter, telephone, post"),
    )

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "channel",
        "allow_anonymous",
        "body",
        "steps",
        "channels",
        *FormMixin.form_public_fields,
    ]
    content_panels: ClassVar = [
        FieldRowPanel([FieldPanel("channel"), FieldPanel("allow_anonymous")]),
        FieldPanel("body"),
        FieldPanel("steps"),
        FieldPanel("channels"),
        *FormMixin.form_panels,
    ]

    class Meta:
        verbose_name = _("desk for the public")

    def clean_for_signing(self) -> None:
        """A desk for complaints says how it works; nobody must give a name where none is needed.

        How, steps, responsible unit and time are the four parts that assessors ask for (OIT item
        O27 of 2566).
        """
        super().clean_for_signing()
        errors = {}
        if self.channel in (self.Channel.COMPLAINT, self.Channel.CORRUPTION):
            message = _("A desk for complaints says how to complain, and what happens then.")
            errors = {name: message for name in ("body", "steps") if not getattr(self, name)}
        if self.needs_no_name and any(_asks_who(block) for block in self.form_fields):
            errors["form_fields"] = _(
                "Names are not needed at this desk: a question about the sender cannot be one"
                " that must be answered."
            )
        if errors:
            raise ValidationError(errors)

    @property
    def needs_no_name(self) -> bool:
        """Whether one may write without a name: always, where corruption is reported."""
        return self.allow_anonymous or self.channel == self.Channel.CORRUPTION


def _asks_who(block: Any) -> bool:
    return bool(block.value.get("required") and block.value.get("autofill"))
