"""The page lists and the page chooser of the admin, with the division and where a page stands.

Every list asks once for all its rows, also for what Wagtail would ask for row by row.
"""

from copy import copy
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.ui.tables.pages import PageTable
from wagtail.admin.views import chooser
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Locale, Page

from cms.publication.standing import Standing, open_runs, standings
from pages.divisions import note_divisions
from pages.models import Department
from pages.translation_buttons import note_sources


class DivisionColumn(Column):
    """The responsible division of a page, by its short name."""

    def get_value(self, instance: Page) -> str:
        """A dash where the page names none."""
        return instance.list_row["division"] or "–"


class StandingColumn(BaseColumn):
    """Draft, being signed and by whom next, public, changed since."""

    cell_template_name = "publication/standing_cell.html"

    def get_cell_context_data(self, instance: Page, parent_context: Any) -> dict[str, Any]:
        """With the page and its standing."""
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "standing": instance.list_row["standing"], "page": instance}


class StandingTableMixin:
    """A table of pages in which division and sign-off take the place of Wagtail's status."""

    def __init__(self, columns: list[BaseColumn], data: Any, **kwargs: Any) -> None:
        rows = list(data)
        _prepare(rows)
        super().__init__(_with_standing(columns), rows, **kwargs)  # type: ignore[call-arg]


class StandingPageTable(StandingTableMixin, PageTable):
    """The table of the page lists."""


class StandingChooserTable(StandingTableMixin, chooser.PageChooserTable):
    """The table of the page chooser."""


class PageIndexView(ExplorableIndexView):
    """The pages below a page."""

    table_class = StandingPageTable


class PageTypeUseView(ContentTypeUseView):
    """The pages of one type."""

    table_class = StandingPageTable


class PageSearchView(SearchView):
    """The pages that a search finds."""

    table_class = StandingPageTable


class SignedPageViewSet(PageViewSet):
    """Wagtail's lists of pages with our table."""

    index_view_class = PageIndexView
    content_type_use_view_class = PageTypeUseView
    search_view_class = PageSearchView


def show_standing_in_choosers() -> None:
    """Gives the page chooser our table; it has no setting for it."""
    chooser.PageChooserTable = StandingChooserTable


# Left out on a narrow screen (admin.css).
_SECONDARY = {"parent", "latest_revision_created_at", "updated", "type"}


def _with_standing(columns: list[BaseColumn]) -> list[BaseColumn]:
    found: list[BaseColumn] = []
    for column in columns:
        if column.name in _SECONDARY:
            column = copy(column)  # every list of the process shares Wagtail's own
            column.classname = "secondary"
            column.header = BaseColumn.Header(column)
        elif column.name == "status":
            found.append(DivisionColumn("division", label=_("Division"), width="12%"))
            label, key = _("Sign-off"), column.sort_key
            column = StandingColumn("status", label=label, sort_key=key, width="14%")
        found.append(column)
    return found


def _prepare(pages: list[Page]) -> None:
    """Notes on each page what its row needs; the number of queries is always the same."""
    locales = {locale.pk: locale for locale in Locale.objects.all()}
    parents = {page.path: page for page in _parents(pages)}
    runs, divisions = open_runs(pages), _divisions(pages)
    found: dict[int, Standing] = standings(pages, runs)
    for page in pages:
        page.locale = locales[page.locale_id]
        page._cached_parent_obj = parents.get(page.path[: -page.steplen])  # treebeard's own
        page._current_workflow_states = [runs[page.pk]] if page.pk in runs else []  # Wagtail's own
        division = divisions.get(getattr(page, "department_id", None), "")
        page.list_row = {"division": division, "standing": found[page.pk]}
    note_sources(pages)
    note_divisions(pages)


def _parents(pages: list[Page]) -> Any:
    return Page.objects.filter(path__in={page.path[: -page.steplen] for page in pages})


def _divisions(pages: list[Page]) -> dict[int | None, str]:
    ids = {page.department_id for page in pages if getattr(page, "department_id", None)}
    rows = Department.objects.filter(pk__in=ids).values_list("pk", "short_title", "title")
    return {pk: short or full for pk, short, full in rows}
