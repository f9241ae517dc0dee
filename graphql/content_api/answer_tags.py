"""The tags of an answer: of everything it was read from, so that a change of any purges it.

What is not known to be narrow counts as a list of everything: it is purged too often, never too
seldom. See `cms.publication.tags`.
"""

from collections.abc import Iterator
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    get_operation_ast,
    value_from_ast_untyped,
)

from cms.publication.tags import EVERYTHING, LAYOUT, LISTS, TRANSPARENCY, list_tag, subject_tag
from content_api.context import Context
from content_api.types import object_types

# Root fields that only some records enter by being published, those of one type or none; and what
# something else than a publication changes too.
_NARROW: dict[str, frozenset[str]] = {
    "__typename": frozenset(),
    "__schema": frozenset(),
    "__type": frozenset(),
    "page": frozenset(),
    "navigation": frozenset({LAYOUT}),
    "alertsInForce": frozenset({LAYOUT}),
    "alert": frozenset({list_tag("Alert")}),
    "alerts": frozenset({list_tag("Alert")}),
    # What is withdrawn leaves them too.
    "assessment": frozenset({LISTS, list_tag("Assessment")}),
    "assessments": frozenset({LISTS, list_tag("Assessment")}),
    "departments": frozenset({list_tag("Department")}),
    "news": frozenset({list_tag("NewsPage")}),
    "transparency": frozenset({LISTS, TRANSPARENCY}),
}
# Lists that are narrow where they are asked for types by name.
_BY_TYPE = {"kindCounts", "pages", "records", "topics"}


def tags_of(context: Context) -> set[str]:
    """The tags of the answer that was made in this context."""
    if context.question is None:
        return {EVERYTHING, LISTS}
    tags = {EVERYTHING}
    for reader in context.readers:
        for row in reader.seen():
            tags |= {subject_tag(row.subject), row.type}
        if reader.found_elsewhere:
            tags.add(LISTS)
    document, operation_name, variables = context.question
    for field in _root_fields(document, operation_name):
        tags |= _tags_of_field(field, variables)
    return tags


def _tags_of_field(field: FieldNode, variables: dict[str, Any] | None) -> frozenset[str]:
    name = field.name.value
    if name not in _BY_TYPE:
        return _NARROW.get(name, frozenset({LISTS}))
    given = {
        argument.name.value: value_from_ast_untyped(argument.value, variables)
        for argument in field.arguments
    }
    asked = given.get("type") or (given.get("filter") or {}).get("type")
    types = [asked] if isinstance(asked, str) else asked
    if not types or not isinstance(types, list):
        return frozenset({LISTS})
    # A reader may write anything: what is no type has no records, and is no name for a header.
    return frozenset(list_tag(one) for one in object_types if one in types)


def _root_fields(document: DocumentNode, operation_name: str | None) -> Iterator[FieldNode]:
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    operation = get_operation_ast(document, operation_name)
    waiting: list[Any] = [operation]
    while waiting:
        for node in waiting.pop().selection_set.selections:
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, FragmentSpreadNode):
                waiting.append(fragments[node.name.value])
            else:
                waiting.append(node)
