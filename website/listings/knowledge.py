"""The knowledge base by kind (announcement 1.1 (4))."""

from typing import Any

from django.http import QueryDict

from website.listings.kinds import kind_filters, pages_by_kind, paging


def knowledge(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """Fifty works, articles and statistics below a section, for `listings/knowledge.html`.

    Understands `?kind=ARTICLE&after=<cursor>`. Raises `QueryRefused` for a cursor that is not
    the API's.
    """
    found = pages_by_kind("knowledge", language, page, parameters)
    return {
        **found,
        "filters": kind_filters(found),
        "is_filtered": bool(found["kinds"]),
        **paging(found),
    }
