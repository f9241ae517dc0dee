"""Whatever is asked, nothing comes back that is not public: over the whole schema."""

import re
from collections.abc import Iterator
from typing import Any

import graphene
import orjson
import pytest
from django.core.cache import cache
from django.db import transaction
from graphql import (
    FieldsOnCorrectTypeRule,
    GraphQLSchema,
    KnownArgumentNamesRule,
    ProvidedRequiredArgumentsRule,
    execute,
    parse,
    validate,
)

from content_api.blocks import block_types
from content_api.context import Context
from content_api.errors import Code, told
from content_api.schema import Query, schema
from content_api.types import object_types
from pages.models import NewsPage
from tests.api.leaks.private import inner_matters, names_of_private_pages, private_pages
from tests.api.leaks.walker import questions
from tests.api.leaks.world import Secrets, ended_world, invisible_world, public_world
from tests.office import Office

# Those that find a mistake of the walker; whether fields can be merged takes minutes to find out.
RULES = [FieldsOnCorrectTypeRule, KnownArgumentNamesRule, ProvidedRequiredArgumentsRule]
USUAL = {
    "locale": ["TH", "EN"],
    "path": ["/", "/news/", "/news/public/", "/news/withdrawn/"],
    "type": [sorted(object_types)],
    "query": ["ข่าว"],
    "framework": ["test-list"],
    "fiscalYear": [2566, 2565, 2564, 2567],
}


def answers(
    asked: list[str], graph: GraphQLSchema, roots: list[str] | None = None
) -> Iterator[tuple]:
    """Each question with each set of variables, and the bytes that a reader would get."""
    for question in questions(graph, asked, USUAL, roots):
        document = parse(question.document)
        assert validate(graph, document, RULES) == [], question.document[:2000]
        for variables in question.variables:
            yield question, variables, answer(graph, document, variables)


def answer(graph: GraphQLSchema, document: Any, variables: dict[str, Any]) -> str:
    """Data and masked errors, as they would leave."""
    result: Any = execute(graph, document, context_value=Context(), variable_values=variables)
    errors = [told(error, Code.BAD_USER_INPUT) for error in result.errors or ()]
    text = orjson.dumps({"data": result.data, "errors": errors}).decode()
    assert Code.INTERNAL_ERROR not in text, (variables, result.errors)
    return text


def leaks(secrets: Secrets, graph: GraphQLSchema, roots: list[str] | None = None) -> list[tuple]:
    """What came back that must not, with the question that it came back to."""
    return [
        (word, what, question.label, variables)
        for question, variables, text in answers(secrets.asked, graph, roots)
        if "tellzq" in text
        for word, what in secrets.told.items()
        if word in text
    ]


# Of `changes`: sealed, and never twice the same, as it holds the moment.
_CURSOR = re.compile(r'"RecordChanges_cursor_\d+": ?"[^"]*"')


def differences(
    office: Office, graph: GraphQLSchema, roots: list[str] | None = None
) -> list[tuple[str, dict[str, Any]]]:
    """The questions that are answered otherwise while there is something that nobody may see."""
    hidden = Secrets()
    form = public_world(office, hidden)
    with transaction.atomic():
        invisible_world(office, form, hidden)
        private_pages(office, hidden)
        inner_matters(office, hidden)
        with_it = [text for _question, _variables, text in answers(hidden.asked, graph, roots)]
        transaction.set_rollback(True)
    cache.clear()
    without = answers(hidden.asked, graph, roots)
    return [
        (question.label, variables)
        for (question, variables, text), other in zip(without, with_it, strict=True)
        if _CURSOR.sub("", text) != _CURSOR.sub("", other)
    ]


@pytest.fixture
def secrets(open_office: Office) -> Secrets:
    """All that is hidden in an office with much that is public."""
    hidden = Secrets()
    form = public_world(open_office, hidden)
    invisible_world(open_office, form, hidden)
    private_pages(open_office, hidden)
    inner_matters(open_office, hidden)
    ended_world(open_office, hidden)
    names_of_private_pages(open_office, hidden)
    return hidden


def test_nothing_hidden_comes_back_whatever_is_asked(secrets: Secrets):
    assert leaks(secrets, schema.graphql_schema) == []


def test_what_is_invisible_changes_no_answer(open_office: Office):
    assert differences(open_office, schema.graphql_schema) == []


class Leaky(Query):
    """The schema with two fields too many."""

    newest_draft = graphene.String()
    draft_count = graphene.Int()

    @staticmethod
    def resolve_newest_draft(root: Any, info: Any) -> str:
        return NewsPage.objects.filter(live=False).first().summary

    @staticmethod
    def resolve_draft_count(root: Any, info: Any) -> int:
        return NewsPage.objects.filter(live=False).count()


def leaky() -> GraphQLSchema:
    types = [*object_types.values(), *block_types.values()]
    return graphene.Schema(query=Leaky, types=types).graphql_schema


def test_field_that_tells_a_draft_is_found(secrets: Secrets):
    found = leaks(secrets, leaky(), ["newestDraft", "navigation"])
    assert {label for _word, _what, label, _variables in found} == {"newestDraft()"}


def test_field_that_counts_drafts_is_found(open_office: Office):
    found = differences(open_office, leaky(), ["draftCount", "navigation"])
    assert [label for label, _variables in found] == ["draftCount()"]
