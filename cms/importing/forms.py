"""The form of an upload: the file, where it comes from, and what holds for all its rows."""

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.importing import limits
from cms.importing.models import ImportRun
from cms.importing.permissions import check_may_import, runs_of
from cms.importing.places import Places, path_of
from cms.importing.problems import Problem
from pages.models import Department, DisclosureItem, SectionPage

SUFFIXES = (".xlsx", ".ods", ".csv", ".tsv", ".txt", ".xml")


class SectionField(forms.ModelChoiceField):
    """Sections by title and path."""

    def label_from_instance(self, section: Any) -> str:
        """The title, indented as it lies in the tree, and the path that a row may give."""
        return f"{'– ' * max(0, section.depth - 3)}{section.title} ({path_of(section)})"


class UploadForm(forms.Form):
    """Members of a division choose among their own divisions and the sections open to them."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "XLSX, ODS or CSV as in the template; or the XML file that WordPress exports. At most"
            " 20 MB and 2,000 rows"
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )
    source = forms.CharField(
        label=gettext_lazy("Where it comes from"),
        max_length=100,
        help_text=gettext_lazy(
            "For example: old web site. Write the same words whenever you upload rows from there"
            " again: by them and its code a row is known again, and does not come twice"
        ),
    )
    section = SectionField(
        label=gettext_lazy("Section"),
        queryset=SectionPage.objects.none(),
        required=False,
        help_text=gettext_lazy("For the rows that name none"),
    )
    department = forms.ModelChoiceField(
        label=gettext_lazy("responsible division"),
        queryset=Department.objects.none(),
        required=False,
        help_text=gettext_lazy("For the rows that name none"),
    )
    disclosure_item = forms.ModelChoiceField(
        label=gettext_lazy("disclosure item"),
        queryset=DisclosureItem.objects.none(),
        required=False,
        help_text=gettext_lazy("For the rows that name none"),
    )

    def __init__(
        self, *args: Any, user: Any, again: ImportRun | None = None, **kwargs: Any
    ) -> None:
        initial: dict[str, Any] = {}
        if again:
            names = ("source", "section", "department", "disclosure_item")
            initial = {name: getattr(again, name) for name in names}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.user, self.places = user, Places(user)
        sections = [section.pk for section in self.places.open_sections()]
        own = [one.pk for one in self.places.departments if self.places.works_for(one.pk)]
        querysets = {
            "section": SectionPage.objects.filter(pk__in=sections).order_by("path"),
            "department": Department.objects.filter(pk__in=own),
            "disclosure_item": DisclosureItem.objects.filter(locale=self.places.locale),
        }
        for name, queryset in querysets.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        if not self.places.scope.everything:
            self.fields["department"].required = True
            if len(own) == 1:
                self.fields["department"].initial = own[0]
        used = runs_of(user).order_by("source").values_list("source", flat=True).distinct()
        self.used_sources = list(used[:20])
        self.fields["source"].widget.attrs["list"] = "used-sources"

    def clean_file(self) -> UploadedFile:
        """Refuses at once what cannot be imported; the check finds the rest."""
        file = self.cleaned_data["file"]
        if file.size > limits.FILE_BYTES:
            limit = {"limit": limits.FILE_BYTES // limits.MEBIBYTE}
            raise ValidationError(Problem("file_too_large", params=limit).words)
        suffix = PurePosixPath(file.name).suffix.lower()
        if suffix not in SUFFIXES:
            raise ValidationError(Problem("not_a_file_of_rows", params={"found": suffix}).words)
        return file

    def clean_source(self) -> str:
        """Without doubled spaces, which nobody would see."""
        return " ".join(self.cleaned_data["source"].split())

    def save(self) -> ImportRun:
        """Keeps the file and what was chosen. Raises `PermissionDenied`."""
        check_may_import(self.user)
        chosen = dict(self.cleaned_data)
        file = chosen.pop("file")
        department = chosen["department"]
        if not self.places.works_for(department.pk if department else None):
            raise PermissionDenied(_("Choose your own division."))
        wanted = ImportRun.storage_name_for(file.name)
        name = ImportRun.storage().save(wanted, file)
        return ImportRun.objects.create(
            user=self.user, filename=file.name[:255], storage_name=name, **chosen
        )
