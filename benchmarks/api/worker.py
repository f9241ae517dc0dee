"""One process on one record: runs a case some times when it is told to, and says how long."""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.api.settings")

from benchmarks.api.built import ready


def main() -> None:
    """Answers each line of input, a case's name and column and how often, with a line of JSON."""
    ready()
    from benchmarks.api.cases import Cases, make_texts  # which need Django set up

    make_texts()
    cases = Cases()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(cases.measured(**order)), flush=True)


if __name__ == "__main__":
    main()
