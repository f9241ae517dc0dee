"""Who holds office: the records of positions."""

from typing import Any

from django.http import QueryDict

from website.client import query
from website.languages import locale_of

_MAX_PARTS = 20  # of a hundred positions each: no tambon has more


def people_in_office(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """The positions of the group that a PeoplePage shows, in the office's order."""
    answer = with_positions("people", language, kind=[page["group"]])
    return {"people": answer["records"]["nodes"]}


def with_positions(name: str, language: str, **variables: Any) -> dict[str, Any]:
    """The first answer of an operation that lists positions, with those of all further parts."""
    answer: dict[str, Any] = {}
    after = None
    for _part in range(_MAX_PARTS):
        part = query(name, {"locale": locale_of(language), "after": after, **variables})
        if answer:
            answer["records"]["nodes"] += part["records"]["nodes"]
        else:
            answer = part
        info = part["records"]["pageInfo"]
        if not info["hasNextPage"]:
            break
        after = info["endCursor"]
    return answer
