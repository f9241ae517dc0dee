"""Compiled operations answer byte for byte as graphene's executor does."""

import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import orjson
import pytest
from django.db import transaction
from django.utils import timezone
from graphql import DocumentNode, GraphQLError, parse, validate
from hypothesis import HealthCheck, Phase, assume, event, given, settings

from cms.publication.models import Publication
from content_api.compiled.answers import compiled_data
from content_api.compiled.making import Shapes, stored_shapes
from content_api.context import Context
from content_api.execution import answer, reference
from content_api.models import ReadyJson
from content_api.operations import document, operation_names
from tests.api.ask import variables_of
from tests.api.compiled.documents import SCHEMA, Asked, documents
from tests.api.compiled.rich_office import PATHS, fill
from tests.office import Office

pytestmark = pytest.mark.django_db
EXAMPLES = 100
VALUES: dict[str, list[Any]] = {
    "path": PATHS,
    "under": ["/", "/th/news/", "/news/"],
    "childOf": ["/", "/news/", "/th/news/"],
    "permanentId": ["unknown", "", "x"],
    "identifier": ["unknown-1", "???"],
    "hash": ["0" * 64, "short"],
    "first": [0, 1, 2, 5, 20, 101, -1],
    "after": [None, "not-a-cursor"],
    "asOf": ["2026-01-01T00:00:00Z", "2999-01-01T00:00:00Z", None],
    "type": [["NewsPage"], ["NewsPage", "EventPage"], ["Position", "Banner"], []],
    "department": ["x", "00000000-0000-0000-0000-000000000000:th"],
}


@pytest.fixture(scope="module")
def rich_office(django_db_setup, django_db_blocker) -> Iterator[Office]:
    """Filled once for all tests here, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        office = Office()
        fill(office)
        yield office
        transaction.set_rollback(True)


def same(asked: Asked) -> bool:
    """Asks both; fails where they differ. Whether the compiled operation answered."""
    node = parse(asked.query)
    assume(not validate(SCHEMA, node))
    with patch("django.utils.timezone.now", return_value=timezone.now()):  # which some answers tell
        return _same(node, asked)


def _refusals(errors: list[Any]) -> list[tuple]:
    """What was refused and why. Which of a field's wrong arguments is named first is open."""
    return [(error.path, (error.formatted.get("extensions") or {}).get("code")) for error in errors]


def _same(node: DocumentNode, asked: Asked) -> bool:
    with patch("content_api.lists.MAX_REPEATED", 0):  # by querysets alone, no SQL written before
        expected = reference(node, asked.variables, Context())
    data = compiled_data(SCHEMA, node, asked.variables, Context(), None)
    if expected.errors:
        assert data is None
        found = answer(node, asked.variables, Context())
        assert _refusals(found.errors or []) == _refusals(expected.errors)
        assert orjson.dumps(found.data) == orjson.dumps(expected.data)
        return False
    assert data is not None, "left to graphene without need"
    assert_same(data, expected.data)
    if Shapes([node]).make(standing()):
        ready = compiled_data(SCHEMA, node, asked.variables, Context(), None)
        assert_same(ready, expected.data)
        ReadyJson.objects.all().delete()
    return True


def assert_same(found: bytes | None, data: Any) -> None:
    """Fails with the place where the bytes differ."""
    expected = orjson.dumps(data)
    if found != expected:
        pairs = enumerate(zip(found or b"", expected, strict=False))
        same = next((place for place, (one, other) in pairs if one != other), 0)
        parts = [text[max(0, same - 150) : same + 150] for text in (found or b"", expected)]
        pytest.fail("\nis not\n".join(part.decode(errors="replace") for part in parts))


def standing() -> list[Publication]:
    """Everything that is public now."""
    return list(Publication.objects.effective().select_related("address"))


def test_documents_of_any_shape_are_answered_alike(rich_office: Office):
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # each example is two answers: too slow to shrink
        suppress_health_check=list(HealthCheck),
    )
    @given(documents(VALUES))
    def check(asked: Asked) -> None:
        event("compiled" if same(asked) else "error")

    check()


@pytest.mark.parametrize("name", operation_names())
def test_stored_operations_are_answered_alike(rich_office: Office, name: str):
    paths = PATHS if name == "page" else PATHS[2:3]
    asked = [variables_of(name, "EN" if path == PATHS[2] else "TH", path) for path in paths]
    expected = [reference(document(name), variables, Context()) for variables in asked]
    assert [result.errors for result in expected] == [None] * len(asked)
    for _time in ("without ready text", "with it"):
        for variables, result in zip(asked, expected, strict=True):
            data = compiled_data(SCHEMA, document(name), variables, Context(), None)
            assert data == orjson.dumps(result.data)
        stored_shapes().make(standing())
    ReadyJson.objects.all().delete()


def test_mistakes_of_a_reader_are_worded_by_graphene(rich_office: Office):
    node = parse("query ($n: Int!) { a: news { totalCount } news(first: $n) { totalCount } }")

    result = answer(node, {"n": 500}, Context())

    assert result.data is None  # null went up to the root, as both fields are never null
    assert [error.path for error in result.errors or []] == [["news"]]
    assert isinstance((result.errors or [])[0], GraphQLError)
    assert json.dumps(result.errors[0].formatted)


def test_variables_that_are_missing_are_told_of(rich_office: Office):
    result = answer(parse("query ($n: Int!) { news(first: $n) { totalCount } }"), {}, Context())

    assert "was not provided" in (result.errors or [])[0].message
