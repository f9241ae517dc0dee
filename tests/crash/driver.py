"""A process that is killed again and again while it signs and publishes. Run by test_kill.py.

It boots Django once and opens no connection: each act runs in a child of its own, which kills
itself with SIGKILL before its n-th statement to the database (0: it lives). What it left is then
read by another child. One line of JSON on standard output for each kill.
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any

import django
from tqdm import tqdm

ACTS = ("reporter", "approver", "publisher", "torn file", "withdrawal")


def in_child(work: Callable[[], Any]) -> tuple[int, Any]:
    """Runs `work` in a forked child. Returns how it ended (negative: the signal) and its result."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        code = 0
        try:
            result = work()
            os.write(writer, json.dumps(result).encode())
        except BaseException:  # noqa: BLE001  (whatever it was is told and counted)
            traceback.print_exc()
            code = 1
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    _pid, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), json.loads(text) if text else None


def die() -> None:
    """As `kill -9` would: no exit handler, no rollback, no closing of files."""
    os.kill(os.getpid(), signal.SIGKILL)


class DieBefore:
    """Counts the statements that a connection executes, and dies before the n-th."""

    def __init__(self, number: int) -> None:
        self.number, self.count = number, 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        if self.count == self.number:
            die()
        return execute(sql, params, many, context)


def prepare(act: str) -> dict[str, Any]:
    """A new item that waits for this act, with a picture of its own."""
    from tests.crash.item import waiting_for

    return waiting_for(act)


def carry_out(act: str, item: dict[str, Any], number: int) -> int:
    """Carries the act out, or dies on the way. Returns how many statements it took."""
    from django.db import connection

    from tests.crash import item as items

    is_torn = act == "torn file" and number > 0
    killer = DieBefore(0 if is_torn else number)
    if is_torn:
        items.tear_file(number, die)
    with connection.execute_wrapper(killer):
        if killer.number:
            items.die_at_commit(killer, die)
        items.act(act, item)
    return killer.count


def main() -> None:
    """Reads the list of `[act, statement]` from the command line and reports on each."""
    django.setup()
    from tests.crash.item import look

    for act, number in tqdm(json.loads(sys.argv[1]), desc="Killing", disable=None):
        code, item = in_child(lambda act=act: prepare(act))
        if code:
            raise SystemExit(f"The item for {act} could not be prepared")
        killed, _count = in_child(lambda act=act, item=item, n=number: carry_out(act, item, n))
        code, seen = in_child(lambda act=act, item=item: look(act, item))
        if code:
            seen = {"problem": "the look failed"}
        again, _count = in_child(lambda act=act, item=item: carry_out(act, item, 0))
        finished_code, finished = in_child(lambda act=act, item=item: look(act, item))
        print(  # noqa: T201
            json.dumps(
                {
                    "act": act,
                    "statement": number,
                    "ended": killed,
                    "seen": seen,
                    "again": again,
                    "finished": finished if not finished_code else {"problem": "look failed"},
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()
