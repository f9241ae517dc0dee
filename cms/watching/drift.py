"""Drift: whether what the admin shows as live was published, and the chains still end there.

The public reads publications alone, so drift changes no public word. But it tells that something
wrote to the database that no signature allowed, or that an editor is shown what is not public.
"""

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db.models import F, Model
from django.utils import timezone
from wagtail.models import Page

from cms.publication.chain_head import Head, heads
from cms.publication.models import Publication
from cms.publication.verify import RecordBroken
from cms.snapshot.fields import plain
from cms.watching.files import glance_at_files
from cms.watching.findings import Problem, end_unseen, note_finding, tell
from cms.watching.models import ChainMark

CHUNK = 500  # publications compared at once
ROW_PROBLEMS = (
    Problem.ROW_GONE,
    Problem.ROW_NOT_LIVE,
    Problem.ROW_TITLE,
    Problem.ROW_PLACE,
    Problem.ROW_REVISION,
)


class Public(NamedTuple):
    """What the record says of one subject in one language."""

    pk: int
    address_id: int
    type: str
    subject: UUID
    locale: str
    title: str
    revision_id: int | None
    path: str | None


class Row(NamedTuple):
    """What the admin's row says of it; `path` is None for a record without a page."""

    title: str
    live: bool
    revision_id: int | None
    path: str | None


def watch_drift() -> None:
    """One whole look at rows and chains, and a part of the files; then the alerts."""
    began = timezone.now()
    for found in drifts():
        note_finding(*found)
    end_unseen(ROW_PROBLEMS, began)
    _watch_chains(began)
    glance_at_files()
    tell()


def drifts() -> Iterator[tuple[str, str, str, str]]:
    """Problem, key, title and details of every row that is not as it was published.

    What was published for a later time is left out: its time begins without a word to the row.
    """
    last = 0
    while chunk := [Public(*row) for row in _public().filter(pk__gt=last)[:CHUNK]]:
        last = chunk[-1].pk
        for one in _suspects(chunk):
            # Looked at again by itself: it may have been published while we read.
            again = [Public(*row) for row in _public().filter(address=one.address_id)]
            for public in again:
                row = _rows_of(again).get((public.subject, public.locale))
                for problem in _problems(public, row):
                    place = f"/{public.locale}{public.path or ''}"
                    yield problem, str(public.address_id), public.title, place


def _public() -> Any:
    now_in_force = Publication.objects.in_force().filter(effective_from=F("published_at"))
    columns = [name if name != "path" else "address__path" for name in Public._fields]
    return now_in_force.order_by("pk").values_list(*columns)


def _suspects(chunk: list[Public]) -> list[Public]:
    rows = _rows_of(chunk)
    return [one for one in chunk if any(_problems(one, rows.get((one.subject, one.locale))))]


def _problems(public: Public, row: Row | None) -> Iterator[str]:
    if row is None:
        yield Problem.ROW_GONE
        return
    if not row.live:
        yield Problem.ROW_NOT_LIVE
    if row.title != public.title:
        yield Problem.ROW_TITLE
    if public.path is not None and row.path is not None and row.path != public.path:
        yield Problem.ROW_PLACE
    if row.live and row.revision_id != public.revision_id:
        yield Problem.ROW_REVISION


def _rows_of(chunk: list[Public]) -> dict[tuple[UUID, str], Row]:
    """The admin's rows of some publications: one query for each kind of record among them."""
    found: dict[tuple[UUID, str], Row] = {}
    for model in {_model_of(one.type) for one in chunk} - {None}:
        subjects = [one.subject for one in chunk if _model_of(one.type) is model]
        columns = ["translation_key", "locale__language_code", "title", "live", "live_revision_id"]
        is_page = model is Page
        rows = model._default_manager.filter(translation_key__in=subjects)  # type: ignore[union-attr]
        for row in rows.values_list(*columns, *(["url_path"] if is_page else [])):
            # The first part of a page's path in the admin is the slug of its site's front page.
            path = f"/{row[5].lstrip('/').partition('/')[2]}" if is_page else None
            found[row[0], row[1]] = Row(plain(row[2]), row[3], row[4], path)
    return found


def _model_of(type_name: str) -> type[Model] | None:
    try:
        model = apps.get_model("pages", type_name)
    except LookupError:
        return None
    return Page if issubclass(model, Page) else model


def _watch_chains(began: datetime.datetime) -> None:
    """Whether each chain still holds the record that was its last when we looked before."""
    marks = {mark.chain: mark for mark in ChainMark.objects.all()}
    for head in heads():
        mark = marks.get(head.chain)
        try:
            if mark:
                Head(mark.chain, mark.sequence, mark.own_hash).check()
        except RecordBroken as error:
            note_finding(Problem.CHAIN, head.chain, detail=str(error))
            continue  # the mark stays: it is over when the record is there again
        values = {"sequence": head.sequence, "own_hash": head.own_hash}
        ChainMark.objects.update_or_create(chain=head.chain, defaults=values)
    end_unseen([Problem.CHAIN], began)
