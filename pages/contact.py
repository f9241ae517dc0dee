"""Chapter 1.1 (1) of the announcement: every way to reach the office (Contact Us)."""

import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from cms.thai.telephones import dialled
from pages.base import ContentPage
from pages.blocks import RICH_TEXT_FEATURES

# Degrees, generously.
THAILAND = {"latitude": (5, 21), "longitude": (97, 106)}
CONTACT_KINDS = [
    ("telephone", _("Telephone")),
    ("fax", _("Fax")),
    ("email", _("E-mail")),
    ("line", "LINE"),
    ("facebook", "Facebook"),
    ("website", _("Web site")),
    ("emergency", _("Emergency telephone")),
    ("other", _("Other")),
]
DAYS = [
    ("monday", _("Monday")),
    ("tuesday", _("Tuesday")),
    ("wednesday", _("Wednesday")),
    ("thursday", _("Thursday")),
    ("friday", _("Friday")),
    ("saturday", _("Saturday")),
    ("sunday", _("Sunday")),
]


class ContactChannelBlock(blocks.StructBlock):
    """One way to reach the office, which a reader can dial or open."""

    kind = blocks.ChoiceBlock(label=_("kind"), choices=CONTACT_KINDS)
    name = blocks.CharBlock(
        label=_("name"),
        required=False,
        max_length=120,
        help_text=_("For example: switchboard, or the page's name"),
    )
    address = blocks.CharBlock(
        label=_("number or address"),
        max_length=250,
        help_text=_("As one dials or opens it: number, e-mail address or web address"),
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuses an address that does not open what its kind says, with a message at the field."""
        cleaned = super().clean(value)
        problem = _problem_with(cleaned["kind"], cleaned["address"].strip())
        if problem:
            raise blocks.StructBlockValidationError(
                block_errors={"address": ValidationError(problem)}
            )
        return cleaned

    class Meta:
        icon = "mail"
        label = _("Contact")


def _problem_with(kind: str, address: str) -> Any:
    is_web = re.match(r"https?://[^\s/]", address, re.IGNORECASE)
    if kind in ("telephone", "emergency", "fax") and not dialled(address):
        return gettext("Give a number that can be dialled, for example 0 3900 0000.")
    if kind == "email" and not re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", address):
        return gettext("Give an e-mail address, for example office@example.go.th.")
    if kind in ("facebook", "website") and not is_web:
        return gettext("Give the whole web address, beginning with https://.")
    if kind == "line" and not (is_web or re.fullmatch(r"@[\w.-]+", address, re.ASCII)):
        return gettext("Give a LINE ID that begins with @, or a web address.")
    return ""


class ContactChannelsBlock(blocks.StreamBlock):
    """Ways to reach the office."""

    contact_channel = ContactChannelBlock()


class OpeningHoursBlock(blocks.StreamBlock):
    """When the office is open."""

    opening_hours = blocks.StructBlock(
        [
            ("days", blocks.MultipleChoiceBlock(label=_("days"), choices=DAYS)),
            ("opens", blocks.TimeBlock(label=_("opens"))),
            ("closes", blocks.TimeBlock(label=_("closes"))),
            ("note", blocks.CharBlock(label=_("note"), required=False, max_length=250)),
        ],
        icon="time",
        label=_("Opening hours"),
    )


class ContactPage(ContentPage):
    """Every way to reach the office (1.1 (1) Contact Us; OIT item O3 of later years)."""

    postal_address = models.TextField(
        pgettext_lazy("of a place", "address"),
        help_text=_("Number, Moo, tambon, amphoe, province, post code"),
    )
    channels = StreamField(
        ContactChannelsBlock(),
        verbose_name=_("contacts"),
        help_text=_("Telephone, fax, e-mail and at least one social network (OIT)"),
    )
    opening_hours = StreamField(
        OpeningHoursBlock(),
        verbose_name=_("opening hours"),
        help_text=_("One entry for the days that share the same hours"),
    )
    map_image = models.ForeignKey(
        "pages.OfficeImage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("map"),
        help_text=_("A picture of a map that the office may use; nothing is loaded from elsewhere"),
    )
    map_image_alt = models.CharField(
        _("what the map shows"),
        max_length=250,
        blank=True,
        help_text=_("The way to the office in words, for those who cannot see the map"),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("In degrees north, for example 13.756331"),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("In degrees east, for example 100.501765"),
    )
    map_url = models.URLField(
        _("address of a map service"),
        blank=True,
        help_text=_("A link that opens a map in a new page, for directions"),
    )
    directions = RichTextField(
        _("how to get there"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("By car and by public transport"),
    )

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "postal_address",
        "channels",
        "opening_hours",
        "map_image",
        "map_image_alt",
        "latitude",
        "longitude",
        "map_url",
        "directions",
    ]
    content_panels: ClassVar = [
        FieldPanel("postal_address"),
        FieldPanel("channels"),
        FieldPanel("opening_hours"),
        MultiFieldPanel(
            [
                FieldPanel("map_image"),
                FieldPanel("map_image_alt"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("map_url"),
                FieldPanel("directions"),
            ],
            heading=_("Map"),
        ),
    ]

    class Meta:
        verbose_name = _("contact")

    def clean(self) -> None:
        """A place has both degrees, and lies within Thailand."""
        super().clean()
        errors = {}
        for name, (low, high) in THAILAND.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                errors[name] = _("This is not in Thailand: are latitude and longitude swapped?")
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            errors[missing] = _("Give both, or neither.")
        if errors:
            raise ValidationError(errors)
