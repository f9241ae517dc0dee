"""The statements of a checklist as a form: one row for each, and two for new ones."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.signoff.checklists import Checklist, Statement

ROWS_FOR_NEW = 2
_PREFIX = "statement_"


class StatementForm(forms.Form):
    """One sentence, in Thai and English, with its explanation."""

    key = forms.SlugField(required=False, widget=forms.HiddenInput)
    th = forms.CharField(
        label=gettext_lazy("Statement in Thai"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "th"}),
        error_messages={"required": gettext_lazy("Write the statement in Thai.")},
    )
    en = forms.CharField(
        label=gettext_lazy("Statement in English"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "en"}),
        help_text=gettext_lazy("Left empty: the Thai is shown"),
    )
    help_th = forms.CharField(
        label=gettext_lazy("Explanation in Thai"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "th"}),
    )
    help_en = forms.CharField(
        label=gettext_lazy("Explanation in English"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "en"}),
    )


class BaseStatements(forms.BaseFormSet):
    """All statements of a version, in the order of their numbers."""

    def clean(self) -> None:
        """At least one must be left."""
        if not any(self.errors) and not self.statements():
            raise ValidationError(_("At least one statement must be left to confirm."))

    def statements(self) -> list[Statement]:
        """What was typed, without what was deleted; new ones get a key of their own."""
        rows = [form.cleaned_data for form in self.ordered_forms if form.cleaned_data.get("th")]
        taken = {row["key"] for row in rows}
        found = []
        for row in rows:
            key = row["key"] or _new_key(taken)
            taken.add(key)
            texts = {name: " ".join(row[name].split()) for name in ("th", "en")}
            found.append(Statement(key, **texts, help_th=row["help_th"], help_en=row["help_en"]))
        return found


StatementFormSet: Any = forms.formset_factory(
    StatementForm,
    formset=BaseStatements,
    extra=ROWS_FOR_NEW,
    can_delete=True,
    can_order=True,
)


def statement_forms(checklist: Checklist, data: Any = None) -> Any:
    """The form of the next version, filled in with the statements of `checklist`."""
    initial = None if data else checklist.statements
    return StatementFormSet(data, initial=initial, prefix="statements")


def _new_key(taken: set[str]) -> str:
    number = 1
    while f"{_PREFIX}{number}" in taken:
        number += 1
    return f"{_PREFIX}{number}"
