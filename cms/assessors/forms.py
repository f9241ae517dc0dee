"""The form of one answer: yes or no, what to add, and the addresses in their order."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from cms.assessors.answers import Place, place_of
from cms.assessors.models import Answer, AnswerAddress
from cms.oversight.addresses import MAX_LENGTH
from cms.publication.models import Address

MORE = 3  # empty lines for further addresses


class AnswerForm(forms.ModelForm):
    """The answer itself."""

    class Meta:
        model = Answer
        fields = ("value", "explanation_th", "explanation_en")
        help_texts = {
            "value": gettext_lazy("Yes needs at least one address; no has none."),
        }
        widgets = {
            "value": forms.RadioSelect,
            "explanation_th": forms.Textarea(attrs={"rows": 3}),
            "explanation_en": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        value: Any = self.fields["value"]
        value.choices = [("", gettext_lazy("not decided yet")), *Answer.Value.choices]


class AddressForm(forms.Form):
    """One address: a page chosen, or any address typed or pasted."""

    page = forms.ModelChoiceField(
        Page.objects.all(),
        required=False,
        label=gettext_lazy("page of this site"),
        help_text=gettext_lazy("It must be public when you submit."),
        widget=AdminPageChooser,
    )
    typed = forms.CharField(
        required=False,
        max_length=MAX_LENGTH,
        label=gettext_lazy("or an address"),
        help_text=gettext_lazy("As copied from the browser: of this site, or of another one"),
    )

    def clean(self) -> dict[str, Any]:
        """Turns either into `place`; None where both are empty."""
        cleaned = super().clean() or {}
        page, typed = cleaned.get("page"), cleaned.get("typed")
        if page and typed:
            raise ValidationError(_("Choose a page, or type an address: not both."))
        try:
            cleaned["place"] = _address_of(page) if page else place_of(typed) if typed else None
        except ValidationError as error:
            self.add_error("page" if page else "typed", error)
        return cleaned


def _address_of(page: Page) -> Address:
    found = Address.objects.filter(
        subject=page.translation_key, locale=page.locale.language_code
    ).first()
    if found is None:
        raise ValidationError(_("This page was never public."))
    return found


class BaseAddressFormSet(BaseFormSet):
    """The addresses of an answer, in the order of their numbers."""

    def places(self) -> Iterator[Place]:
        """Those that stay, in order."""
        for form in self.ordered_forms:
            if place := form.cleaned_data.get("place"):
                yield place

    def add_fields(self, form: Any, index: int | None) -> None:
        """With help for the number."""
        super().add_fields(form, index)
        form.fields["ORDER"].help_text = _("Assessors open them in this order.")


AddressFormSet: Any = formset_factory(
    AddressForm, formset=BaseAddressFormSet, extra=MORE, can_order=True, can_delete=True
)


def initial_of(addresses: list[AnswerAddress]) -> list[dict[str, Any]]:
    """What the lines of an answer hold: whole pages that are there are chosen, the rest typed."""
    pages = {
        (page.translation_key, page.locale.language_code): page.pk
        for page in Page.objects.filter(
            translation_key__in=[one.address.subject for one in addresses if one.address]
        ).select_related("locale")
    }
    found = []
    for one in addresses:
        whole = None if one.suffix else one.address
        page = whole and pages.get((whole.subject, whole.locale))
        found.append({"page": page} if page else {"typed": str(one)})
    return found
