"""The pages below a section."""

from typing import Any

from django.http import QueryDict

from website.client import query
from website.languages import locale_of


def pages_below(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """Up to a hundred cards, in the office's order; `next_query` leads to the next hundred."""
    variables = {
        "path": page["path"],
        "locale": locale_of(language),
        "after": parameters.get("after") or None,
    }
    pages = query("children", variables)["pages"]
    info = pages["pageInfo"]
    return {
        "items": pages["nodes"],
        "next_query": f"?after={info['endCursor']}" if info["hasNextPage"] else "",
    }
