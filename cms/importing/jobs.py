"""The background work: checking an upload, importing it whole or not at all, freeing lost work."""

import datetime
import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from cms.audit.log import record
from cms.audit.models import AuditEvent
from cms.importing import limits
from cms.importing.drafts import Act, change, create, decide
from cms.importing.models import ImportRun
from cms.importing.permissions import may_import
from cms.importing.places import Places
from cms.importing.problems import Problem
from cms.importing.progress import Teller, progress_of
from cms.importing.sources import Source
from cms.importing.survey import Survey, new_slugs, opened, read_rows, survey
from cms.opendata.problems import Refused

logger = logging.getLogger(__name__)

State = ImportRun.State
STALE_AFTER = datetime.timedelta(minutes=2)
_MOST_ATTEMPTS = 3
_WAITING = {State.CHECKING: State.TO_CHECK, State.IMPORTING: State.TO_IMPORT}


class Changed(Exception):
    """The rows are not what they were when they were checked a moment ago."""


def ask_for(run: ImportRun) -> None:
    """Leaves word for the worker that a run waits."""
    work.enqueue(run.pk)


def start(run: ImportRun) -> bool:
    """Asks for the import of a checked upload. False where it is not (any more) ready."""
    ready = ImportRun.objects.filter(pk=run.pk, state=State.READY)
    if not ready.update(state=State.TO_IMPORT, attempts=0):
        return False
    ask_for(run)
    return True


@task(backend="queue")
def work(run_id: int) -> None:
    """What the worker runs. It may be called any number of times."""
    free_stale()
    work_now(run_id)


def work_now(run_id: int) -> None:
    """Checks or imports one waiting run; returns at once where it does not wait (any more)."""
    for state, waiting in _WAITING.items():
        if _claim(run_id, waiting, state):
            run = _loaded(run_id)
            _guarded(run, check if state == State.CHECKING else import_whole)


def check(run: ImportRun) -> None:
    """Reads through the upload and keeps what it found. Writes no draft."""
    found = _survey(run)
    _end(run, State.REFUSED if found.problems else State.READY, **found.as_columns())


def import_whole(run: ImportRun) -> None:
    """Checks again, as rights and content may have changed; then writes every row, or none."""
    found = _survey(run)
    if found.problems:
        _end(run, State.REFUSED, **found.as_columns())
        return
    total, tell = found.counts["rows"], Teller(run.storage_name)
    with opened(run) as source:
        slugs = new_slugs(run, source, lambda done: tell(0, total))
        with transaction.atomic():
            counts = _write(run, source, slugs, lambda done: tell(done, total))
            columns = {**found.as_columns(), "counts": {**found.counts, **counts}}
            _end(run, State.DONE, **columns)
            detail = ", ".join(f"{name}: {number}" for name, number in sorted(counts.items()))
            subject = f"{run.source}: {run.filename}"
            record(AuditEvent.Kind.IMPORTED, user=run.user, subject=subject, detail=detail)


def _write(
    run: ImportRun, source: Source, slugs: dict[int, str], tell: Callable[[int], None]
) -> dict[str, int]:
    """Every row, in the caller's transaction. Raises `Changed` where a row has a problem now."""
    names: list[str] = [*Act, "left_out"]
    counts = dict.fromkeys(names, 0)
    places = Places(run.user)
    for done, row in enumerate(read_rows(run, source, places), start=1):
        if row.problems:
            raise Changed
        if row.is_left_out:
            counts["left_out"] += 1
            continue
        decision = decide(row, run.source, places)
        if decision.is_refused:
            raise Changed
        if decision.act == Act.NEW:
            if row.number not in slugs or row.section is None:
                raise Changed
            create(row, run, row.section, slugs[row.number])
        elif decision.act == Act.CHANGED and decision.item:
            change(row, run, decision.item)
        counts[decision.act] += 1
        tell(done)
    return {str(name): number for name, number in counts.items()}


def free_stale() -> int:
    """Puts back what a worker left when it was killed. Returns how many there were."""
    before = timezone.now() - STALE_AFTER
    lost = [
        run
        for run in ImportRun.objects.filter(state__in=_WAITING, claimed_at__lt=before)
        if not progress_of(run.storage_name).is_alive
    ]
    for run in lost:
        _put_back(run)
    return len(lost)


def forget_uploads() -> int:
    """Deletes the files of old runs. Returns how many there were."""
    before = timezone.now() - limits.KEPT_FOR
    old = ImportRun.objects.filter(created_at__lt=before).exclude(storage_name="")
    old = old.exclude(state__in=ImportRun.WORKING)
    for run in (found := list(old)):
        forget(run)
    return len(found)


def forget(run: ImportRun) -> None:
    """Deletes the file of a run; what came of it stays. What was ready must be uploaded again."""
    run.storage().delete(run.storage_name)
    rows = ImportRun.objects.filter(pk=run.pk)
    rows.update(storage_name="")
    gone = Problem("file_gone").as_data()
    rows.filter(state=State.READY).update(state=State.REFUSED, problems=[gone])


def _claim(run_id: int, waiting: str, state: str) -> bool:
    """One statement, which the database gives to one process alone."""
    rows = ImportRun.objects.filter(pk=run_id, state=waiting)
    now = timezone.now()
    return bool(rows.update(state=state, claimed_at=now, attempts=F("attempts") + 1))


def _loaded(run_id: int) -> ImportRun:
    related = ("user", "section", "department", "disclosure_item")
    run = ImportRun.objects.select_related(*related).get(pk=run_id)
    # With the rights of now, not with what an object remembers.
    run.user = get_user_model()._default_manager.get(pk=run.user_id)
    return run


def _survey(run: ImportRun) -> Survey:
    tell, total = Teller(run.storage_name), run.counts.get("rows", 0)
    tell(0, total)
    if not may_import(run.user):
        found = Survey()
        found.refuse("not_allowed", {})
        return found
    try:
        with opened(run) as source:
            return survey(run, source, lambda done: tell(done, total))
    except Refused as refused:
        found = Survey()
        found.refuse(refused.code, refused.params)
        return found


def _guarded(run: ImportRun, act: Callable[[ImportRun], None]) -> None:
    try:
        act(run)
    except (PermissionDenied, Changed, DatabaseError, OSError, ValidationError):
        logger.exception("Import %s was interrupted", run.pk)
        _put_back(run)
    except BaseException:  # the worker is told to stop: another one goes on
        _put_back(run)
        raise


def _put_back(run: ImportRun) -> None:
    """Waits and tries again; gives up after the last try."""
    run = ImportRun.objects.get(pk=run.pk)
    waiting = _WAITING.get(State(run.state))
    if waiting is None:
        return
    if run.attempts >= _MOST_ATTEMPTS:
        _end(run, State.FAILED, problems=[Problem("failed").as_data()])
        return
    if ImportRun.objects.filter(pk=run.pk, state=run.state).update(state=waiting):
        ask_for(run)


def _end(run: ImportRun, state: str, **columns: Any) -> None:
    rows = ImportRun.objects.filter(pk=run.pk)
    rows.update(state=state, finished_at=timezone.now(), **columns)
