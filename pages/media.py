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

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
