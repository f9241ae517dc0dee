"""How long the validation would compare fields with each other, reckoned before it does.

"Fields in set can merge" of the specification compares every two fields that answer under the same
name, and again everything below them: a document of a few thousand tokens can keep it busy for
minutes. Nobody needs to ask for the same thing so often.
"""

from collections import defaultdict

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

_CHARACTERS = 40  # of arguments that cost as much as comparing two names


def comparisons(document: DocumentNode, enough: int | None = None) -> int:
    """At least as many comparisons as validating a document takes; stops soon after `enough`.

    The expanded fields must have been counted before: this walks over each.
    """
    fragments = {
        node.name.value: node.selection_set
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    total = 0
    queue = [
        [node.selection_set]
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode)
    ]
    while queue and (enough is None or total <= enough):
        for fields in _by_answer_name(queue.pop(), fragments).values():
            total += len(fields) * sum(_size(field) for field in fields) // 2
            below = [field.selection_set for field in fields if field.selection_set]
            if below:
                queue.append(below)
    return total


def _by_answer_name(
    selections: list[SelectionSetNode], fragments: dict[str, SelectionSetNode]
) -> dict[str, list[FieldNode]]:
    """Every field of selections that answer in one place, fragments expanded, each once."""
    found: dict[str, list[FieldNode]] = defaultdict(list)
    expanded: set[str] = set()
    queue = list(selections)
    while queue:
        for selection in queue.pop().selections:
            if isinstance(selection, FieldNode):
                found[(selection.alias or selection.name).value].append(selection)
            elif isinstance(selection, FragmentSpreadNode):
                name = selection.name.value
                if name in fragments and name not in expanded:
                    expanded.add(name)
                    queue.append(fragments[name])
            else:
                queue.append(selection.selection_set)  # type: ignore[attr-defined]
    return found


def _size(field: FieldNode) -> int:
    """Arguments are compared as texts."""
    if not field.arguments or field.loc is None:
        return 1
    first, last = field.arguments[0].loc, field.arguments[-1].loc
    return 1 + ((last.end - first.start) // _CHARACTERS if first and last else 0)
