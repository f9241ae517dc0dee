"""The committed SDL and the stored operations."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import override

from content_api.descriptions import TEXTS, parts, undescribed
from content_api.errors import Refused
from content_api.operations import document, operation_names, run
from content_api.schema import schema
from tests.api.ask import variables_of


def test_committed_schema_is_current():
    call_command("export_schema", check=True)


def test_schema_is_english_in_a_thai_process():
    with translation.override("th"):
        call_command("export_schema", check=True)


def test_there_is_nothing_to_change():
    assert schema.graphql_schema.mutation_type is None
    assert schema.graphql_schema.subscription_type is None


def test_every_part_of_the_schema_is_described():
    assert undescribed(schema.graphql_schema) == []


def test_every_text_describes_something():
    names = {name for name, _part, _owner in parts(schema.graphql_schema)}
    lasts = {name[name.index("(") :] if "(" in name else name.split(".")[-1] for name in names}

    assert set(TEXTS) - names - lasts == set()


def test_stored_operations_are_valid():
    assert {"page", "news", "news_feed", "sitemap", "home", "permanent"} <= set(operation_names())


def test_unknown_operation_is_named_as_such():
    with override("en"), pytest.raises(Refused, match="no stored operation"):
        document("nothing")


@pytest.mark.parametrize("locale", ["TH", "EN"])
@pytest.mark.parametrize("name", operation_names())
def test_operation_runs_in_both_languages(open_office, name, locale):
    result = run(name, variables_of(name, locale))

    assert result.errors is None


def test_resolvers_refuse_with_a_code():
    """Any other error is masked: its text could be the database's."""
    folder = settings.BASE_DIR / "graphql" / "content_api"
    raising = [p.name for p in folder.rglob("*.py") if "raise GraphQLError(" in p.read_text()]

    assert raising == []
