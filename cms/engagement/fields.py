"""The kinds of field that a form can have, as Django form fields that understand Thai input.

Django's own rather than those of `wagtail.contrib.forms`: nearly every kind reads its input
differently here, and that package brings models for submissions which nobody may have.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.engagement.citizen_dates import read_citizen_date
from cms.engagement.definition import FILE_KIND, FormField
from cms.engagement.file_field import FilesField
from cms.thai.digits import to_arabic_digits

LINE_LENGTH = 500  # characters
TEXT_LENGTH = 10_000  # characters
_NUMBER_DIGITS, _NUMBER_DECIMALS = 20, 6
_REQUIRED = _("Please fill this in.")
# Control characters, which no spreadsheet and no XML can hold, and those that turn text around.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_TELEPHONE = re.compile(r"\+?\d(?:[ \-().]*\d){5,14}(?:\s*(?:ต่อ|ext\.?|#)\s*\d{1,6})?", re.I)


def tidy(text: str) -> str:
    """NFC (never NFKC, which splits ำ), one kind of line end, no invisible characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


class TidyCharField(forms.CharField):
    """Text in NFC."""

    def to_python(self, value: Any) -> str:
        """The tidy text."""
        return str(super().to_python(tidy(str(value or ""))))


class TelephoneField(TidyCharField):
    """A telephone number, with Thai or Arabic digits, spaces, dashes and an extension."""

    def to_python(self, value: Any) -> str:
        """The number in Arabic digits."""
        return to_arabic_digits(super().to_python(value))

    def validate(self, value: str) -> None:
        """The whole text must be a number, not a part of it."""
        super().validate(value)
        if value and not _TELEPHONE.fullmatch(value):
            raise ValidationError(self.error_messages["invalid"])


class ThaiEmailField(forms.EmailField):
    """An e-mail address; spaces around it do not matter."""

    def to_python(self, value: Any) -> str:
        """The tidy address."""
        return str(super().to_python(tidy(str(value or ""))))


class ThaiNumberField(forms.DecimalField):
    """A number with Thai or Arabic digits, with or without commas between thousands."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The number."""
        return super().to_python(to_arabic_digits(str(value or "")).replace(",", "").strip())


class ThaiDateField(forms.Field):
    """A day in the Buddhist or the common era."""

    def to_python(self, value: Any) -> datetime.date | None:
        """The day; refuses what names none."""
        text = tidy(str(value or "")).strip()
        if not text:
            return None
        try:
            return read_citizen_date(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error


def form_field(definition: FormField, subject: str) -> forms.Field:
    """The Django field that reads and checks one field of the form of `subject`."""
    if definition.kind == FILE_KIND:
        field: forms.Field = FilesField(subject=subject, field_id=definition.id)
    else:
        field = _MAKERS[definition.kind](definition)
    field.label, field.help_text = definition.label, definition.help_text
    field.required = field.widget.is_required = definition.required
    field.error_messages["required"] = _REQUIRED
    return field


def _line(definition: FormField) -> forms.Field:
    return TidyCharField(max_length=LINE_LENGTH, error_messages=_too_long(LINE_LENGTH))


def _text(definition: FormField) -> forms.Field:
    return TidyCharField(
        max_length=TEXT_LENGTH, widget=forms.Textarea, error_messages=_too_long(TEXT_LENGTH)
    )


def _too_long(length: int) -> dict[str, Any]:
    message = _("Please use at most %(limit_value)d characters (there are %(show_value)d).")
    return {"max_length": message}


def _email(definition: FormField) -> forms.Field:
    invalid = _("Write an e-mail address, for example somchai@example.com.")
    return ThaiEmailField(max_length=254, error_messages={"invalid": invalid})


def _telephone(definition: FormField) -> forms.Field:
    invalid = _("Write a telephone number, for example 08 1234 5678.")
    return TelephoneField(max_length=60, error_messages={"invalid": invalid})


def _number(definition: FormField) -> forms.Field:
    invalid = _("Write a number, for example 1,250.")
    return ThaiNumberField(
        max_digits=_NUMBER_DIGITS,
        decimal_places=_NUMBER_DECIMALS,
        error_messages={"invalid": invalid},
    )


def _date(definition: FormField) -> forms.Field:
    return ThaiDateField()


def _checkbox(definition: FormField) -> forms.Field:
    return forms.BooleanField()


def _choice(definition: FormField) -> forms.Field:
    return forms.ChoiceField(
        choices=_pairs(definition), error_messages={"invalid_choice": _choose()}
    )


def _choices(definition: FormField) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=_pairs(definition),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _choose()},
    )


def _pairs(definition: FormField) -> list[tuple[str, str]]:
    return [(choice, choice) for choice in definition.choices]


def _choose() -> Any:
    return _("Please choose from the list.")


_MAKERS: dict[str, Callable[[FormField], forms.Field]] = {
    "single_line_field": _line,
    "multi_line_field": _text,
    "email_field": _email,
    "telephone_field": _telephone,
    "number_field": _number,
    "date_field": _date,
    "checkbox_field": _checkbox,
    "checkboxes_field": _choices,
    "dropdown_field": _choice,
    "radio_field": _choice,
}
