"""Runs `cms.opendata.worker` on one file and listens to it."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cms.opendata import limits
from cms.opendata.problems import Refused
from cms.opendata.worker import CHECK

_ROOT = Path(__file__).resolve().parents[2]
_TICK_SECONDS = 5.0
# Ended by a limit on time or file size: the work is too large for any further try.
_LIMIT_SIGNALS = {signal.SIGXCPU, signal.SIGXFSZ}


class Interrupted(Exception):
    """The process ended without a word: killed from outside, or a fault in a library."""


def run(
    kind: str,
    target: str,
    source: Path,
    filename: str,
    folder: Path,
    on_progress: Callable[[int | None], None] = lambda done: None,
) -> dict[str, Any]:
    """Converts or checks `source`, of which `filename` is the public name, in `folder`.

    `on_progress` hears how many rows are done, and None now and then meanwhile. Returns the
    summary. Raises `Refused`, or `Interrupted`.
    """
    wall = limits.CHECK_WALL_SECONDS if target == CHECK else limits.PROCESS_WALL_SECONDS
    errors = folder / "errors.txt"
    arguments = [kind, target, str(source), filename, str(folder)]
    with errors.open("w") as stderr:
        process = subprocess.Popen(  # noqa: S603  # a fixed program; a file name is only data to it
            [sys.executable, "-m", "cms.opendata.worker", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            cwd=folder,
            env=_environment(folder),
        )
    try:
        for message in _messages(process, time.monotonic() + wall):
            if "refused" in message:
                raise Refused(message["refused"], **message["params"])
            if "summary" in message:
                return message["summary"]
            on_progress(message.get("done"))
    finally:
        process.kill()
        process.wait()
        process.stdout.close()  # type: ignore[union-attr]  # it is a pipe
    if -process.returncode in _LIMIT_SIGNALS:
        raise Refused("too_much_work")
    raise Interrupted(f"exit {process.returncode}: {errors.read_text()[-2000:]}")


def _environment(folder: Path) -> dict[str, str]:
    """No secret of this process, only what Python needs to start."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(_ROOT),
        "PYTHONUTF8": "1",
        "TMPDIR": str(folder),
        "HOME": str(folder),
    }


def _messages(process: subprocess.Popen, deadline: float) -> Iterator[dict[str, Any]]:
    """What the process says, and an empty message at least every few seconds."""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)  # type: ignore[arg-type]
        rest = b""
        while True:
            if time.monotonic() > deadline:
                raise Refused("too_much_work")
            if not selector.select(_TICK_SECONDS):
                yield {}
                continue
            piece = os.read(process.stdout.fileno(), 1 << 16)  # type: ignore[union-attr]
            if not piece:
                process.wait()
                return
            *lines, rest = (rest + piece).split(b"\n")
            yield from map(json.loads, lines)
