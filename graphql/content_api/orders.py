"""The orders in which lists can be asked for: an enum, so that nothing else can be sorted by."""

from functools import cache
from typing import Any

import graphene
from django.db.models import Field, QuerySet

from cms.publication.models import Publication
from content_api.cursors import Order, columns_of
from content_api.filters import plain
from content_api.kinds import ranked

# Each ends with a unique column; `Publication.Meta.indexes` has an index for each of these.
_ORDERS: dict[str, Order] = {
    "newest": ("-id",),
    "oldest": ("id",),
    "posted": ("-posted_on", "-id"),
    "title": ("title_key", "id"),
    "menu": ("sort_order", "title_key", "id"),
    "fiscal-year": ("-fiscal_year", "sort_order", "id"),
    "begins": ("begins_on", "id"),
    "ends": ("finishes_on", "id"),
    "kind": ("kind_rank", "sort_order", "title_key", "id"),
}
_MEANINGS = {
    "newest": "What was signed last first.",
    "oldest": "What was signed first first.",
    "posted": "The latest date of posting first.",
    "title": "By title, as in a Thai dictionary.",
    "menu": "The office's own order, then by title.",
    "fiscal-year": "The latest fiscal year first.",
    "begins": "What begins first first: events, hearings, laws, projects.",
    "ends": "What ends first first.",
    "kind": "By kind, in the order in which the kinds are declared, then as `MENU`.",
}


def _order_enum(name: str, keys: list[str], description: str) -> Any:
    values = [(key.upper().replace("-", "_"), key) for key in keys]

    def meaning(value: Any) -> str:
        return _MEANINGS[value.value] if value is not None else description

    return graphene.Enum(name, values, description=meaning)


PageOrder = _order_enum(
    "PageOrder",
    list(_ORDERS),
    "The orders in which pages can be listed. Pages that lack what they go by are left out.",
)
RecordOrder = _order_enum(
    "RecordOrder",
    ["menu", "title", "newest", "oldest", "kind"],
    "The orders in which records can be listed.",
)


def ordered(rows: QuerySet, order: Any) -> QuerySet:
    """Publications with what an order goes by."""
    return ranked(rows) if plain(order) == "kind" else rows


@cache
def columns_by(key: str) -> tuple[Order, tuple[Field, ...]]:
    """The columns of an order by its key, and their fields."""
    order = _ORDERS[key]
    return order, columns_of(ordered(Publication.objects.all(), key), order)
