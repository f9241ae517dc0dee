"""Forms of assessments: the list of a year, one item with its components, a file to be read."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import inlineformset_factory
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from cms.oversight.assessment_lists import address_text, addresses_of
from cms.oversight.frameworks import Assessment, AssessmentItem, Component, Framework
from cms.oversight.sheets import codes
from cms.thai.date_fields import OfficeDateField
from cms.thai.spreadsheets import MAX_BYTES

_MORE = 3  # empty lines for further components


class FrameworkForm(WagtailAdminModelForm):
    """A framework; its key is in the addresses of what was submitted, so it stays then."""

    class Meta:
        model = Framework
        fields = ("key", "title_th", "title_en")

    def clean_key(self) -> str:
        """Within a transaction: until it ends, nobody submits a list of the framework."""
        key: str = self.cleaned_data["key"]
        if self.instance.pk and key != self.instance.key:
            lists = Assessment.objects.select_for_update().filter(framework_id=self.instance.pk)
            if any(one.submitted_at for one in lists.order_by("pk")):
                raise ValidationError(
                    _("Answers were submitted for this framework: its key stays “%(key)s”.")
                    % {"key": self.instance.key}
                )
        return key


class AssessmentForm(WagtailAdminModelForm):
    """Which framework, which year, when answers are entered, where the list is from."""

    opens_on = OfficeDateField(required=False, label=capfirst(gettext_lazy("entry opens")))
    closes_on = OfficeDateField(required=False, label=capfirst(gettext_lazy("entry closes")))

    class Meta:
        model = Assessment
        fields = ("framework", "fiscal_year", "opens_on", "closes_on", "source")
        widgets = {"source": forms.Textarea(attrs={"rows": 3})}

    def clean_fiscal_year(self) -> int:
        """In the Buddhist era: 2026 is a year of the other one."""
        year: int = self.cleaned_data["fiscal_year"]
        if not 2400 <= year <= 3000:
            raise ValidationError(_("Type the year of the Buddhist era, e.g. 2569."))
        return year

    def clean(self) -> dict[str, Any]:
        """What was submitted stays of its framework and year: its address is made of them.

        Within a transaction: until it ends, nobody submits.
        """
        cleaned = super().clean() or {}
        if self.instance.pk is None:
            return cleaned
        now = Assessment.locked(self.instance.pk)
        self.instance.submitted_at = now.submitted_at  # not written back as it was before
        for name in ("framework", "fiscal_year"):
            if now.submitted_at and name in cleaned and cleaned[name] != getattr(now, name):
                message = _("The answers were submitted: this stays “%(value)s”.")
                self.add_error(name, message % {"value": getattr(now, name)})
        return cleaned


class ItemForm(forms.ModelForm):
    """The words of one item."""

    class Meta:
        model = AssessmentItem
        fields = ("code", "title_th", "title_en", "group", "note", "sort_order")
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def clean(self) -> dict[str, Any]:
        """No code twice in one list."""
        cleaned = super().clean() or {}
        others = AssessmentItem.objects.filter(
            assessment=self.instance.assessment, code=cleaned.get("code")
        )
        if others.exclude(pk=self.instance.pk).exists():
            self.add_error("code", _("This list has an item with this code already."))
        return cleaned


class ComponentForm(forms.ModelForm):
    """One line of the checklist; pages are named by their addresses."""

    pages = forms.CharField(
        required=False,
        label=capfirst(gettext_lazy("pages that show it")),
        help_text=gettext_lazy("Their addresses with blanks between them, e.g. /th/contact/"),
    )

    class Meta:
        model = Component
        fields = ("title_th", "title_en", "disclosure_codes", "year_offset", "sort_order")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            named = self.instance.addresses.all()
            self.fields["pages"].initial = " ".join(map(address_text, named))

    def clean_disclosure_codes(self) -> str:
        """In Arabic digits, with one blank between them."""
        return codes(self.cleaned_data["disclosure_codes"])

    def clean_pages(self) -> list[Any]:
        """The addresses. Raises `ValidationError` for one at which nothing stands."""
        found, unknown = addresses_of(self.cleaned_data["pages"])
        if unknown:
            raise ValidationError(_("No page stands at %(address)s.") % {"address": unknown[0]})
        return found

    def save(self, commit: bool = True) -> Component:
        """With its pages."""
        component: Component = super().save(commit)
        component.addresses.set(self.cleaned_data["pages"])
        return component


ComponentFormSet = inlineformset_factory(
    AssessmentItem, Component, form=ComponentForm, extra=_MORE, can_delete=True
)


class SheetForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("CSV or XLSX, with the headings of the export"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> bytes:
        """Its content."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(_("The file is too large."))
        return file.read()
