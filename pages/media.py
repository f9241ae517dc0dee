"""Images and documents of the office. Private here; a publication pins its own public copy."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class OfficeImage(AbstractImage):
    """An uploaded image. What it shows is told where it is used, in the language of the page."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class OfficeRendition(AbstractRendition):
    """A scaled copy of an image, for the admin's own screens."""

    image = models.ForeignKey(OfficeImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class OfficeDocument(AbstractDocument):
    """An uploaded file: the announcement asks for PDF, DOC, TXT, TIFF or JPEG (1.4 (1))."""

    title_en = models.CharField(
        _("title in English"),
        max_length=255,
        blank=True,
        help_text=_("For the English pages that offer this file; empty: the Thai title"),
    )

    admin_form_fields = ("title", "title_en", *Document.admin_form_fields[1:])

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def title_in(self, language: str) -> str:
        """What a page in a language calls this file."""
        return (language == "en" and self.title_en) or self.title


class DepartmentCollection(models.Model):
    """Which collection belongs to which division; the division is the Thai record of it."""

    department = models.OneToOneField("pages.Department", on_delete=models.CASCADE)
    collection = models.OneToOneField("wagtailcore.Collection", on_delete=models.CASCADE)

    def __str__(self) -> str:
        return self.collection.name
