"""The period and the language of a certificate."""

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.evidence.certificate import certified, period_of_days
from cms.publication.models import Address, Publication
from cms.thai.date_fields import OfficeDateField


class CertificateForm(forms.Form):
    """Raises its errors where nothing can be certified; `cleaned_data["found"]` is what can."""

    first_day = OfficeDateField(label=_("First day"))
    last_day = OfficeDateField(label=_("Last day"))
    language = forms.ChoiceField(label=_("Language of the certificate"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, address: Address, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address
        self.fields["first_day"].initial = _first_public_day(address)
        self.fields["last_day"].initial = timezone.localdate()
        self.fields["language"].initial = address.locale

    def clean(self) -> dict[str, Any]:
        """With what can be certified for these days. `RecordBroken` is the view's to tell."""
        cleaned = super().clean() or {}
        if not self.errors:
            period = period_of_days(cleaned["first_day"], cleaned["last_day"])
            cleaned["found"] = certified(self.address, period)
        return cleaned


def _first_public_day(address: Address) -> datetime.date:
    first = (
        address.publications.filter(kind=Publication.Kind.PUBLICATION).order_by("sequence").first()
    )
    return timezone.localdate(first.effective_from) if first else timezone.localdate()
