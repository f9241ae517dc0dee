"""Form fields for dates typed in the Buddhist era; they take the place of Wagtail's date picker.

The picker shows and writes the common era only: it turns 2569 into the year 2569 after Christ.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import from_current_timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.thai.typed_dates import read_date, read_datetime, write_date


class OfficeDateInput(forms.TextInput):
    """A plain text input; below it the day that was typed, in words, while it is being typed."""

    template_name = "thai/date_input.html"
    hint: Any = _("Day/month/year in the Buddhist era, e.g. 24/11/2569")
    hint_in_english: Any = _("Year-month-day, e.g. 2026-11-24, or day/month/Buddhist-era year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        target = {"data-office-date-target": "input", "data-action": "office-date#echo"}
        super().__init__({"autocomplete": "off", **target, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """A date in the manner of the user's language; what was typed wrongly stays as typed."""
        if isinstance(value, datetime.date):
            return write_date(value, get_language() or "th")
        return super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the hint, which the script replaces by the day in words."""
        context = super().get_context(name, value, attrs)
        is_thai = (get_language() or "th") == "th"
        context["widget"]["hint"] = self.hint if is_thai else self.hint_in_english
        return context

    class Media:
        js = ("thai/date-input.js",)


class OfficeDateTimeInput(OfficeDateInput):
    """The same with a time of day."""

    hint = _("Day/month/year in the Buddhist era and time, e.g. 24/11/2569 9:30")
    hint_in_english = _("Year-month-day and time, e.g. 2026-11-24 9:30")


class OfficeDateField(forms.DateField):
    """A date of the common era, typed as the office types dates. Never a year from 2400."""

    widget = OfficeDateInput

    def to_python(self, value: Any) -> datetime.date | None:
        """Raises `ValidationError` with what is wrong and how to write it."""
        if isinstance(value, str) and value.strip():
            return _or_invalid(read_date, value)
        return super().to_python(value)


class OfficeDateTimeField(forms.DateTimeField):
    """A moment in the office's time zone, typed as the office types dates."""

    widget = OfficeDateTimeInput

    def to_python(self, value: Any) -> datetime.datetime | None:
        """Raises `ValidationError` with what is wrong and how to write it."""
        if isinstance(value, str) and value.strip():
            return from_current_timezone(_or_invalid(read_datetime, value))
        return super().to_python(value)


def _or_invalid(read: Callable[[str], Any], text: str) -> Any:
    try:
        return read(text)
    except ValueError as error:
        raise ValidationError(str(error), code="invalid") from error


def replace_date_pickers() -> None:
    """Gives these fields to every form and every StreamField of the admin; called once."""
    from wagtail import blocks
    from wagtail.admin.forms.models import register_form_field_override

    for db_field, block, form_field in (
        (models.DateField, blocks.DateBlock, OfficeDateField),
        (models.DateTimeField, blocks.DateTimeBlock, OfficeDateTimeField),
    ):
        register_form_field_override(db_field, override={"form_class": form_field})
        _set_field(block, form_field)


def _set_field(block: type, form_field: type[forms.Field]) -> None:
    # Not a subclass: whoever uses Wagtail's block would get its picker again.
    field = cached_property(lambda self: form_field(**self.field_options))
    field.__set_name__(block, "field")
    block.field = field  # type: ignore[attr-defined]
