"""Which divisions a page or record belongs to, and whether a person may edit for them."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.divisions.scope import scope_of

# The division in the row, whether there is a draft, and the division in the newest draft.
_STORED = ("department_id", "latest_revision_id", "latest_revision__content__department")


def division_column(model: type[models.Model]) -> str | None:
    """The column that tells the division of a kind of item; None: it belongs to no division."""
    if model._meta.label == "pages.Department":
        return "pk"  # a division's own record is the division's
    names = {field.name for field in model._meta.get_fields()}
    return "department_id" if "department" in names else None


def is_for_all(model: type[models.Model]) -> bool:
    """Whether a kind of item is apart from divisions: emergencies do not wait for the right one."""
    return bool(getattr(model, "takes_quick_path", False))


def division_ids(item: Any) -> set[int | None]:
    """The records of divisions that an item names: in memory, in its row, in its newest draft.

    All of them count, so that nobody takes an item from a division or gives one away. None
    stands for "no division".
    """
    if isinstance(item, Page):
        item = item.specific_deferred  # of a plain page nobody could tell the division
    column = division_column(type(item))
    if column != "department_id":
        return {item.pk if column else None}
    if not hasattr(item, "_stored_divisions"):
        _note(type(item), [item])
    found = set(item._stored_divisions)
    if "department_id" in vars(item):  # else Wagtail left the column out, and the row counts
        found.add(item.department_id)
    return found


def note_divisions(pages: Iterable[Page]) -> None:
    """Looks up with one query what `division_ids` asks for each page of a list."""
    from pages.base import ContentPage

    _note(ContentPage, [page for page in pages if isinstance(page, ContentPage)])


def division_ids_below(page: Page) -> set[int | None]:
    """The records of divisions that the pages below a page name, with their drafts."""
    from pages.base import ContentPage

    rows = ContentPage.objects.descendant_of(page).values_list(*_STORED)
    return {number for row in rows for number in _numbers(*row)}


def covers(user: Any, item: Any) -> bool:
    """Whether a person may edit for every division that an item names."""
    scope = scope_of(user)
    return scope.everything or is_for_all(type(item)) or scope.covers_ids(division_ids(item))


def check_division(user: Any, item: Any) -> None:
    """Raises `PermissionDenied` where a person writes an item of another division."""
    if not covers(user, item):
        raise PermissionDenied(_("This belongs to another division than yours."))


def _note(model: type[models.Model], items: list[Any]) -> None:
    rows = model._default_manager.filter(pk__in=[item.pk for item in items])
    stored = {pk: _numbers(*row) for pk, *row in rows.values_list("pk", *_STORED)}
    for item in items:
        item._stored_divisions = stored.get(item.pk, set())


def _numbers(in_row: int | None, revision: int | None, in_draft: int | None) -> set[int | None]:
    return {in_row, in_draft} if revision else {in_row}
