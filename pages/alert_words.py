"""The words of an alert: each text in Thai and in English, with blanks in a template."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.alert_codes import AlertCategory, Certainty, ResponseType, Severity, Urgency

# Each text in Thai, and the field that says the same in English.
TEXT_PAIRS = {
    "title": "headline_en",
    "event": "event_en",
    "description": "description_en",
    "instruction": "instruction_en",
    "area": "area_en",
}
TEXTS = [name for pair in TEXT_PAIRS.items() for name in pair]
_BLANK = re.compile(r"\{([^{}\n]{1,40})\}")
_THAI = re.compile(r"[\u0e01-\u0e2e]")
_LATIN = re.compile(r"[A-Za-z]")


def blanks_in(text: str) -> list[str]:
    """The names of the blanks of a text, each once: "น้ำท่วมที่ {สถานที่}" gives "สถานที่"."""
    return list(dict.fromkeys(_BLANK.findall(text)))


def filled(text: str, values: dict[str, str]) -> str:
    """A text with its blanks filled in; a blank without a value stays as it is."""
    return _BLANK.sub(lambda found: values.get(found[1]) or found[0], text)


class AlertWords(models.Model):
    """What templates and alerts share: every word in both languages, and CAP's judgements."""

    headline_en = models.CharField(
        _("headline in English"), max_length=250, help_text=_("The same headline in English")
    )
    event = models.CharField(
        _("kind of event"), max_length=100, help_text=_("What it is, in a word or two: flash flood")
    )
    event_en = models.CharField(
        _("kind of event in English"), max_length=100, help_text=_("The same in English")
    )
    description = models.TextField(
        _("what is happening"), help_text=_("What is known: where, since when, how bad")
    )
    description_en = models.TextField(
        _("what is happening, in English"), help_text=_("The same in English")
    )
    instruction = models.TextField(
        _("what to do"), help_text=_("What people in the area should do now, in short sentences")
    )
    instruction_en = models.TextField(
        _("what to do, in English"), help_text=_("The same in English")
    )
    area = models.CharField(
        _("area"), max_length=500, help_text=_("The villages or roads that it is about")
    )
    area_en = models.CharField(
        _("area in English"), max_length=500, help_text=_("The same in English")
    )
    category = models.CharField(
        _("category"),
        max_length=20,
        choices=AlertCategory.choices,
        help_text=_("Other systems sort alerts by it"),
    )
    severity = models.CharField(
        _("severity"),
        max_length=20,
        choices=Severity.choices,
        help_text=_("How great the danger to life and property is; the site shows it by colour"),
    )
    urgency = models.CharField(
        _("urgency"),
        max_length=20,
        choices=Urgency.choices,
        help_text=_("How soon people must act"),
    )
    certainty = models.CharField(
        _("certainty"),
        max_length=20,
        choices=Certainty.choices,
        help_text=_("How sure the office is"),
    )
    response_type = models.CharField(
        _("kind of action"),
        max_length=20,
        choices=ResponseType.choices,
        help_text=_("What people should do, in one word"),
    )
    contact = models.CharField(
        _("contact"),
        max_length=200,
        blank=True,
        help_text=_("A telephone number that is answered now, the same for both languages"),
    )
    web = models.URLField(
        _("further information"),
        max_length=500,
        blank=True,
        help_text=_("The address of another site that tells more, such as a weather service"),
    )

    class Meta:
        abstract = True


def check_languages(words: AlertWords) -> None:
    """Thai where Thai belongs, and English without Thai: a pasted text is no translation."""
    errors = {}
    for thai, english in TEXT_PAIRS.items():
        thai_text = _BLANK.sub("", getattr(words, thai))
        english_text = _BLANK.sub("", getattr(words, english))
        if not _THAI.search(thai_text) and thai_text.strip():
            errors[thai] = _("Write this in Thai.")
        if _THAI.search(english_text) or (english_text.strip() and not _LATIN.search(english_text)):
            errors[english] = _("Write this in English, without Thai letters.")
    if errors:
        raise ValidationError(errors)
