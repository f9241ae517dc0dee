"""Django looks for models here; each lives in the module of its chapter."""

from pages.base import ContentPage
from pages.home import HomePage, SectionPage
from pages.media import OfficeDocument, OfficeImage, OfficeRendition
from pages.participation import NewsKind, NewsPage
from pages.snippets import Department, DisclosureItem, SignableSnippet

__all__ = [
    "ContentPage",
    "Department",
    "DisclosureItem",
    "HomePage",
    "NewsKind",
    "NewsPage",
    "OfficeDocument",
    "OfficeImage",
    "OfficeRendition",
    "SectionPage",
    "SignableSnippet",
]
