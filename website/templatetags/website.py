"""Template filters of the public site."""

from pathlib import PurePosixPath
from typing import Any

from django import template

from website.news import KINDS

register = template.Library()


@register.filter
def kind_label(kind: str) -> str:
    """A kind of news in the reader's language."""
    return str(KINDS.get(kind, ""))


@register.filter
def file_type(file: dict[str, Any]) -> str:
    """What kind of file a reader is about to open, e.g. `"PDF"`."""
    suffix = PurePosixPath(file["filename"]).suffix.removeprefix(".")
    return (suffix or file["contentType"].rpartition("/")[2]).upper()
