"""The processes beside `manage.py serve`, which starts and ends them."""

import ctypes
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

_PR_SET_PDEATHSIG = 1  # Linux: prctl(2)
_PATIENCE_SECONDS = (1, 10)


_COMMANDS = (
    ["db_worker", "--backend", "queue"],
    ["run_due_jobs", "--forever"],
)


@contextmanager
def background() -> Iterator[None]:
    """A worker for the queue and the loop of periodic jobs, as long as the block runs.

    Neither where RUN_WORKER is 0.
    """
    processes = [_start(command) for command in _COMMANDS] if settings.RUN_WORKER else []
    try:
        yield
    finally:
        for process in processes:
            _stop(process)


def _start(command: list[str]) -> subprocess.Popen:
    return subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        start_new_session=True,  # Ctrl+C is for the server, which then ends its processes
        preexec_fn=_die_with_parent if sys.platform == "linux" else None,
    )


def _stop(process: subprocess.Popen) -> None:
    """Asks once to end after the present job, then at once: the job is put back into the line."""
    for patience in _PATIENCE_SECONDS:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
        return
    process.kill()


def _die_with_parent() -> None:
    """The kernel ends the process even where the server is killed and cannot."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
