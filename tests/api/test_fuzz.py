"""Schemathesis asks whatever the schema allows: no operation may end in a fault of ours.

`FUZZ_OPERATIONS=5000 pytest -m fuzz` (or `make fuzz`) asks 5,000; without it a few for each field.
Each is asked as it was made, and again with arguments for which there is an answer, as nearly all
that are made are refused over their arguments.
"""

import itertools
import json
import os
import string
from collections import Counter
from random import Random
from typing import Any

import pytest
import schemathesis
from django.conf import settings as django_settings
from graphql import StringValueNode
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from cms.access.previews import make_link
from pages.models import NewsPage
from tests.alerts.alerting import released
from tests.api.every_type import EveryType
from tests.api.known_arguments import KnownArguments, has_content
from tests.assessors.answering import address_of, answered, submitted, year_list
from tests.office import Office
from tests.publication.withdrawing import withdraw

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


class Asking:
    """Asks the API, and keeps what went wrong and which root fields told something."""

    def __init__(self, client: Any, key: str) -> None:
        self.client, self.key = client, key
        client.raise_request_exception = False
        self.faults: list[Any] = []
        self.asked: Counter[str] = Counter()
        self.told: Counter[str] = Counter()

    def ask(self, body: str, headers: dict[str, str] | None = None) -> None:
        """Asks one operation."""
        response = self.client.post(
            "/graphql/",
            json.dumps({"query": body}),
            content_type="application/json",
            headers=headers or {},
        )
        if response.status_code >= 500 and response.status_code != TOO_SLOW:
            self.faults.append((body, response.content[:2000]))
            return
        answer = response.json()
        errors = answer.get("errors", [])
        if FAULTS & {error["extensions"]["code"] for error in errors}:
            self.faults.append((body, errors))
        for name, value in (answer.get("data") or {}).items():
            self.told[name] += has_content(value)

    def ask_both(self, case: Any, known: KnownArguments) -> None:
        """Asks an operation as it was made, and with arguments that have an answer."""
        name = case.operation.label.partition(".")[2]
        self.asked[name] += 1
        self.ask(case.body)
        headers = {"X-Preview-Token": self.key} if name == "preview" else {}
        self.ask(known.put_into(case.body, Random(case.body)), headers)  # noqa: S311


@pytest.fixture
def full_office(open_office: Office) -> NewsPage:
    """Something of every type, versions, a withdrawal, an alert, answers to assessors.

    Returns a draft beside them.
    """
    EveryType(open_office).publish()
    page = open_office.show(open_office.draft(title="ข่าวเดิม", slug="old", kind="general"))
    open_office.show(open_office.edit(page, title="ข่าวใหม่", slug="new"))
    withdraw(open_office, open_office.show(open_office.draft(title="ข่าวที่ถอน", slug="gone")))
    released(open_office)
    assessment = year_list("O1")
    answered(open_office, assessment, "O1", address_of(page), "https://example.org/", th="อยู่ที่นี่")
    submitted(open_office, assessment)
    return open_office.draft(title="ข่าวร่าง", slug="draft", summary="ร่าง")


def test_no_operation_is_a_fault_of_ours(full_office, open_office: Office, client):
    known = KnownArguments(SCHEMA.client_schema)
    asking = Asking(client, make_link(full_office, open_office.reporter.user)[1])
    options = settings(
        max_examples=max(10, TOTAL // len(OPERATIONS) // 5),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for number in itertools.count():  # there is little to ask about fields without arguments
        for operation in OPERATIONS:
            ask = given(case=operation.as_strategy())(lambda case: asking.ask_both(case, known))
            seed(number)(options(ask))()
        if asking.asked.total() >= TOTAL:
            break

    assert not asking.faults
    # Every field of Query, without an exception, told something that is public.
    assert {name for name in known.fields if not asking.told[name]} == set()
    assert asking.told.total() > asking.asked.total() / 2
