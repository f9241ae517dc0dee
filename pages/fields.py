"""A model field for several choices at once, kept as a JSON list of their keys."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _


class MultipleChoiceField(models.JSONField):
    """Any number of `options`, in the order in which they are declared.

    The value is a list of keys. Keys that are not declared are refused with a message.
    """

    def __init__(
        self, *args: Any, options: type[models.TextChoices] | None = None, **kwargs: Any
    ) -> None:
        # Not Django's `choices`, which would compare the whole list with each key; and not told
        # to migrations: a new label needs none.
        self.options = options
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def clean(self, value: Any, model_instance: Any) -> list[str]:
        """The chosen keys in declared order. Raises `ValidationError` for one that is unknown."""
        keys = self.options.values if self.options else []
        chosen = list(value or [])
        if unknown := [key for key in chosen if key not in keys]:
            raise ValidationError(_("%(key)s is not a choice.") % {"key": unknown[0]})
        if not chosen and not self.blank:
            raise ValidationError(_("Choose at least one."))
        return [key for key in keys if key in chosen]

    def formfield(self, **kwargs: Any) -> Any:
        """Check boxes."""
        return forms.MultipleChoiceField(
            choices=self.options.choices if self.options else [],
            required=not self.blank,
            label=kwargs.pop("label", None) or capfirst(self.verbose_name),
            help_text=kwargs.pop("help_text", None) or self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )
