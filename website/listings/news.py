"""The list of news: what the query string asks for, the filters, and the way to the next page."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from website.client import query
from website.languages import locale_of

PAGE_SIZE = 12
KINDS = {
    "GENERAL": _("General news"),
    "ANNOUNCEMENT": _("Announcement"),
    "PROCUREMENT": _("Procurement notice"),
    "ACTIVITY": _("Activity"),
}


def news_list(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """One page of news with its filters, for `listings/news.html`.

    Understands `?kind=PROCUREMENT&urgent=1&after=<cursor>`; kinds that do not exist are ignored.
    Raises `QueryRefused` for a cursor that is not the API's.
    """
    kinds = kinds_in(parameters)
    urgent = parameters.get("urgent") == "1"
    conditions = {"kind": kinds or None, "isUrgent": True if urgent else None}
    variables = {
        "locale": locale_of(language),
        "first": PAGE_SIZE,
        "after": parameters.get("after") or None,
        "filter": {name: value for name, value in conditions.items() if value},
    }
    news = query("news", variables)["news"]
    info = news["pageInfo"]
    return {
        "items": news["nodes"],
        "count": news["totalCount"],
        "filters": _filters(kinds, urgent),
        "is_filtered": bool(kinds or urgent),
        "feed_query": _query(kinds, urgent=False),
        "is_first": not variables["after"],
        "first_query": _query(kinds, urgent),
        "next_query": _query(kinds, urgent, info["endCursor"]) if info["hasNextPage"] else "",
    }


def kinds_in(parameters: QueryDict) -> list[str]:
    """The kinds that a query string asks for; those that do not exist are ignored."""
    return [kind for kind in KINDS if kind in parameters.getlist("kind")]


def _filters(kinds: list[str], urgent: bool) -> list[dict[str, Any]]:
    """A link for each filter: all kinds, one kind, urgent only (on and off)."""
    every = {"label": _("All kinds"), "query": _query([], urgent), "is_on": not kinds}
    one_kind = [
        {"label": label, "query": _query([kind], urgent), "is_on": kind in kinds}
        for kind, label in KINDS.items()
    ]
    only_urgent = {"label": _("Urgent only"), "query": _query(kinds, not urgent), "is_on": urgent}
    return [every, *one_kind, {**only_urgent, "is_urgent": True}]


def _query(kinds: list[str], urgent: bool, after: str = "") -> str:
    """A query string; empty for the plain list."""
    pairs = [("kind", kind) for kind in kinds]
    pairs += [("urgent", "1")] if urgent else []
    pairs += [("after", after)] if after else []
    return f"?{urlencode(pairs)}" if pairs else ""
