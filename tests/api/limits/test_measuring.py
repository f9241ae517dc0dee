"""What operations cost, by the schema and the values of their variables."""

import pytest
from graphql import build_schema, parse

from content_api.limits.documents import check_cost, check_document
from content_api.limits.measuring import Measure, measured
from content_api.limits.weights import LENGTHS, WEIGHTS
from content_api.operations import document, operation_names
from content_api.schema import schema

ROOT = WEIGHTS["Query.*"]
TITLES = "query($n: Int!) { news(first: $n) { totalCount nodes { title } } }"


def measure(query: str) -> Measure:
    (found,) = check_document(schema.graphql_schema, parse(query)).values()
    return found


def cost(query: str, **variables) -> int:
    return check_cost(measure(query), variables)


def test_list_costs_its_page_size_times_what_is_asked_of_each_item():
    assert cost("{ news(first: 7) { nodes { title path } } }") == ROOT + 1 + 7 * 2


def test_edges_count_like_nodes():
    assert cost("{ news(first: 7) { edges { node { title } } } }") == ROOT + 1 + 7 * 2


def test_page_size_without_argument_is_the_schemas():
    assert cost("{ news { nodes { title } } }") == ROOT + 1 + 20


def test_what_does_not_repeat_is_counted_once():
    assert cost("{ news(first: 50) { totalCount } }") == ROOT + 1


@pytest.mark.parametrize(("value", "items"), [(3, 3), (100, 100), (0, 0), (-5, 0)])
def test_variable_page_size_counts_by_its_value(value, items):
    assert cost(TITLES, n=value) == ROOT + 2 + items


@pytest.mark.parametrize("value", [None, "7", True, 1.5, {}])
def test_page_size_that_is_no_number_counts_as_the_largest(value):
    assert cost(TITLES, n=value) == cost(TITLES, n=100)


def test_unknown_variable_counts_as_the_largest():
    assert cost(TITLES) == cost(TITLES, n=100)


def test_default_of_a_variable_counts_where_none_is_given():
    query = "query($n: Int! = 7) { news(first: $n) { nodes { title } } }"

    assert (cost(query), cost(query, n=9)) == (ROOT + 1 + 7, ROOT + 1 + 9)


def test_list_without_page_size_has_a_length_by_declaration():
    path = '{ page(path: "/") { ... on Page { signOff { role } } } }'

    assert cost(path) == ROOT + 1 + LENGTHS["Node.signOff"]


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ('{ things(ids: ["1", "2", "3"]) { title } }', {}),
        ("query($ids: [ID!]!) { things(ids: $ids) { title } }", {"ids": ["1", "2", "3"]}),
    ],
)
def test_list_by_ids_is_as_long_as_they_are_many(query, variables):
    things = build_schema(
        "type Query { things(ids: [ID!]!): [Thing]! } type Thing { title: String }"
    )
    (found,) = measured(things, parse(query)).values()

    assert check_cost(found, variables) == ROOT + 3


def test_list_of_blocks_multiplies_what_is_in_it():
    flat = cost('{ page(path: "/") { ... on NewsPage { body { id } } } }')
    deep = cost('{ page(path: "/") { ... on NewsPage { body { id blockType } } } }')

    assert deep - flat == LENGTHS["Page.body"]


def test_of_parts_for_different_types_the_dearest_counts():
    one = cost('{ page(path: "/") { ... on NewsPage { title path } } }')
    both = cost('{ page(path: "/") { ... on NewsPage { title path } ... on HomePage { title } } }')

    assert both == one


def test_parts_for_an_interface_are_added():
    both = cost('{ page(path: "/") { ... on NewsPage { title } ... on Page { title } } }')

    assert both == ROOT + 2


def test_fragment_costs_each_time_that_it_is_spread():
    fragment = "fragment F on NewsConnection { nodes { title path } }"
    once = cost("{ news(first: 9) { ...F } } " + fragment)
    twice = cost("{ a: news(first: 9) { ...F } b: news(first: 5) { ...F } } " + fragment)

    assert (once, twice) == (ROOT + 1 + 18, 2 * (ROOT + 1) + 18 + 10)


def test_million_spreads_cost_a_sum_and_no_walk():
    bomb = " ".join(
        f"fragment F{i} on NavigationItem {{ title ...F{i + 1} ...F{i + 1} }}" for i in range(20)
    )
    document_ = parse(
        "{ navigation { ...F0 } } " + bomb + " fragment F20 on NavigationItem { title }"
    )
    (found,) = measured(schema.graphql_schema, document_).values()

    assert found.fields > 2**20


def test_every_operation_of_a_document_is_measured():
    found = check_document(
        schema.graphql_schema, parse("query A { navigation { title } } query B { topics { key } }")
    )

    assert set(found) == {"A", "B"}


@pytest.mark.parametrize("coordinates", [*WEIGHTS, *LENGTHS])
def test_declared_numbers_are_of_fields_that_exist(coordinates):
    type_name, field = coordinates.split(".")
    kind = schema.graphql_schema.get_type(type_name)

    assert field == "*" or field in kind.fields or coordinates == "Page.body"


@pytest.mark.parametrize("name", operation_names())
def test_our_own_operations_are_within_every_limit(name):
    (found,) = check_document(schema.graphql_schema, document(name)).values()

    assert check_cost(found, {}) > 0
