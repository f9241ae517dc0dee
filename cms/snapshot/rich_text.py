"""Wagtail's stored rich text to the safe HTML of a snapshot, with links as ids."""

import unicodedata
from typing import TYPE_CHECKING

import nh3
from bs4 import BeautifulSoup, NavigableString, Tag
from wagtail.documents import get_document_model
from wagtail.models import Page

if TYPE_CHECKING:
    from cms.snapshot.fields import References

ALLOWED_TAGS = {"p", "h3", "h4", "b", "i", "ol", "ul", "li", "a", "br"}
ALLOWED_ATTRIBUTES = {"a": {"href", "data-subject", "data-file"}}
ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}


def normalised_html(source: str, references: "References") -> str:
    """The HTML of a rich text value, sanitised and independent of database ids.

    Links to pages become `data-subject="<subject id>"`, links to documents
    `data-file="<sha256>"` (both join `references`); readers expand both. A link whose target is
    gone keeps its words and loses the link.
    """
    soup = BeautifulSoup(source, "html.parser")
    for tag, new_name in (("strong", "b"), ("em", "i")):
        for element in soup.find_all(tag):
            element.name = new_name
    for link in soup.find_all("a"):
        _replace_link(link, references)
    # Text by text: normalised as a whole, a mark after a tag would join the tag's ">".
    for text in soup.find_all(string=lambda found: type(found) is NavigableString):
        text.replace_with(unicodedata.normalize("NFC", text))
    return nh3.clean(
        str(soup),
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel=None,
    )


def _replace_link(link: Tag, references: "References") -> None:
    attributes, link.attrs = dict(link.attrs), {}
    kind, target_id = attributes.get("linktype"), _number(attributes.get("id"))
    if kind == "page":
        page = Page.objects.filter(pk=target_id).only("translation_key").first()
        if page:
            link["data-subject"] = references.add_subject(page)
    elif kind == "document":
        document = get_document_model().objects.filter(pk=target_id).first()
        if document:
            link["data-file"] = references.add(document.file)
    elif attributes.get("href"):
        link["href"] = attributes["href"]
    if not link.attrs:
        link.unwrap()


def _number(value: object) -> int | None:
    """A database id, or None for anything else that may stand in an attribute."""
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
