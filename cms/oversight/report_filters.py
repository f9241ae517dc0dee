"""What the oversight report can be narrowed to, and the day of which it tells."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cms.oversight.behind import TRANSLATION
from cms.oversight.coverage import Coverage, Standing, State
from cms.thai.date_fields import OfficeDateField

FLAGS: dict[str, tuple[Any, Callable[[Standing], bool]]] = {
    "outdated": (gettext_lazy("English outdated"), lambda one: bool(one.outdated)),
    "broken": (gettext_lazy("with broken links"), lambda one: bool(one.broken_links)),
    "language": (gettext_lazy("a language is missing"), lambda one: bool(one.missing_languages)),
    "english": (
        gettext_lazy("English is missing"),
        lambda one: TRANSLATION in one.missing_languages,
    ),
    "unfulfilled": (gettext_lazy("not in order"), lambda one: not one.is_fulfilled),
}
NO_DIVISION = "none"


class DayForm(forms.Form):
    """The day of which the report tells."""

    as_of = OfficeDateField(
        label=gettext_lazy("as of"),
        required=False,
        help_text=gettext_lazy("Empty: today"),
    )

    def clean_as_of(self) -> Any:
        """A day that has begun."""
        day = self.cleaned_data["as_of"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day


class FilterForm(forms.Form):
    """Chapter, division, state, fiscal year and flag; the choices are those of the day."""

    chapter = forms.ChoiceField(label=gettext_lazy("chapter"), required=False)
    division = forms.ChoiceField(label=gettext_lazy("division"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("state"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("fiscal year"), required=False)
    flag = forms.ChoiceField(label=gettext_lazy("flag"), required=False)

    def __init__(self, data: Any, found: Coverage, names: dict[UUID, str]) -> None:
        super().__init__(data)
        language = get_language() or "th"
        chapters = {one.obligation.chapter: None for one in found.standings}
        divisions = {one.obligation.division for one in found.standings}
        years = {one.duty.fiscal_year for one in found.standings if one.duty.fiscal_year}
        self._offer(
            "chapter", [(str(top.subject), f"{top.code} {top.title(language)}") for top in chapters]
        )
        offered = [(str(key), name) for key, name in names.items() if key in divisions]
        if None in divisions:
            offered.append((NO_DIVISION, _("no division")))
        self._offer("division", offered)
        self._offer("state", State.choices)
        self._offer("year", [(str(year), str(year)) for year in sorted(years, reverse=True)])
        self._offer("flag", [(key, label) for key, (label, _test) in FLAGS.items()])
        self.full_clean()

    def _offer(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = [("", _("all")), *choices]

    def keeps(self, one: Standing) -> bool:
        """Whether a duty passes every filter; one that was filled in wrongly keeps everything."""
        wanted = self.cleaned_data
        division = one.obligation.division
        return (
            wanted.get("chapter") in (None, "", str(one.obligation.chapter.subject))
            and wanted.get("division") in (None, "", str(division or NO_DIVISION))
            and wanted.get("state") in (None, "", one.state.value)
            and wanted.get("year") in (None, "", str(one.duty.fiscal_year))
            and (not wanted.get("flag") or FLAGS[wanted["flag"]][1](one))
        )

    @property
    def condition(self) -> Q:
        """The same for recorded days, as far as these tell apart."""
        wanted, found = self.cleaned_data, Q()
        if wanted.get("chapter"):
            found &= Q(chapter=wanted["chapter"])
        if wanted.get("division"):
            key = wanted["division"]
            found &= Q(division=None if key == NO_DIVISION else key)
        if wanted.get("year"):
            found &= Q(fiscal_year=wanted["year"])
        return found
