"""The contract as text: `graphql/schema.graphql`."""

from functools import cache
from pathlib import Path

from django.conf import settings
from graphql import print_schema

from content_api.schema import schema

COMMITTED: Path = settings.BASE_DIR / "graphql" / "schema.graphql"


@cache
def text() -> str:
    """The SDL of the schema that the code makes."""
    return print_schema(schema.graphql_schema) + "\n"
