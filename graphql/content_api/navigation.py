"""The menus: the sections that the office shows in them, nested."""

from collections import defaultdict
from typing import Any, NamedTuple
from uuid import UUID

import graphene
import orjson
from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from content_api.errors import Refused
from content_api.locales import in_languages, locale_arguments, place_of, wanted
from content_api.reader import Reader
from content_api.registry import enums
from content_api.scalars import Locale

MAX_DEPTH = 10
_COLUMNS = ("subject", "parent", "locale", "type", "title", "snapshot", "address__path")


class NavigationItem(graphene.ObjectType):
    """A section in the menus, with the sections below it."""

    id = graphene.ID(required=True, description="Of the page, as in `node(id:)`.")
    title = graphene.String(required=True, description="Of the page.")
    path = graphene.String(required=True, description="Below the origin.")
    type = graphene.String(required=True, description="Of the page, e.g. SectionPage.")
    listing = enums["SectionListing"](description="What the section lists; null for other pages.")
    requested_locale = Locale(required=True, description="The language that was asked for.")
    served_locale = Locale(required=True, description="The language of the page.")
    is_fallback = graphene.Boolean(required=True, description="Whether the two differ.")
    has_children = graphene.Boolean(
        required=True, description="Whether there are sections below, also where `depth` ends."
    )
    children = graphene.List(
        lambda: graphene.NonNull(NavigationItem), required=True, description="In the menus' order."
    )

    @staticmethod
    def resolve_id(entry: "Entry", info: Any) -> str:
        """Stable for ever."""
        return f"{UUID(str(entry.page.subject))}:{entry.page.locale}"

    @staticmethod
    def resolve_title(entry: "Entry", info: Any) -> str:
        """As on the page."""
        return entry.page.title

    @staticmethod
    def resolve_path(entry: "Entry", info: Any) -> str:
        """Where it stands now."""
        return f"/{entry.page.locale}{entry.page.path}"

    @staticmethod
    def resolve_type(entry: "Entry", info: Any) -> str:
        """As `__typename` on the page."""
        return entry.page.type

    @staticmethod
    def resolve_listing(entry: "Entry", info: Any) -> str | None:
        """Of a section."""
        return orjson.loads(entry.page.snapshot)["fields"].get("listing")

    @staticmethod
    def resolve_served_locale(entry: "Entry", info: Any) -> str:
        """Of the page."""
        return entry.page.locale

    @staticmethod
    def resolve_is_fallback(entry: "Entry", info: Any) -> bool:
        """Whether there is none in the language that was wanted."""
        return entry.page.locale != entry.requested_locale


class MenuPage(NamedTuple):
    """The columns of a publication that the menus show; ids as the database's driver has them."""

    subject: Any
    parent: Any
    locale: str
    type: str
    title: str
    snapshot: str
    path: str
    is_alert_in_force: bool  # of no page: asked on the way


class Entry(NamedTuple):
    """A page in the menus, and what is shown below it."""

    page: MenuPage
    requested_locale: str
    has_children: bool
    children: list["Entry"]


class NavigationQueries:
    """The root field about the menus."""

    navigation = graphene.List(
        graphene.NonNull(NavigationItem),
        required=True,
        depth=graphene.Int(
            required=True,
            default_value=MAX_DEPTH,
            description=f"How many levels: at most {MAX_DEPTH}.",
        ),
        under=graphene.String(description="Only what lies below this page, e.g. /th/services/."),
        description="The sections in the menus, nested.",
        **locale_arguments,
    )

    @staticmethod
    def resolve_navigation(
        root: Any,
        info: Any,
        locale: str,
        depth: int,
        under: str | None = None,
        fallback: list[str] | None = None,
    ) -> list[Entry]:
        """One query, whatever the depth, which also tells whether an alert is in force."""
        if not 1 <= depth <= MAX_DEPTH:
            raise Refused(
                _("%(name)s must be between 1 and %(limit)s."), name="depth", limit=MAX_DEPTH
            )
        languages, reader = wanted(locale, fallback), info.context.reader()
        top = place_of(under)[1] if under else "/"

        def in_menus(reader: Reader) -> QuerySet:
            shown = Q(in_menu=True, address__path__startswith=top) & ~Q(address__path=top)
            rows = reader.effective().filter(shown & in_languages(reader, languages))
            alerts = reader.effective().filter(type="Alert")
            rows = rows.order_by("sort_order", "title_key", "id")
            return rows.annotate(alerts=Exists(alerts)).values_list(*_COLUMNS, "alerts")

        found = reader.rows(("navigation", top, languages), in_menus)
        rows = [MenuPage._make(row) for row in found]
        if rows and not rows[0].is_alert_in_force:  # as nearly always
            info.context.alerts = []
        return _nested(rows, languages[0], depth)


def _nested(rows: list[MenuPage], requested: str, depth: int) -> list[Entry]:
    """Below those whose parent is not among them, as deep as is asked for."""
    children: dict[Any, list[MenuPage]] = defaultdict(list)
    subjects = {row.subject for row in rows}
    for row in rows:
        children[row.parent if row.parent in subjects else None].append(row)

    def entry(row: MenuPage, level: int) -> Entry:
        below = children[row.subject]
        shown = [entry(child, level + 1) for child in below] if level < depth else []
        return Entry(row, requested, bool(below), shown)

    return [entry(row, 1) for row in children[None]]
