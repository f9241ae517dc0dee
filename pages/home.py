"""The front page and the sections that give the site its structure."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from pages.base import ContentPage
from pages.blocks import BodyBlock


class HomePage(ContentPage):
    """The front page of one language."""

    body = StreamField(BodyBlock(required=False), blank=True, verbose_name=_("body"))

    public_fields: ClassVar = [*ContentPage.public_fields, "body"]
    content_panels: ClassVar = [FieldPanel("body")]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["pages.SectionPage"]
    max_count_per_parent = 2  # one for each language
    is_creatable = True

    class Meta:
        verbose_name = _("home page")


class SectionPage(ContentPage):
    """A part of the site: one for each chapter and item of the announcement, nested at will."""

    body = StreamField(BodyBlock(required=False), blank=True, verbose_name=_("body"))

    public_fields: ClassVar = [*ContentPage.public_fields, "body"]
    content_panels: ClassVar = [FieldPanel("body")]
    parent_page_types: ClassVar = ["pages.HomePage", "pages.SectionPage"]
    subpage_types: ClassVar = ["pages.SectionPage", "pages.NewsPage"]
    show_in_menus_default = True
    is_creatable = True

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
