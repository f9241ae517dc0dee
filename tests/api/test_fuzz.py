"""Schemathesis asks whatever the schema allows: no operation may end in a fault of ours.

`FUZZ_OPERATIONS=5000 pytest -m fuzz` (or `make fuzz`) asks 5,000; without it a few for each field.
"""

import itertools
import json
import os
import string

import pytest
import schemathesis
from django.conf import settings as django_settings
from graphql import StringValueNode
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.api.test_query_counts import rich_item

pytestmark = pytest.mark.fuzz

TOTAL = int(os.environ.get("FUZZ_OPERATIONS", "200"))
SCHEMA = schemathesis.graphql.from_path(django_settings.BASE_DIR / "graphql" / "schema.graphql")
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
# No reader is told these: they are faults of ours.
FAULTS = {"INTERNAL_ERROR"}
TOO_SLOW = 503  # LIMIT_TIME: an answer of its own, and a busy machine is no fault

DATES = ["2026-11-23", "0001-01-01", "2399-12-31", "2569-01-01", "2026-02-30", "", "9999-99-99"]
MOMENTS = ["2026-11-23T02:00:00Z", "0001-01-01T00:00:00+14:00", "2399-12-31T23:59:59-12:00"]
MOMENTS += ["2026-11-23", "2026-11-23T02:00:00", "1900-01-01T00:00:00.000001+07:00", "x"]


def texts(known: list[str]) -> st.SearchStrategy:
    odd = st.text(alphabet=string.printable + "กขค๐๑\x00\u200b\ufeff😀", max_size=30)
    return st.one_of(st.sampled_from(known), odd).map(lambda text: StringValueNode(value=text))


schemathesis.graphql.scalar("Date", texts(DATES))
schemathesis.graphql.scalar("DateTime", texts(MOMENTS))


@pytest.fixture
def rich_office(open_office):
    """Pages with files, links, translations and signatures, and some that are not public."""
    for number in range(3):
        rich_item(open_office, number)
    return open_office


def test_no_operation_is_a_fault_of_ours(rich_office, client):
    asked = answered = 0
    faults = []

    def ask(case) -> None:
        nonlocal asked, answered
        asked += 1
        client.raise_request_exception = False
        response = client.post(
            "/graphql/", json.dumps({"query": case.body}), content_type="application/json"
        )
        if response.status_code >= 500 and response.status_code != TOO_SLOW:
            faults.append(case.body)
            return
        answered += bool(response.json().get("data"))
        errors = response.json().get("errors", [])
        if FAULTS & {error["extensions"]["code"] for error in errors}:
            faults.append((case.body, errors))

    options = settings(
        max_examples=max(10, TOTAL // len(OPERATIONS) // 5),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for number in itertools.count():  # there is little to ask about fields without arguments
        for operation in OPERATIONS:
            seed(number)(options(given(case=operation.as_strategy())(ask)))()
        if asked >= TOTAL:
            break

    assert not faults
    assert answered > asked / 2  # the others were wrong dates, or beyond a limit
