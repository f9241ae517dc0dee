"""The services of a section: manuals, e-Services, forms and desks, with what matters of each."""

from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date

from website.client import query
from website.languages import locale_of


def services_below(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """Up to a hundred services directly below a section, in the office's order.

    `next_query` leads to the next hundred. Raises `QueryRefused` for a cursor that is not the
    API's.
    """
    variables = {
        "path": page["path"],
        "locale": locale_of(language),
        "after": parameters.get("after") or None,
    }
    services = query("services", variables)["pages"]
    info = services["pageInfo"]
    return {
        "items": [{**item, "period": _period(item)} for item in services["nodes"]],
        "next_query": f"?after={info['endCursor']}" if info["hasNextPage"] else "",
    }


def _period(item: dict[str, Any]) -> str:
    """Where a form is in its time: `waiting`, `over`, `running` until a day, or empty: always."""
    today = timezone.localdate()
    opens, closes = (parse_date(item.get(name) or "") for name in ("acceptsFrom", "acceptsUntil"))
    if opens and today < opens:
        return "waiting"
    if closes and today > closes:
        return "over"
    return "running" if closes else ""
