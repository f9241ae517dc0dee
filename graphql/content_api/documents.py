"""Documents that readers send: measured, validated and remembered, each once."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from django.conf import settings
from graphql import DocumentNode, GraphQLError, parse, specified_rules, validate

from content_api.errors import Refused
from content_api.limits.documents import check_document
from content_api.limits.lexical import check_text
from content_api.limits.measuring import Measure, measured
from content_api.operations import stored_operation
from content_api.schema import schema


class Document(NamedTuple):
    """A document, or what is wrong with it: `node` is None where it could not be parsed."""

    node: DocumentNode | None
    errors: tuple[GraphQLError, ...] = ()
    measures: Mapping[str, Measure] = {}  # of each operation by name; "" without one
    name: str | None = None  # of a stored operation


@lru_cache(maxsize=256)
def prepared(query: str) -> Document:
    """A document of a reader. Beyond a limit it is neither parsed nor validated any further."""
    try:
        check_text(query)
        node = parse(query, max_tokens=settings.GRAPHQL_MAX_TOKENS)
    except GraphQLError as error:
        return Document(None, (error,))
    try:
        measures = check_document(schema.graphql_schema, node)
    except Refused as refusal:
        return Document(node, (refusal,))
    errors = validate(schema.graphql_schema, node, specified_rules, max_errors=5)
    return Document(node, tuple(errors), measures)


@cache
def stored_document(name: str) -> Document:
    """A stored operation, validated when it was loaded: nothing but its cost can refuse it."""
    node = stored_operation(name).document
    return Document(node, (), measured(schema.graphql_schema, node), name)
