"""Lists of one type of page, by kind in the order of rank: filters, groups and paging."""

import re
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from website.client import query
from website.languages import locale_of

_KEY = re.compile(r"[A-Z_]{1,40}")


def pages_by_kind(
    name: str, language: str, page: dict[str, Any], parameters: QueryDict, **narrowed: Any
) -> dict[str, Any]:
    """One page of the operation `name`, below a section, in groups of one kind.

    Understands `?kind=ACT&after=<cursor>`; kinds that do not exist are ignored. `narrowed` are
    further conditions by the names that the operation gives them; they keep their value in
    every link under the same name in the query string. Raises `QueryRefused` for a cursor that
    is not the API's.
    """
    kinds = [key for key in parameters.getlist("kind") if _KEY.fullmatch(key)]
    variables = {
        "locale": locale_of(language),
        "under": page["path"],
        "after": parameters.get("after") or None,
        **narrowed,
    }
    data = query(name, {**variables, "kind": kinds or None})
    known = [item["kind"] for item in data["kindCounts"]]
    if unknown := set(kinds) - set(known):
        kinds = [key for key in kinds if key not in unknown]
        data = query(name, {**variables, "kind": kinds or None})
    return {
        "groups": _groups(data["pages"]["nodes"]),
        "count": data["pages"]["totalCount"],
        "kinds": kinds,
        "kind_counts": data["kindCounts"],
        "is_first": not variables["after"],
        "page_info": data["pages"]["pageInfo"],
    }


def kind_filters(found: dict[str, Any], **kept: str) -> list[dict[str, Any]]:
    """A link for all kinds and for each that has pages. `kept` stands in every link."""
    every = {
        "label": _("All kinds"),
        "query": query_string([], **kept),
        "is_on": not found["kinds"],
    }
    one_kind = [
        {
            "label": item["label"],
            "count": item["count"],
            "query": query_string([item["kind"]], **kept),
            "is_on": item["kind"] in found["kinds"],
        }
        for item in found["kind_counts"]
        if item["count"] or item["kind"] in found["kinds"]
    ]
    return [every, *one_kind]


def paging(found: dict[str, Any], **kept: str) -> dict[str, str]:
    """The query strings of the first and the next page of a list, empty where there is none."""
    info, kinds = found["page_info"], found["kinds"]
    after = info["endCursor"] if info["hasNextPage"] else ""
    return {
        "first_query": query_string(kinds, **kept),
        "next_query": query_string(kinds, after=after, **kept) if after else "",
    }


def query_string(kinds: list[str], **others: str) -> str:
    """With its question mark; empty for the plain list."""
    pairs = [("kind", kind) for kind in kinds]
    pairs += [(name, value) for name, value in others.items() if value]
    return f"?{urlencode(pairs)}" if pairs else ""


def _groups(nodes: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Neighbours of one kind, under its name."""
    return [
        (label, list(group)) for label, group in groupby(nodes, key=lambda item: item["kindLabel"])
    ]
