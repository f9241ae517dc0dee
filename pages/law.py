"""Chapter 1.1 (2) of the announcement: laws, each with the source it was taken from."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField

from pages.base import ContentPage, refuse_buddhist_years
from pages.blocks import BodyBlock


class LawKind(models.TextChoices):
    """The kinds that 1.1 (2) names, in the order of their rank."""

    ACT = "act", _("Act")
    ROYAL_DECREE = "royal-decree", _("Royal decree")
    MINISTERIAL_REGULATION = "ministerial-regulation", _("Ministerial regulation")
    CABINET_RESOLUTION = "cabinet-resolution", _("Cabinet resolution")
    REGULATION = "regulation", _("Regulation")
    LOCAL_ORDINANCE = "local-ordinance", _("Local ordinance")
    ANNOUNCEMENT = "announcement", _("Notification")
    STANDARD = "standard", _("Standard")
    MANUAL = "manual", _("Manual")
    GUIDELINE = "guideline", _("Guideline")


class Force(models.TextChoices):
    """Whether a law binds, by its dates."""

    NOT_YET = "not-yet", _("Not yet in force")
    IN_FORCE = "in-force", _("In force")
    REPEALED = "repealed", _("Repealed")


def force_on(
    day: datetime.date, effective_on: datetime.date | None, repealed_on: datetime.date | None
) -> Force:
    """The force of a law on a day; without dates it is in force.

    The day of repeal is the first day without force.
    """
    if repealed_on and repealed_on <= day:
        return Force.REPEALED
    return Force.NOT_YET if effective_on and effective_on > day else Force.IN_FORCE


class LawPage(ContentPage):
    """One law or rule: kind, source, Government Gazette reference, force (1.1 (2))."""

    kind = models.CharField(
        _("kind"), max_length=30, choices=LawKind.choices, help_text=_("The rank of the text")
    )
    source = models.CharField(
        _("source"),
        max_length=250,
        help_text=_("Whose text this is and where it was taken from (announcement 1.1(2))"),
    )
    source_url = models.URLField(
        _("address of the source"),
        blank=True,
        help_text=_("Where the original stands, for example in the Government Gazette"),
    )
    gazette_volume = models.CharField(
        _("Gazette volume (เล่ม)"), max_length=20, blank=True, help_text=_("Only the number")
    )
    gazette_part = models.CharField(
        _("Gazette part (ตอน)"),
        max_length=40,
        blank=True,
        help_text=_("Number and section letter, for example 30 ก or special 100 ง"),
    )
    gazette_page = models.CharField(
        _("Gazette page (หน้า)"), max_length=20, blank=True, help_text=_("The first page")
    )
    gazette_on = models.DateField(
        _("Gazette date"), null=True, blank=True, help_text=_("The day it was printed there")
    )
    issued_on = models.DateField(
        _("issued on"), null=True, blank=True, help_text=_("The day it was signed or passed")
    )
    effective_on = models.DateField(
        _("in force from"), null=True, blank=True, help_text=_("The first day of its force")
    )
    repealed_on = models.DateField(
        _("repealed on"),
        null=True,
        blank=True,
        help_text=_("The first day without force; empty while no repeal is known"),
    )
    repealed_by = models.ForeignKey(
        "pages.LawPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("repealed by"),
        help_text=_("The law that took its place, where it stands on this site"),
    )
    body = StreamField(
        BodyBlock(required=False),
        blank=True,
        verbose_name=_("body"),
        help_text=_("What it is about, in plain words; attach the text itself as a file"),
    )

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "kind",
        "source",
        "source_url",
        "gazette_volume",
        "gazette_part",
        "gazette_page",
        "gazette_on",
        "issued_on",
        "effective_on",
        "repealed_on",
        "repealed_by",
        "body",
    ]
    content_panels: ClassVar = [
        FieldPanel("kind"),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("source_url")], heading=_("Source")),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("gazette_volume"),
                        FieldPanel("gazette_part"),
                        FieldPanel("gazette_page"),
                    ]
                ),
                FieldPanel("gazette_on"),
            ],
            heading=_("Government Gazette"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("issued_on"), FieldPanel("effective_on")]),
                FieldPanel("repealed_on"),
                PageChooserPanel("repealed_by", "pages.LawPage"),
            ],
            heading=_("Force"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("law")

    def clean(self) -> None:
        """Dates in the common era and in order; no law repeals itself."""
        super().clean()
        refuse_buddhist_years(self, ["gazette_on", "issued_on", "effective_on", "repealed_on"])
        begins = self.effective_on or self.issued_on
        if begins and self.repealed_on and self.repealed_on < begins:
            message = _("It cannot be repealed before it is in force. Check both dates.")
            raise ValidationError({"repealed_on": message})
        if self.repealed_by_id and self.repealed_by_id == self.pk:
            message = _("A law cannot repeal itself. Choose the law that took its place.")
            raise ValidationError({"repealed_by": message})

    def clean_for_signing(self) -> None:
        """A law that another one replaced says from which day on."""
        super().clean_for_signing()
        if self.repealed_by_id and not self.repealed_on:
            message = _("Say from which day on the other law has taken its place.")
            raise ValidationError({"repealed_on": message})
