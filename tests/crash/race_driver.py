"""Two processes act at the same moment, again and again. Run by test_races.py.

For each name on the command line: a child prepares, two children wait for one moment and act, a
fourth looks. One line of JSON on standard output for each.
"""

import json
import os
import sys
import time
import traceback
from typing import Any

import django

from tests.crash.driver import in_child

HEAD_START_SECONDS = 0.4  # both have booted and opened their connection by then


def race(name: str) -> dict[str, Any]:
    """Runs one race and returns what was there before, how both ended, and what came of it."""
    from tests.crash import races

    code, before = in_child(lambda: races.prepare(name))
    if code:
        raise SystemExit(f"{name} could not be prepared")
    moment = time.time() + HEAD_START_SECONDS
    runners = []
    for index in (0, 1):
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                status = races.run(name, index, before, moment)
            except BaseException:  # noqa: BLE001  (whatever it was is told and counted)
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(status)
        runners.append(pid)
    ends = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in runners]
    code, seen = in_child(lambda: races.look(before))
    return {"race": name, "ends": ends, "seen": seen if not code else None, "before": before}


def main() -> None:
    """Runs the races that the command line names."""
    django.setup()
    for name in json.loads(sys.argv[1]):
        print(json.dumps(race(name)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
