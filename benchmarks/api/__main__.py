"""Measures every case in rounds, all columns and both sizes in turn, and prints the ratios."""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from collections import defaultdict
from importlib.metadata import version
from typing import Any

from tqdm import tqdm

from benchmarks.api.over_http import Server

SIZES = (1_000, 10_000)
CASES = ("list", "deep", "article", "feed", "navigation")
COLUMNS = ("plain", "ready", "compiled", "graphene", "limit")
CACHED = ("through limit", "cached")
Times = dict[tuple[str, str, int], list[float]]


class Worker:
    """A process on the record of one size, which runs what it is told."""

    def __init__(self, size: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.api.worker"],
            env={**os.environ, "BENCH_ITEMS": str(size)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._answer()

    def ask(self, **order: Any) -> dict[str, Any]:
        """Runs a case some times."""
        assert self.process.stdin  # noqa: S101
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout  # noqa: S101
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("a worker ended")
        return json.loads(line)


def main() -> None:
    """Rounds of every case, then the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--times", type=int, default=4, help="calls of one column in a round")
    options = parser.parse_args()
    workers = {size: Worker(size) for size in SIZES}
    times: Times = defaultdict(list)
    facts: dict[tuple[str, str, int], dict[str, Any]] = {}
    asked = [(case, column) for case in CASES for column in COLUMNS]
    asked += [("list", column) for column in CACHED]
    for number in tqdm(range(options.rounds), desc="rounds"):
        for case, column in asked:
            for size, worker in workers.items():
                # Graphene alone is so slow that it would take most of the time.
                often = 1 if column == "graphene" else options.times
                found = worker.ask(case=case, column=column, times=often)
                times[case, column, size] += found.pop("seconds")
                facts[case, column, size] = found
        if number == 0:
            _check(facts)
    for worker in workers.values():
        worker.process.terminate()
    with Server(SIZES[0]) as server:
        times["list", "limit over HTTP", SIZES[0]], times["list", "cached over HTTP", SIZES[0]] = (
            server.measured(options.rounds * options.times)
        )
    _print(times, facts)


def _check(facts: dict[tuple[str, str, int], dict[str, Any]]) -> None:
    """Every column said the same."""
    for (case, column, size), found in facts.items():
        is_ours = column in ("ready", "compiled", "graphene")
        if is_ours and found["data"] != facts[case, "plain", size]["data"]:
            raise SystemExit(f"{case}: {column} says something else than plain")


def _print(times: Times, facts: dict[tuple[str, str, int], dict[str, Any]]) -> None:
    def median(case: str, column: str, size: int) -> float:
        return statistics.median(times[case, column, size]) * 1000

    small, large = SIZES
    print(f"\n{platform.processor() or platform.machine()}, {os.cpu_count()} cores;")
    names = ("Django", "graphene", "graphql-core", "orjson")
    print("Python", platform.python_version(), *(f"{name} {version(name)}" for name in names))
    print("\nMedian milliseconds and times plain, 1,000 items; queries in brackets.")
    print("Processor time on SQLite, else by the clock; over HTTP by the clock.\n")
    print("| case | plain | ready | compiled | graphene | ready at 10,000 against 1,000 |")
    print("|---|---|---|---|---|---|")
    for case in CASES:
        plain = median(case, "plain", small)
        cells = [f"{plain:.2f} ms [{facts[case, 'plain', small]['queries']}]"]
        for column in ("ready", "compiled", "graphene"):
            taken = median(case, column, small)
            queries = facts[case, column, small]["queries"]
            cells.append(f"{taken:.2f} ms, **{taken / plain:.2f} ×** [{queries}]")
        growth = median(case, "ready", large) / median(case, "ready", small)
        print(f"| {case} | {' | '.join(cells)} | {growth:.2f} × |")
    deep = {size: median("deep", "ready", size) / median("list", "ready", size) for size in SIZES}
    print(f"\nA deep page: {deep[small]:.2f} × the first of 1,000, {deep[large]:.2f} × of 10,000.")
    print("\n| cached answer | limit | cached | ratio |\n|---|---|---|---|")
    for name, limit, cached in (
        ("in-process", "through limit", "cached"),
        ("over HTTP", "limit over HTTP", "cached over HTTP"),
    ):
        low, high = median("list", limit, small), median("list", cached, small)
        print(f"| {name} | {low:.3f} ms | {high:.3f} ms | **{high / low:.2f} ×** |")


if __name__ == "__main__":
    main()
