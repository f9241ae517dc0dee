"""Questions from the public with the office's answers, by topic."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from website.client import query
from website.languages import locale_of

PAGE_SIZE = 12


def answers_list(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """The latest answered first, for `listings/answers.html`.

    Understands `?topic=<name>&after=<cursor>`; a topic that nobody asked about finds nothing.
    Raises `QueryRefused` for a cursor that is not the API's.
    """
    topic = parameters.get("topic", "")[:120]
    variables = {
        "locale": locale_of(language),
        "first": PAGE_SIZE,
        "after": parameters.get("after") or None,
        "topic": [topic] if topic else None,
    }
    data = query("answers", variables)
    answers = data["pages"]
    info = answers["pageInfo"]
    return {
        "items": answers["nodes"],
        "count": answers["totalCount"],
        "filters": _filters(data["topics"], topic) if data["topics"] else [],
        "is_filtered": bool(topic),
        "is_first": not variables["after"],
        "first_query": _query(topic),
        "next_query": _query(topic, info["endCursor"]) if info["hasNextPage"] else "",
    }


def _filters(topics: list[dict[str, Any]], chosen: str) -> list[dict[str, Any]]:
    """A link for each topic, with the number of its answers."""
    every = {"label": _("All topics"), "query": "", "is_on": not chosen}
    return [
        every,
        *[
            {
                "label": topic["name"],
                "count": topic["count"],
                "query": _query(topic["name"]),
                "is_on": topic["name"] == chosen,
            }
            for topic in topics
        ],
    ]


def _query(topic: str, after: str = "") -> str:
    pairs = [("topic", topic)] if topic else []
    pairs += [("after", after)] if after else []
    return f"?{urlencode(pairs)}" if pairs else ""
