"""The form that a citizen fills in, built from a definition."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from cms.engagement.definition import Definition
from cms.engagement.fields import ThaiDateField, form_field
from cms.engagement.file_field import FilesField, Sent

CONSENT_FIELD = "consent"
ANONYMOUS_FIELD = "anonymous"
_CONTACT_KINDS = ("email_field", "telephone_field")


class CitizenForm(forms.Form):
    """The fields of a definition, by their ids, and the boxes for consent and anonymity."""

    def __init__(self, definition: Definition, data: Any, files: Any) -> None:
        self.definition = definition
        super().__init__(many_valued(data), many_valued(files))
        for field in definition.fields:
            self.fields[field.id] = form_field(field, definition.subject)
        if definition.needs_consent:
            message = _("Without your consent the office may not keep what you write.")
            self.fields[CONSENT_FIELD] = forms.BooleanField(error_messages={"required": message})
        if definition.allows_anonymous:
            self.fields[ANONYMOUS_FIELD] = forms.BooleanField(required=False)
            if self.data.get(ANONYMOUS_FIELD):
                self._forget_contacts()

    def _forget_contacts(self) -> None:
        """Nobody who stays anonymous is asked how to be reached, whatever they typed there."""
        for field in self.definition.fields:
            if field.kind in _CONTACT_KINDS:
                del self.fields[field.id]

    @property
    def is_anonymous(self) -> bool:
        """Whether the sender chose to stay unknown."""
        return bool(self.cleaned_data.get(ANONYMOUS_FIELD))

    def answers(self) -> list[dict[str, Any]]:
        """What was answered, as JSON: `{id, label, kind, value}` in the form's order."""
        return [
            {
                "id": field.id,
                "label": field.label,
                "kind": field.kind,
                "value": _json_value(self.cleaned_data.get(field.id)),
            }
            for field in self.definition.fields
            if field.id in self.fields
        ]

    def contact(self, kind: str) -> str:
        """The first answer of a kind (`email_field`, `telephone_field`), or an empty text."""
        found = [answer["value"] for answer in self.answers() if answer["kind"] == kind]
        return next((value for value in found if value), "")

    def sent_files(self) -> dict[str, Sent]:
        """The right files of each file field, also of a form that is refused."""
        return {
            name: field.sent for name, field in self.fields.items() if isinstance(field, FilesField)
        }

    def understood_dates(self) -> dict[str, Any]:
        """How each date that was typed was understood, by field."""
        return {
            name: self.cleaned_data[name]
            for name, field in self.fields.items()
            if isinstance(field, ThaiDateField) and self.cleaned_data.get(name)
        }


def many_valued(values: Any) -> MultiValueDict:
    """Form data as Django's forms read it, from a request's or from a plain dictionary."""
    if isinstance(values, QueryDict | MultiValueDict):
        return values
    lists = {k: list(v) if isinstance(v, list | tuple) else [v] for k, v in (values or {}).items()}
    return MultiValueDict(lists)


def _json_value(value: Any) -> Any:
    if isinstance(value, Sent):
        return value.filenames
    if isinstance(value, Decimal):
        return format(value, "f")
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return "" if value is None else value
