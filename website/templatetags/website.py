"""Template filters of the public site."""

from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from django import template
from django.utils.translation import gettext as _

from website.listings.news import KINDS

register = template.Library()
_FULL_NAMES = {"JPG": "JPEG", "TIF": "TIFF"}


@register.filter
def kind_label(kind: str) -> str:
    """A kind of news in the reader's language."""
    return str(KINDS.get(kind, ""))


@register.filter
def file_type(file: dict[str, Any]) -> str:
    """What kind of file a reader is about to open, as the announcement names it, e.g. `"TIFF"`."""
    suffix = PurePosixPath(file["filename"]).suffix.removeprefix(".")
    name = (suffix or file["contentType"].rpartition("/")[2]).upper()
    return _FULL_NAMES.get(name, name)


@register.filter
def money(amount: Decimal | str | None) -> str:
    """With thousands separators, decimals only where there are any: `"1234.50"`, `"1,234.50"`."""
    if amount in (None, ""):
        return ""
    number = Decimal(str(amount))
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number:,.2f}"


@register.filter
def baht(amount: Decimal | str | None) -> str:
    """An amount of money with its unit."""
    return _("%(amount)s baht") % {"amount": money(amount)} if amount not in (None, "") else ""
