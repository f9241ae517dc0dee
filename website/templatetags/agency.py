"""Template filters for shares, fiscal years and ways to reach the office."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.thai.dates import BUDDHIST_ERA_OFFSET
from cms.thai.telephones import dialled
from website import budget, contact
from website.charts import Chart

register = template.Library()


@register.filter
def percent_of(part: Decimal | str | None, whole: Decimal | str | None) -> int | None:
    """How many per cent `part` is of `whole`, rounded; None where that says nothing."""
    if part in (None, "") or not whole or not Decimal(str(whole)):
        return None
    return round(Decimal(str(part)) * 100 / Decimal(str(whole)))


@register.filter
def fiscal_year(first: int, last: int | None = None) -> str:
    """A fiscal year of the Buddhist era, or several: "Fiscal year 2027 (B.E. 2570)"."""
    if last and last != first:
        return _("Fiscal years %(years)s") % {"years": _years(first, last)}
    return _("Fiscal year %(year)s") % {"year": _years(first, first)}


@register.filter
def short_year(year: int) -> str:
    """A fiscal year without the words: "2570" in Thai, "2027 (B.E. 2570)" in English."""
    return str(year) if get_language() == "th" else _years(year, year)


def _years(first: int, last: int) -> str:
    """In Thai the years of the Buddhist era; in other languages those of the common era before."""
    era = _("B.E. %(year)s") % {"year": _range(first, last)}
    if get_language() == "th":
        return era
    return f"{_range(first - BUDDHIST_ERA_OFFSET, last - BUDDHIST_ERA_OFFSET)} ({era})"


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


@register.filter
def name_parts(name: str) -> SafeString:
    """Title, first name and surname, each of which the style sheet keeps on one line."""
    return format_html_join(" ", '<span class="name-part">{}</span>', ((w,) for w in name.split()))


@register.simple_tag
def budget_lines(page: dict[str, Any]) -> list[budget.Line]:
    """The lines of a budget with the share of each."""
    return budget.lines_of(page)


@register.simple_tag
def budget_chart(page: dict[str, Any]) -> Chart | None:
    """A budget as bars."""
    return budget.chart_of_budget(page)


@register.filter
def channel_link(channel: dict[str, Any]) -> str:
    """What opens a way to reach the office, e.g. `tel:`; empty where nothing does."""
    return contact.link_of(channel["kind"], channel["address"])


@register.filter
def telephone_link(number: str) -> str:
    """The `tel:` address of a telephone number as people write it."""
    return dialled(number)


@register.filter
def day_ranges(hours: dict[str, Any]) -> str:
    """The days of one entry of the opening hours: "Monday–Friday, Sunday"."""
    return contact.day_ranges(hours["days"], hours["daysLabels"])
