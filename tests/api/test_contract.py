"""The committed SDL and the stored operations."""

import pytest
from django.core.management import call_command
from django.utils import translation
from graphql import is_introspection_type, is_object_type

from content_api.operations import UnknownOperation, document, operation_names, run
from content_api.schema import schema


def test_committed_schema_is_current():
    call_command("export_schema", check=True)


def test_schema_is_english_in_a_thai_process():
    with translation.override("th"):
        call_command("export_schema", check=True)


def test_there_is_nothing_to_change():
    assert schema.graphql_schema.mutation_type is None
    assert schema.graphql_schema.subscription_type is None


def test_every_type_is_described():
    types = schema.graphql_schema.type_map.values()
    objects = [t for t in types if is_object_type(t) and not is_introspection_type(t)]
    assert [t.name for t in objects if not t.description] == []


def test_stored_operations_are_valid():
    assert {"page", "news", "news_feed", "sitemap", "home", "permanent"} <= set(operation_names())


def test_unknown_operation_is_named_as_such():
    with pytest.raises(UnknownOperation):
        document("nothing")


VARIABLES = {
    "page": {"path": "/news/"},
    "news": {"first": 5},
    "permanent": {"permanentId": "unknown"},
}


@pytest.mark.parametrize("locale", ["TH", "EN"])
@pytest.mark.parametrize("name", operation_names())
def test_operation_runs_in_both_languages(open_office, name, locale):
    result = run(name, {"locale": locale, **VARIABLES.get(name, {})})

    assert result.errors is None
