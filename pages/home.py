"""The front page and the sections that give the site its structure."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from pages.base import ContentPage
from pages.blocks import BodyBlock


class HomePage(ContentPage):
    """The front page of one language."""

    body = StreamField(
        BodyBlock(required=False),
        blank=True,
        verbose_name=_("body"),
        help_text=_("What the front page says besides banners, news and sections"),
    )

    public_fields: ClassVar = [*ContentPage.public_fields, "body"]
    content_panels: ClassVar = [FieldPanel("body")]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["pages.SectionPage"]

    class Meta:
        verbose_name = _("home page")


class Listing(models.TextChoices):
    """What a section lists below its own text. All but the first are lists of one kind."""

    PAGES = "pages", _("The pages below it")
    NEWS = "news", _("News, with filters")
    SERVICES = "services", _("Manuals, e-Services, forms and desks, with what matters of each")
    EVENTS = "events", _("Events, as a calendar")
    LAWS = "laws", _("Laws by kind")
    KNOWLEDGE = "knowledge", _("Knowledge by kind")
    QUESTIONS = "questions", _("Frequently asked questions, with a search")
    ANSWERS = "answers", _("Questions from the public with answers")
    WEB_LINKS = "web-links", _("Web links by kind")
    SITE_MAP = "site-map", _("Map of the whole site")
    OFFICIAL_INFORMATION = "official-information", _("Index of official information")
    DATASETS = "datasets", _("Open datasets")
    DOWNLOADS = "downloads", _("Files to download, by type and year")
    BY_YEAR = "by-year", _("Plans, budgets and reports by fiscal year")


class SectionPage(ContentPage):
    """A part of the site: one for each chapter and item of the announcement, nested at will."""

    listing = models.CharField(
        _("lists"),
        max_length=30,
        choices=Listing.choices,
        default=Listing.PAGES,
        help_text=_("What stands below the text of this section; it is kept up to date by itself"),
    )
    body = StreamField(
        BodyBlock(required=False),
        blank=True,
        verbose_name=_("body"),
        help_text=_("An introduction to this part of the site"),
    )

    public_fields: ClassVar = [*ContentPage.public_fields, "listing", "body"]
    content_panels: ClassVar = [FieldPanel("listing"), FieldPanel("body")]
    parent_page_types: ClassVar = ["pages.HomePage", "pages.SectionPage"]
    subpage_types: ClassVar = None  # every type that names sections among its parents
    show_in_menus_default = True

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
