"""The fragments of a document in the order in which they can be measured: each after its own."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    SelectionSetNode,
)

from content_api.errors import Code, Refused


def fragments_in_order(document: DocumentNode) -> list[FragmentDefinitionNode]:
    """Every fragment of a document, after those that it spreads.

    Raises `Refused` where fragments spread each other in a circle (in the specification:
    "Fragment spreads must not form cycles"). Each is looked at once, however often it is spread.
    """
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    waits_for = {
        name: {spread for spread in _spreads(node.selection_set) if spread in fragments}
        for name, node in fragments.items()
    }
    waited_for_by: dict[str, list[str]] = {name: [] for name in fragments}
    for name, others in waits_for.items():
        for other in others:
            waited_for_by[other].append(name)
    ready = [name for name, others in waits_for.items() if not others]
    in_order = []
    while ready:
        done = ready.pop()
        in_order.append(fragments[done])
        for name in waited_for_by[done]:
            waits_for[name].discard(done)
            if not waits_for[name]:
                ready.append(name)
    if len(in_order) < len(fragments):
        name = next(name for name, others in waits_for.items() if others)
        raise Refused(
            _("The fragment %(name)s is part of a circle of fragments."),
            Code.GRAPHQL_VALIDATION_FAILED,
            fragments[name],
            name=name[:40],
        )
    return in_order


def _spreads(selection_set: SelectionSetNode) -> Iterator[str]:
    """The names of the fragments that stand anywhere in a selection."""
    queue = [selection_set]
    while queue:
        for selection in queue.pop().selections:
            if isinstance(selection, FragmentSpreadNode):
                yield selection.name.value
            elif isinstance(selection, FieldNode | InlineFragmentNode) and selection.selection_set:
                queue.append(selection.selection_set)
