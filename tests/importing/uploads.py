"""Files to import as clerks and WordPress make them, and the way through an import."""

import io
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook

from cms.demonstration.clerk import Clerk
from cms.importing.columns import BY_KEY
from cms.importing.jobs import start, work_now
from cms.importing.models import ImportRun
from pages.models import ContentPage

ROW = {"code": "1", "type": "ข่าวประชาสัมพันธ์", "title": "ข่าวเก่า", "section": "/news/"}


def headings(keys: list[str], language: str = "th") -> list[str]:
    """The headings of columns in a language."""
    with translation.override(language):
        return [str(BY_KEY[key].label) for key in keys]


def table(rows: list[dict[str, Any]], language: str = "th") -> list[list[Any]]:
    """Rows under headings; keys in the order of their first use."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    return [headings(keys, language), *([row.get(key, "") for key in keys] for row in rows)]


def xlsx(rows: list[dict[str, Any]], language: str = "th") -> bytes:
    """A workbook."""
    workbook = Workbook()
    for cells in table(rows, language):
        workbook.active.append(cells)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def csv(rows: list[dict[str, Any]], encoding: str = "utf-8", language: str = "th") -> bytes:
    """A CSV file without quotation marks."""
    lines = [",".join(map(str, cells)) for cells in table(rows, language)]
    return "\r\n".join(lines).encode(encoding)


def uploaded(clerk: Clerk, content: bytes, name: str = "rows.xlsx", **columns: Any) -> ImportRun:
    """An upload that waits to be checked."""
    wanted = ImportRun.storage_name_for(name)
    stored = ImportRun.storage().save(wanted, ContentFile(content))
    columns = {"source": "เว็บไซต์เดิม", **columns}
    return ImportRun.objects.create(user=clerk.user, filename=name, storage_name=stored, **columns)


def checked(clerk: Clerk, content: bytes, name: str = "rows.xlsx", **columns: Any) -> ImportRun:
    """An upload after its check."""
    run = uploaded(clerk, content, name, **columns)
    work_now(run.pk)
    run.refresh_from_db()
    return run


def imported(clerk: Clerk, content: bytes, name: str = "rows.xlsx", **columns: Any) -> ImportRun:
    """An upload after its import."""
    run = checked(clerk, content, name, **columns)
    assert run.state == ImportRun.State.READY, [problem.words for problem in run.listed_problems]
    assert start(run)
    work_now(run.pk)
    run.refresh_from_db()
    return run


def sent(client: Client, content: bytes, name: str = "rows.xlsx", **values: Any) -> Any:
    """The answer to the upload form as a browser sends it."""
    file = io.BytesIO(content)
    file.name = name
    values = {"source": "เว็บไซต์เดิม", **values, "file": file}
    return client.post(reverse("importing:upload"), values)


def drafts(run: ImportRun) -> list[ContentPage]:
    """The newest drafts of what a run made or changed, in the order of the rows."""
    items = run.items.order_by("row").select_related("page")
    return [item.page.specific.get_latest_revision_as_object() for item in items]


def said(run: ImportRun, language: str = "en") -> list[tuple[int, str, str]]:
    """Row, column and words of every error."""
    with translation.override(language):
        return [(one.row, one.column, one.words) for one in run.listed_problems]


def noted(run: ImportRun) -> list[tuple[int, str]]:
    """Row and code of every note."""
    return [(one.row, one.code) for one in run.listed_notes]
