"""Chapter 1.2 (2) of the announcement: open data with the 14 mandatory metadata."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks, hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField

from pages import code_lists
from pages.base import ContentPage
from pages.fields import MultipleChoiceField


class DictionaryEntryBlock(blocks.StructBlock):
    """What one column of a resource means."""

    name = blocks.CharBlock(label=_("column"), max_length=120)
    data_type = blocks.ChoiceBlock(
        label=_("type"),
        choices=[
            ("text", _("Text")),
            ("number", _("Number")),
            ("date", _("Date")),
            ("yes-no", _("Yes or no")),
            ("geometry", _("Geometry")),
        ],
        default="text",
    )
    description = blocks.CharBlock(label=_("meaning"), max_length=500)


class ResourceBlock(blocks.StructBlock):
    """One file of a dataset. What it holds is checked by the app that converts it."""

    kind = ""

    title = blocks.CharBlock(label=_("title"), max_length=250)
    description = blocks.TextBlock(label=_("description"), required=False, rows=2)
    file = DocumentChooserBlock(label=_("file"))
    dictionary = blocks.ListBlock(
        DictionaryEntryBlock(),
        default=[],
        label=_("data dictionary"),
        help_text=_("One entry for each column, in its order"),
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuses, at the field, a file that is not what it claims, or a dangerous one."""
        cleaned = super().clean(value)
        try:
            for check in hooks.get_hooks("check_resource_file"):
                check(cleaned["file"], self.kind)
        except ValidationError as error:
            raise blocks.StructBlockValidationError(block_errors={"file": error}) from error
        return cleaned


class TableResourceBlock(ResourceBlock):
    """A table: CSV, XLSX or ODS. Readers get it as CSV, JSON, XML and ODS."""

    kind = "table"

    class Meta:
        icon = "table"
        label = _("Table")


class MapResourceBlock(ResourceBlock):
    """A geographic file: GeoJSON, KML, KMZ, zipped Shapefile or GeoPackage.

    Readers get it as KML, KMZ, SHP and GeoJSON.
    """

    kind = "map"

    class Meta:
        icon = "site"
        label = _("Map")


class ResourcesBlock(blocks.StreamBlock):
    """The files of a dataset."""

    table_resource = TableResourceBlock()
    map_resource = MapResourceBlock()


def choice_field(label: Any, choices: type[models.TextChoices], help_text: Any) -> models.CharField:
    """A field for one key of a code list."""
    return models.CharField(label, max_length=30, choices=choices.choices, help_text=help_text)


def other_field() -> models.CharField:
    """The words that stand in for "other" in a code list."""
    return models.CharField(
        _("in words"), max_length=250, blank=True, help_text=_("Only where “Other” is chosen")
    )


class DatasetPage(ContentPage):
    """An open dataset (1.2 (2)). The summary is metadata 7, the title 2, the division 3."""

    data_type = choice_field(
        _("type of data"), code_lists.DataType, _("Mandatory metadata 1 of 14")
    )
    data_type_other = other_field()
    maintainer = models.CharField(
        _("name of the contact"), max_length=250, help_text=_("A position or division; metadata 4")
    )
    maintainer_email = models.EmailField(
        _("e-mail of the contact"), help_text=_("An address of the office; metadata 5")
    )
    keywords = models.CharField(
        _("keywords"), max_length=500, help_text=_("Separated by commas; metadata 6")
    )
    objectives = MultipleChoiceField(
        _("objectives"),
        options=code_lists.DataObjective,
        blank=False,
        help_text=_("Why the data is collected; metadata 8"),
    )
    objectives_other = other_field()
    update_frequency = choice_field(
        _("unit of the update frequency"), code_lists.UpdateFrequency, _("Metadata 9")
    )
    update_frequency_other = other_field()
    update_interval = models.PositiveIntegerField(
        _("every"),
        null=True,
        blank=True,
        help_text=_("How many of these units lie between two updates, for example 1"),
    )
    geographic_coverage = choice_field(
        _("geographic coverage"), code_lists.GeographicCoverage, _("Metadata 10")
    )
    geographic_coverage_other = other_field()
    data_source = models.CharField(
        _("source"), max_length=250, help_text=_("Where the data comes from; metadata 11")
    )
    data_formats = MultipleChoiceField(
        _("formats"),
        options=code_lists.DataFormat,
        blank=False,
        help_text=_("How the office keeps the data; metadata 12"),
    )
    data_formats_other = other_field()
    data_category = models.CharField(
        _("category of data governance"),
        max_length=30,
        choices=code_lists.DataCategory.choices,
        default=code_lists.DataCategory.PUBLIC,
        help_text=_("Only public data can be open data; metadata 13"),
    )
    license = models.CharField(
        _("licence"),
        max_length=30,
        choices=code_lists.DataLicense.choices,
        default=code_lists.DataLicense.ODC,
        help_text=_("What others may do with it; metadata 14"),
    )
    license_other = other_field()
    data_created_on = models.DateField(
        _("data first made on"), null=True, blank=True, help_text=_("The day of the first version")
    )
    data_updated_on = models.DateField(
        _("data last updated on"), null=True, blank=True, help_text=_("The day of this version")
    )
    resources = StreamField(
        ResourcesBlock(),
        verbose_name=_("resources"),
        help_text=_("Upload one file each; the other formats are made from it after publication"),
    )

    public_fields: ClassVar = [
        *ContentPage.public_fields,
        "data_type",
        "data_type_other",
        "maintainer",
        "maintainer_email",
        "keywords",
        "objectives",
        "objectives_other",
        "update_frequency",
        "update_frequency_other",
        "update_interval",
        "geographic_coverage",
        "geographic_coverage_other",
        "data_source",
        "data_formats",
        "data_formats_other",
        "data_category",
        "license",
        "license_other",
        "data_created_on",
        "data_updated_on",
        "resources",
    ]
    content_panels: ClassVar = [
        FieldPanel("resources"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("data_type"), FieldPanel("data_type_other")]),
                FieldRowPanel([FieldPanel("maintainer"), FieldPanel("maintainer_email")]),
                FieldPanel("keywords"),
                FieldPanel("objectives"),
                FieldPanel("objectives_other"),
                FieldRowPanel(
                    [
                        FieldPanel("update_interval"),
                        FieldPanel("update_frequency"),
                        FieldPanel("update_frequency_other"),
                    ]
                ),
                FieldRowPanel(
                    [FieldPanel("geographic_coverage"), FieldPanel("geographic_coverage_other")]
                ),
                FieldPanel("data_source"),
                FieldPanel("data_formats"),
                FieldPanel("data_formats_other"),
                FieldPanel("data_category"),
                FieldRowPanel([FieldPanel("license"), FieldPanel("license_other")]),
                FieldRowPanel([FieldPanel("data_created_on"), FieldPanel("data_updated_on")]),
            ],
            heading=_("The 14 mandatory metadata"),
        ),
    ]

    class Meta:
        verbose_name = _("open dataset")

    def clean_for_signing(self) -> None:
        """Metadata 3 and 7 are filled in, only public data is opened, "other" says what."""
        super().clean_for_signing()
        errors: dict[str, Any] = {}
        if not self.summary:
            errors["summary"] = _("Describe the dataset: this is metadata 7 of 14.")
        if self.department is None:
            errors["department"] = _("Name the division that owns the data: metadata 3 of 14.")
        if self.data_category != code_lists.DataCategory.PUBLIC:
            errors["data_category"] = _("Only public data may be published as open data.")
        for name in (
            "data_type",
            "objectives",
            "update_frequency",
            "geographic_coverage",
            "data_formats",
            "license",
        ):
            chosen = getattr(self, name)
            is_other = "other" in chosen if isinstance(chosen, list) else chosen == "other"
            if is_other and not getattr(self, f"{name}_other"):
                errors[f"{name}_other"] = _("Say in words what “Other” means.")
        if errors:
            raise ValidationError(errors)
