"""Emergency alerts in Thai and English at once, and the templates that they are made from.

An alert takes the quick path (announcement 4.1): two people sign, and it is reviewed afterwards.
What it holds is what the Common Alerting Protocol 1.2 asks for.
"""

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from pages.alert_areas import clean_circle, clean_polygon
from pages.alert_codes import MessageType
from pages.alert_words import TEXTS, AlertWords, blanks_in, check_languages, filled
from pages.snippets import SignableSnippet

MAX_HOURS = 7 * 24  # what must stand longer is no emergency: it takes the ordinary path


class AlertTemplate(AlertWords):
    """A text prepared in quiet times: in an emergency only its blanks are filled in."""

    name = models.CharField(
        _("name of the template"), max_length=100, help_text=_("By which it is chosen: flood")
    )
    title = models.CharField(
        _("headline"),
        max_length=250,
        help_text=_(
            "With blanks in braces: flood at {place}. A blank of the same name is asked for once;"
            " give it another name in English where the words differ"
        ),
    )
    valid_hours = models.PositiveIntegerField(
        _("hours in force"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_HOURS)],
        help_text=_("After how many hours an alert ends by itself, unless it is changed"),
    )
    sort_order = models.PositiveIntegerField(
        _("order"), default=0, help_text=_("Smaller numbers come first")
    )

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("sort_order")]),
        *[FieldPanel(name) for name in TEXTS],
        FieldRowPanel([FieldPanel("category"), FieldPanel("severity")]),
        FieldRowPanel([FieldPanel("urgency"), FieldPanel("certainty")]),
        FieldRowPanel([FieldPanel("response_type"), FieldPanel("valid_hours")]),
        FieldRowPanel([FieldPanel("contact"), FieldPanel("web")]),
    ]

    class Meta:
        verbose_name = _("alert template")
        verbose_name_plural = _("alert templates")
        ordering: ClassVar = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Both languages are written, whatever the blanks are called."""
        super().clean()
        check_languages(self)

    @property
    def blanks(self) -> list[str]:
        """Every blank of its texts, in reading order, each once."""
        found = [name for field in TEXTS for name in blanks_in(getattr(self, field))]
        return list(dict.fromkeys(found))

    def alert(self, values: dict[str, str]) -> "Alert":
        """An alert with the blanks filled in, not saved; it ends after the template's hours."""
        words = {name: filled(getattr(self, name), values) for name in TEXTS}
        names = ("category", "severity", "urgency", "certainty", "response_type", "contact", "web")
        judgements = {name: getattr(self, name) for name in names}
        ends = timezone.now() + datetime.timedelta(hours=self.valid_hours)
        return Alert(**words, **judgements, expire_at=ends, live=False)


class Alert(SignableSnippet, AlertWords):
    """An emergency alert in both languages, for the whole site and for other systems."""

    message_type = models.CharField(
        _("kind of message"),
        max_length=20,
        choices=MessageType.choices,
        default=MessageType.ALERT,
        help_text=_("An update or an end takes the place of what this alert said before"),
    )
    is_exercise = models.BooleanField(
        _("exercise"),
        default=False,
        help_text=_("Only an exercise or an example: every reader and every system is told so"),
    )
    area_polygon = models.TextField(
        _("outline of the area"),
        blank=True,
        help_text=_(
            "Points as latitude,longitude (WGS 84) with spaces between them, the last as the"
            " first; may stay empty"
        ),
    )
    area_circle = models.CharField(
        _("circle around a place"),
        max_length=60,
        blank=True,
        help_text=_("Latitude,longitude, a space, and the radius in kilometres; may stay empty"),
    )
    onset = models.DateTimeField(
        _("expected to begin"),
        null=True,
        blank=True,
        help_text=_("When the event itself is expected; empty where it has begun"),
    )

    public_fields: ClassVar = [
        *[name for name in TEXTS if name != "title"],
        "category",
        "severity",
        "urgency",
        "certainty",
        "response_type",
        "message_type",
        "is_exercise",
        "area_polygon",
        "area_circle",
        "onset",
        "contact",
        "web",
    ]
    # Read from the type alone by the snapshot: no form, draft or script can set it on another.
    takes_quick_path: ClassVar = True
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("message_type"), FieldPanel("is_exercise")]),
        FieldPanel("title", heading=_("headline"), help_text=_("In one line: what and where")),
        *[FieldPanel(name) for name in TEXTS if name != "title"],
        MultiFieldPanel(
            [FieldPanel("area_polygon"), FieldPanel("area_circle")], heading=_("Area on the map")
        ),
        FieldRowPanel([FieldPanel("category"), FieldPanel("severity")]),
        FieldRowPanel([FieldPanel("urgency"), FieldPanel("certainty")]),
        FieldRowPanel([FieldPanel("response_type"), FieldPanel("contact")]),
        FieldPanel("web"),
        FieldRowPanel(
            [
                FieldPanel("onset"),
                FieldPanel("expire_at", help_text=_("When the alert ends by itself")),
            ]
        ),
    ]
    has_both_languages = True

    class Meta(SignableSnippet.Meta):
        verbose_name = _("emergency alert")
        verbose_name_plural = _("emergency alerts")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """One record for both languages, and areas as other systems read them."""
        super().clean()
        if self.locale_id and self.locale.language_code != "th":
            raise ValidationError(_("An alert holds both languages: there is no other version."))
        errors = {}
        for name, clean in (("area_polygon", clean_polygon), ("area_circle", clean_circle)):
            try:
                setattr(self, name, clean(getattr(self, name)))
            except ValidationError as error:
                errors[name] = error
        if errors:
            raise ValidationError(errors)

    def clean_for_signing(self) -> None:
        """Never half: both languages whole, no blank left, and an end within a week."""
        super().clean_for_signing()
        check_languages(self)
        errors: dict[str, Any] = {}
        for name in TEXTS:
            if blanks := blanks_in(getattr(self, name)):
                message = _("Fill in “%(blank)s”.") % {"blank": blanks[0]}
                errors[name] = message
        if self.go_live_at:
            errors["go_live_at"] = _("An alert begins as soon as both have signed.")
        latest = timezone.now() + datetime.timedelta(hours=MAX_HOURS)
        if self.expire_at is None:
            errors["expire_at"] = _("Say when the alert ends by itself.")
        elif self.expire_at > latest:
            errors["expire_at"] = _(
                "An alert ends after seven days at the latest. What must stand longer is"
                " published as news."
            )
        if errors:
            raise ValidationError(errors)

    def copy_for_translation(self, *args: Any, **kwargs: Any) -> Any:
        """Never: raises `ValidationError`, as both languages stand in one record."""
        raise ValidationError(_("An alert holds both languages: there is no other version."))
