"""What a document may cost, measured before it runs."""

from typing import Any

from graphql import FieldNode, FragmentSpreadNode, GraphQLError, ValidationRule

MAX_TOKENS = 3000
MAX_DEPTH = 14
MAX_ALIASES = 20
MAX_COST = 20_000
_LIST_FIELDS = {"pages", "news"}
_DEFAULT_LIST = 20


class LimitsRule(ValidationRule):
    """Refuses documents that are too deep, alias too much, or would read too many fields.

    Fragments are expanded; a list multiplies what is asked below it by its `first`.
    """

    def enter_operation_definition(self, operation: Any, *_args: Any) -> None:
        """Measures one operation."""
        self.aliases = 0
        self.cost = 0
        try:
            self._walk(operation, depth=0, times=1, inside=frozenset())
        except _TooMuch as reason:
            self.report_error(GraphQLError(str(reason), operation))

    def _walk(self, node: Any, depth: int, times: int, inside: frozenset[str]) -> None:
        if depth > MAX_DEPTH:
            raise _TooMuch(f"The document is deeper than {MAX_DEPTH} levels.")
        for selection in node.selection_set.selections if node.selection_set else ():
            if isinstance(selection, FieldNode):
                self._count(selection, times)
                self._walk(selection, depth + 1, times * _length(selection), inside)
            elif isinstance(selection, FragmentSpreadNode):
                name = selection.name.value
                fragment = self.context.get_fragment(name)
                if fragment and name not in inside:  # cycles are another rule's error
                    self._walk(fragment, depth, times, inside | {name})
            else:
                self._walk(selection, depth, times, inside)

    def _count(self, field: FieldNode, times: int) -> None:
        self.aliases += field.alias is not None
        self.cost += times
        if self.aliases > MAX_ALIASES:
            raise _TooMuch(f"The document has more than {MAX_ALIASES} aliases.")
        if self.cost > MAX_COST:
            raise _TooMuch(f"The document would read more than {MAX_COST} fields.")


class _TooMuch(Exception):
    pass


def _length(field: FieldNode) -> int:
    if field.name.value not in _LIST_FIELDS:
        return 1
    for argument in field.arguments:
        if argument.name.value == "first":
            # A variable may hold anything up to the cap.
            value = getattr(argument.value, "value", None)
            return int(value) if value and str(value).isdecimal() else 100
    return _DEFAULT_LIST
