"""The process that converts or checks one file: `python -m cms.opendata.worker`.

It knows no settings, no database and no secrets, has limits on memory, time and file size, and
dies with the process that started it. It tells on standard output, one JSON object a line, how
far it is (`done`) and how it ended: `summary`, or `refused` with `params`.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

from cms.opendata import limits
from cms.opendata.formats import TABLE
from cms.opendata.problems import Refused

CHECK = "check"


def main(kind: str, target: str, source: str, filename: str, folder: str) -> None:
    """Works in `folder`; the result of a conversion is its file `result`."""
    _limit(limits.CHECK_CPU_SECONDS if target == CHECK else limits.PROCESS_CPU_SECONDS)
    try:
        summary = _work(kind, target, Path(source), filename, Path(folder))
    except Refused as refused:
        _say(refused=refused.code, params=refused.params)
    except MemoryError:
        _say(refused="too_much_work", params={})
    else:
        _say(summary=summary)


def _work(kind: str, target: str, source: Path, filename: str, folder: Path) -> dict[str, Any]:
    # GDAL is slow to load and large: only for maps.
    if kind == TABLE:
        from cms.opendata.tables.conversion import check_table, convert_table

        if target == CHECK:
            check_table(source, filename)
            return {}
        return convert_table(source, filename, target, folder / "result", _tell)
    from cms.opendata.maps.conversion import check_map, convert_map

    if target == CHECK:
        check_map(source, filename, folder)
        return {}
    return convert_map(source, filename, target, folder / "result", _tell)


def _limit(cpu_seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, limits.PROCESS_MEMORY_BYTES),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.RESULT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _tell(done: int) -> None:
    _say(done=done)


def _say(**message: Any) -> None:
    """Where nobody listens any more, this ends the process: BrokenPipeError."""
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
