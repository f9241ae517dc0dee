"""The way from the front page to a page, in the words that readers click on.

Made from the public record: the sections above a page are what the site's menus, front page and
breadcrumbs lead through, by the titles that were published. Nobody types it.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.publication.models import Publication

SEPARATOR = " › "


def click_paths(pages: Iterable[Publication]) -> dict[int, list[dict[str, Any]]]:
    """The steps to each publication, by its key, from the front page down.

    A step is its `title` and the `publication` (sequence number) that has it, 0 for the front
    page, which the site calls by a word of its own. Empty for what has no page, and where a page
    above is not public. One query, whatever the number of pages.
    """
    rows = [row for row in pages if row.address.path]
    wanted = {path for row in rows for path in _above(row.address.path or "")}
    standing = Publication.objects.effective().filter(address__path__in=wanted)
    columns = ("locale", "address__root", "address__path", "sequence", "title")
    known = {tuple(row[:3]): row[3:] for row in standing.values_list(*columns)}
    return {row.pk: _steps(row, known) for row in rows}


def words(steps: Iterable[dict[str, Any]]) -> str:
    """As it is written: `หน้าแรก › ข้อมูลหน่วยงาน › โครงสร้าง`."""
    return SEPARATOR.join(step["title"] for step in steps)


def _steps(row: Publication, known: dict[tuple, tuple[int, str]]) -> list[dict[str, Any]]:
    with override(row.locale):
        steps: list[dict[str, Any]] = [{"title": _("Home"), "publication": 0}]
    root: UUID | None = row.address.root
    for path in list(_above(row.address.path or ""))[1:]:
        if (row.locale, root, path) not in known:
            return []
        sequence, title = known[row.locale, root, path]
        steps.append({"title": title, "publication": sequence})
    if row.address.path != "/":
        steps.append({"title": row.title, "publication": row.sequence})
    return steps


def _above(path: str) -> Iterator[str]:
    """`/a/b/` gives `/` and `/a/`; the front page nothing."""
    parts = path.strip("/").split("/")
    for number in range(len(parts)):
        yield f"/{'/'.join(parts[:number])}/" if number else "/"
