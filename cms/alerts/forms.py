"""The forms of alerts: the blanks of a template, the whole text, and the review."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.alerts.reviews import Outcome, review_token, words_of
from cms.publication.models import Publication
from cms.signoff.forms import SignerForm
from cms.thai.date_fields import OfficeDateTimeField
from pages.alert_codes import MessageType, ResponseType, Severity, Urgency
from pages.alert_words import TEXTS
from pages.alerts import MAX_HOURS
from pages.models import Alert, AlertTemplate

_AREAS = ("area_polygon", "area_circle")
_JUDGEMENTS = ("severity", "urgency", "certainty", "response_type", "category")


class BlanksForm(forms.Form):
    """What an emergency asks for: the blanks, how grave it is, and for how long."""

    severity = forms.ChoiceField(label=_("Severity"), choices=Severity.choices)
    hours = forms.IntegerField(
        label=_("Hours in force"),
        min_value=1,
        max_value=MAX_HOURS,
        help_text=_("It ends by itself after these hours, unless it is changed or ended before."),
    )
    is_exercise = forms.BooleanField(
        label=_("This is only an exercise"),
        required=False,
        help_text=_("The site and other systems say so."),
    )

    def __init__(self, *args: Any, template: AlertTemplate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"blank_{place}": name for place, name in enumerate(template.blanks)}
        for field, name in self.names.items():
            self.fields[field] = forms.CharField(label=name, max_length=200)
        self.fields["severity"].initial = template.severity
        self.fields["hours"].initial = template.valid_hours
        self.order_fields([*self.names, "severity", "hours", "is_exercise"])

    @property
    def values(self) -> dict[str, str]:
        """What was typed, by the name of the blank."""
        return {name: self.cleaned_data[field] for field, name in self.names.items()}

    @property
    def changes(self) -> dict[str, Any]:
        """The other fields of the alert."""
        ends = timezone.now() + datetime.timedelta(hours=self.cleaned_data["hours"])
        return {
            "severity": self.cleaned_data["severity"],
            "is_exercise": self.cleaned_data["is_exercise"],
            "expire_at": ends,
        }

    def add_model_errors(self, error: ValidationError) -> None:
        """What the alert lacks as a whole, with the name of the field."""
        for name, found in getattr(error, "error_dict", {NON_FIELD_ERRORS: [error]}).items():
            field: Any = None if name == NON_FIELD_ERRORS else Alert._meta.get_field(name)
            label = field.verbose_name if field else ""
            for message in ValidationError(found).messages:
                self.add_error(None, f"{label}: {message}" if label else message)


class AlertForm(forms.ModelForm):
    """The whole alert: to correct a draft, to update what is in force, to end it."""

    expire_at = OfficeDateTimeField(label=_("In force until"))
    web = forms.URLField(label=_("Further information"), required=False, assume_scheme="https")

    class Meta:
        model = Alert
        fields: ClassVar = [*TEXTS, *_JUDGEMENTS, "contact", "web", *_AREAS, "expire_at"]
        widgets: ClassVar = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("description", "description_en", "instruction", "instruction_en")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label, self.fields["title"].help_text = _("Headline"), ""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            self.instance.clean_for_signing()
        except ValidationError as error:
            self.add_error(None, error)


def beginning_of(alert: Alert, message_type: str) -> Alert:
    """The alert as an update or its end begins: with what is known already filled in."""
    alert.message_type = message_type
    now = timezone.now()
    if message_type == MessageType.CANCEL:
        alert.response_type, alert.urgency = ResponseType.ALL_CLEAR, Urgency.PAST
        alert.description = "สถานการณ์สิ้นสุดแล้ว"
        alert.description_en = "The danger is over."
        alert.instruction = "ไม่ต้องปฏิบัติตามคำแนะนำเดิมอีก"
        alert.instruction_en = "The earlier instructions no longer apply."
        alert.onset = None
        alert.expire_at = now + datetime.timedelta(hours=6)
    elif alert.expire_at is None or alert.expire_at < now:
        alert.expire_at = now + datetime.timedelta(hours=12)
    return alert


class ReviewForm(SignerForm):
    """What the review found, and the reviewer's signature."""

    outcome = forms.ChoiceField(
        label=_("Finding"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    findings = forms.CharField(
        label=_("What was found"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whether it was right, in time and needed, and what to do better next time."),
        error_messages={"required": _("Write what you found.")},
    )
    field_order = ("outcome", "findings", "full_name", "position", "password")

    def __init__(self, *args: Any, publication: Publication, **kwargs: Any) -> None:
        super().__init__(*args, language_code=publication.locale, **kwargs)
        self.publication = publication

    def token(self) -> str:
        """What was typed, for this message only."""
        typed = self.cleaned_data
        words = words_of(
            typed["full_name"], typed["position"], Outcome(typed["outcome"]), typed["findings"]
        )
        return review_token(self.publication, self.signer, words)
