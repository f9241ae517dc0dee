"""Template filters for laws, official information and links to other sites."""

from typing import Any

from django import template

from website import gazette
from website.listings.official_information import section_query

register = template.Library()


@register.filter
def gazette_reference(law: dict[str, Any]) -> str:
    """Where a law stands in the Government Gazette; empty where that is not known."""
    return gazette.reference(law)


@register.filter
def act_parts(page: dict[str, Any]) -> list[dict[str, str]]:
    """The parts of the Official Information Act that a page fulfils, each with its index query."""
    pairs = zip(page["officialInformation"], page["officialInformationLabels"], strict=True)
    return [{"query": section_query(section), "label": label} for section, label in pairs]
