"""Laws by kind, in the order of their rank (announcement 1.1 (2))."""

from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from website.listings.kinds import kind_filters, pages_by_kind, paging, query_string


def laws(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """Fifty laws below a section, for `listings/laws.html`.

    Understands `?kind=ACT&in_force=1&after=<cursor>`. Raises `QueryRefused` for a cursor that is
    not the API's.
    """
    only = "1" if parameters.get("in_force") == "1" else ""
    today = timezone.localdate().isoformat()
    found = pages_by_kind("laws", language, page, parameters, inForceOn=today if only else None)
    return {
        **found,
        "filters": kind_filters(found, in_force=only),
        "force_filters": [
            {
                "label": _("In force only"),
                "query": query_string(found["kinds"], in_force="" if only else "1"),
                "is_on": bool(only),
            }
        ],
        "is_filtered": bool(found["kinds"] or only),
        **paging(found, in_force=only),
    }
