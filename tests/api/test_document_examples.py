"""The queries in `docs/api.md` fit the schema and get an answer."""

import re

import pytest
from django.conf import settings
from graphql import parse, validate

from content_api.schema import schema
from tests.api.ask import ask
from tests.office import Office

TEXT = (settings.BASE_DIR / "docs" / "api.md").read_text()
QUERIES = re.findall(r"```graphql\n(query .*?)```", TEXT, re.DOTALL)


def test_there_are_some():
    assert len(QUERIES) >= 2


@pytest.mark.parametrize("query", QUERIES)
def test_each_fits_the_schema_and_is_answered(open_office: Office, query: str):
    assert validate(schema.graphql_schema, parse(query)) == []
    ask(query)
