"""The background work: asking for conversions, running them, trying again, freeing lost ones."""

import datetime
import logging
import shutil
import tempfile
import time
from pathlib import Path, PurePosixPath
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from cms.opendata import limits
from cms.opendata.formats import suffix_of, targets
from cms.opendata.models import Conversion
from cms.opendata.problems import Refused
from cms.opendata.resources import resources_of
from cms.opendata.sandbox import Interrupted, run
from cms.publication.files import pin_made_file
from cms.publication.models import PinnedFile, Publication
from cms.publication.public_changes import announce, changes_of_files

logger = logging.getLogger(__name__)

# How long to wait before the second, third and fourth try of what failed through no file's fault.
RETRY_AFTER = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 10, 60))
# A worker gives a sign of life every few seconds; without one for so long, it is dead.
STALE_AFTER = datetime.timedelta(minutes=2)
WATCH_AFTER = STALE_AFTER + datetime.timedelta(minutes=1)
_BEAT_SECONDS = 2.0
State = Conversion.State


def request_conversions(publication: Publication) -> list[Conversion]:
    """Asks for every format of every resource that a publication names; what is there stays."""
    asked: list[Conversion] = []
    for resource in resources_of(publication.data):
        source = PinnedFile.objects.get(sha256=resource.sha256)
        asked += request_of(source, resource.kind)
    return asked


def request_of(source: PinnedFile, kind: str) -> list[Conversion]:
    """Asks for every format of one pinned file. Returns what had not been asked for before."""
    asked = []
    for target in targets(kind):
        conversion, created = Conversion.objects.get_or_create(
            source=source, kind=kind, target=target
        )
        if created:
            enqueue(conversion)
            asked.append(conversion)
    return asked


def request_missing() -> None:
    """Asks for what public datasets lack: a process may have died between publishing and asking."""
    named = Publication.objects.standing().filter(snapshot__contains='_resource"')
    for publication in named.iterator():
        request_conversions(publication)


def try_again(conversion: Conversion) -> bool:
    """Puts what failed back into the line, as if for the first time. False where it had not."""
    freed = Conversion.objects.filter(pk=conversion.pk, state=State.FAILED).update(
        state=State.WAITING, attempts=0, problem="", problem_params={}, rows_done=0
    )
    if freed:
        enqueue(conversion)
    return bool(freed)


def enqueue(conversion: Conversion, after: datetime.timedelta | None = None) -> None:
    """Leaves word for the worker."""
    job = convert.using(run_after=timezone.now() + after) if after else convert
    job.enqueue(conversion.pk)


@task(backend="queue")
def convert(conversion_id: int) -> None:
    """What the worker runs. It may be called any number of times."""
    free_stale()
    watch.using(run_after=timezone.now() + WATCH_AFTER).enqueue(conversion_id)
    convert_now(conversion_id)


@task(backend="queue")
def watch(conversion_id: int) -> None:
    """Looks later whether the worker that ran a conversion still lives, until it is no more run."""
    free_stale()
    if Conversion.objects.filter(pk=conversion_id, state=State.RUNNING).exists():
        watch.using(run_after=timezone.now() + WATCH_AFTER).enqueue(conversion_id)


def convert_now(conversion_id: int) -> None:
    """Makes one waiting conversion; returns at once where it does not wait (any more)."""
    now = timezone.now()
    claimed = Conversion.objects.filter(pk=conversion_id, state=State.WAITING).update(
        state=State.RUNNING, heartbeat_at=now, rows_done=0, attempts=F("attempts") + 1
    )
    if not claimed:
        return
    conversion = Conversion.objects.select_related("source").get(pk=conversion_id)
    try:
        with tempfile.TemporaryDirectory(prefix="prakat-convert-") as folder:
            _convert(conversion, Path(folder))
    except Refused as refused:
        _fail(conversion, refused.code, refused.params)
    except (Interrupted, OSError, DatabaseError):
        logger.exception("Conversion %s was interrupted", conversion_id)
        _put_back(conversion)
    except BaseException:  # the worker is told to stop: another one goes on
        _put_back(conversion)
        raise


def _convert(conversion: Conversion, folder: Path) -> None:
    source = conversion.source
    copy = folder / f"upload{PurePosixPath(source.filename).suffix}"
    with source.storage().open(source.storage_name) as stored, copy.open("wb") as file:
        shutil.copyfileobj(stored, file)
    summary = run(
        conversion.kind, conversion.target, copy, source.filename, folder, _Heart(conversion)
    )
    changes: dict[str, Any] = {"rows_done": summary["count"], "summary": summary}
    result = folder / "result"
    if result.exists():  # the preview of a table is its summary alone
        suffix = suffix_of(conversion.target)
        with result.open("rb") as made:
            filename = f"{PurePosixPath(source.filename).stem}{suffix}"
            changes["result"] = pin_made_file(made, filename, source)
    _end(conversion, State.DONE, **changes)


class _Heart:
    """Notes signs of life, and how many rows are done, at most every two seconds."""

    def __init__(self, conversion: Conversion) -> None:
        self._rows, self._last = Conversion.objects.filter(pk=conversion.pk), time.monotonic()

    def __call__(self, done: int | None) -> None:
        if time.monotonic() - self._last < _BEAT_SECONDS:
            return
        self._last = time.monotonic()
        progress = {} if done is None else {"rows_done": done}
        self._rows.update(heartbeat_at=timezone.now(), **progress)


def _end(conversion: Conversion, state: str, **changes: Any) -> None:
    changes = {"problem": "", "problem_params": {}, **changes}
    with transaction.atomic():
        Conversion.objects.filter(pk=conversion.pk).update(
            state=state, finished_at=timezone.now(), **changes
        )
        announce(changes_of_files(conversion.source))


def _fail(conversion: Conversion, problem: str, params: dict[str, Any]) -> None:
    _end(conversion, State.FAILED, problem=problem, problem_params=params)


def _put_back(conversion: Conversion) -> None:
    """Waits and tries again; gives up after the last try."""
    if conversion.attempts > len(RETRY_AFTER):
        _fail(conversion, "failed", {})
        return
    Conversion.objects.filter(pk=conversion.pk).update(state=State.WAITING, problem="interrupted")
    enqueue(conversion, RETRY_AFTER[conversion.attempts - 1])


def free_stale() -> int:
    """Puts back what a worker left when it was killed. Returns how many there were."""
    now = timezone.now()
    before = now - STALE_AFTER
    lost = Conversion.objects.filter(state=State.RUNNING, heartbeat_at__lt=before)
    for conversion in (found := list(lost)):
        _put_back(conversion)
    # The queue would call the killed worker's job running for ever.
    longest = STALE_AFTER + datetime.timedelta(seconds=limits.PROCESS_WALL_SECONDS)
    DBTaskResult.objects.running().filter(
        task_path=convert.module_path, started_at__lt=now - longest
    ).update(status=TaskResultStatus.FAILED, finished_at=now)
    return len(found)
