"""How long a running site takes to refuse documents that are beyond a limit.

GRAPHQL_RATE=0 .venv/bin/python manage.py serve --no-demonstration --port 8010
.venv/bin/python -m benchmarks.limits http://127.0.0.1:8010/graphql/
"""

import statistics
import sys
import time

import requests

from tests.api.limits.greedy import GREEDY

TIMES = 20
SMALLEST = "{ __typename }"


def seconds(session: requests.Session, url: str, query: str) -> tuple[float, str]:
    """The median of some requests, each with a document that the site has not seen before."""
    taken = []
    code = ""
    for number in range(TIMES):
        body = {"query": f"{query} # {time.time_ns()} {number}"}
        began = time.perf_counter()
        response = session.post(url, json=body, timeout=60)
        taken.append(time.perf_counter() - began)
        errors = response.json().get("errors")
        code = errors[0]["extensions"]["code"] if errors else "answered"
    return statistics.median(taken), code


def main(url: str) -> None:
    """Prints a table: milliseconds, and how many times the smallest question that there is."""
    session = requests.Session()
    unit, _code = seconds(session, url, SMALLEST)
    print("| document | refused with | ms | times the smallest |")
    print("|---|---|---|---|")
    print(f"| the smallest | answered | {unit * 1000:.1f} | 1.0 |")
    for name, (query, _expected) in GREEDY.items():
        taken, code = seconds(session, url, query)
        print(f"| {name} | {code} | {taken * 1000:.1f} | {taken / unit:.1f} |")


if __name__ == "__main__":
    main(sys.argv[1])
