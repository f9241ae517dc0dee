"""Measures the operations of a document against the schema, each fragment once.

Whatever a document spreads how often, the work is as long as its text: fragments that spread each
other a million times, or for ever, are a sum and not a walk.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SchemaMetaFieldDef,
    SelectionSetNode,
    TypeMetaFieldDef,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_list_type,
)
from graphql.pyutils import Undefined

from content_api.connections import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE
from content_api.limits.cost import Cost, PageSize
from content_api.limits.fragments import fragments_in_order
from content_api.limits.weights import length_of, weight_of

_SIZE_ARGUMENTS = ("first", "last", "ids")
_INTROSPECTION = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}
_ITEMS = ("nodes", "edges")  # what a connection's page size multiplies
# In a fragment on a connection: the page size of wherever it is spread.
_OF_THE_PLACE = PageSize("", MAX_PAGE_SIZE)


class Measure(NamedTuple):
    """How big a selection is."""

    fields: int = 0  # with what its fragments bring along
    depth: int = 0  # fields in each other
    nesting: int = 0  # selections in each other, fragments too
    introspects: bool = False
    cost: Cost = Cost.of(0)
    defaults: Mapping[str, int] = {}  # of an operation's variables


def measured(schema: GraphQLSchema, document: DocumentNode) -> dict[str, Measure]:
    """The measure of each operation, by name ("" for one without).

    Raises `Refused` for fragments in a circle.
    """
    measuring = _Measuring(schema)
    for fragment in fragments_in_order(document):
        on = schema.get_type(fragment.type_condition.name.value)
        measure = measuring.selection(fragment.selection_set, on, _OF_THE_PLACE)
        measuring.fragments[fragment.name.value] = on, measure
    found = {}
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            name = node.name.value if node.name else ""
            root = schema.get_root_type(node.operation)
            measure = measuring.selection(node.selection_set, root, None)
            found[name] = measure._replace(defaults=_defaults(node))
    return found


class _Measuring:
    """The walk over one document, which remembers the fragments that it has measured."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self.fragments: dict[str, tuple[Any, Measure]] = {}

    def selection(
        self, node: SelectionSetNode, parent: Any, page: int | PageSize | None
    ) -> Measure:
        """`page` is the page size where `parent` is a connection.

        A value has one type: of the parts for different types only the dearest counts.
        """
        always: list[Measure] = []
        by_type: dict[str, list[Measure]] = defaultdict(list)
        for selection in node.selections:
            if isinstance(selection, FieldNode):
                always.append(self._field(selection, parent, page))
                continue
            on, part = self._part(selection, parent, page)
            is_choice = is_abstract_type(parent) and isinstance(on, GraphQLObjectType)
            (by_type[on.name] if is_choice else always).append(part)
        choices = [_together(parts) for parts in by_type.values()]
        everything = _together([*always, *choices])
        costs = [measure.cost for measure in always]
        costs.append(Cost.dearest(measure.cost for measure in choices))
        return everything._replace(nesting=everything.nesting + 1, cost=Cost.total(costs))

    def _part(self, selection: Any, parent: Any, page: Any) -> tuple[Any, Measure]:
        """The type and the measure of a fragment, named or not."""
        if isinstance(selection, FragmentSpreadNode):
            on, measure = self.fragments.get(selection.name.value, (None, Measure()))
            if page is not None:
                cost = measure.cost.instead_of(_OF_THE_PLACE, page)
                measure = measure._replace(cost=cost)
            return on, measure
        assert isinstance(selection, InlineFragmentNode)  # noqa: S101 (there is no fourth kind)
        condition = selection.type_condition
        on = self.schema.get_type(condition.name.value) if condition else parent
        return on, self.selection(selection.selection_set, on, page)

    def _field(self, node: FieldNode, parent: Any, page: int | PageSize | None) -> Measure:
        name = node.name.value
        field = self._definition(parent, name)
        weight = Cost.of(weight_of(parent, name))
        is_introspection = name in _INTROSPECTION
        # A wrapped type is the same type: tools ask through nine of them.
        level = 0 if name == "ofType" else 1
        if node.selection_set is None:
            return Measure(1, level, 0, is_introspection, weight)
        kind = get_named_type(field.type) if field else None
        size = _page_size(node, field)
        below = self.selection(node.selection_set, kind, size)
        cost = below.cost
        if field is not None and is_list_type(get_nullable_type(field.type)):
            if size is None and name in _ITEMS:
                size = page
            cost = cost.times(size if size is not None else length_of(parent, name))
        return Measure(
            below.fields + 1,
            below.depth + level,
            below.nesting,
            below.introspects or is_introspection,
            Cost.total([weight, cost]),
        )

    def _definition(self, parent: Any, name: str) -> Any:
        """The field of this name; None where there is none, which the validation will tell."""
        return _INTROSPECTION.get(name) or getattr(parent, "fields", {}).get(name)


def _defaults(node: OperationDefinitionNode) -> dict[str, int]:
    return {
        definition.variable.name.value: int(definition.default_value.value[:9])
        for definition in node.variable_definitions
        if isinstance(definition.default_value, IntValueNode)
    }


def _together(parts: Iterable[Measure]) -> Measure:
    """The measure of several selections in one, without their cost."""
    found = list(parts)
    return Measure(
        fields=sum(part.fields for part in found),
        depth=max((part.depth for part in found), default=0),
        nesting=max((part.nesting for part in found), default=0),
        introspects=any(part.introspects for part in found),
        cost=Cost.total(part.cost for part in found),
    )


def _page_size(node: FieldNode, field: Any) -> int | PageSize | None:
    """What `first` or `last` says, or how many `ids` are given; the default where none is.

    None for a field that has none of these arguments.
    """
    if field is None:
        return None
    declared = [name for name in _SIZE_ARGUMENTS if name in field.args]
    given = {argument.name.value: argument.value for argument in node.arguments}
    for name in declared:
        value = given.get(name)
        if isinstance(value, IntValueNode):
            return max(0, int(value.value[:9]))
        if isinstance(value, ListValueNode):
            return len(value.values)
        if isinstance(value, VariableNode):
            return PageSize(value.name.value, MAX_PAGE_SIZE)
    for name in declared:
        default = field.args[name].default_value
        if isinstance(default, int) and default is not Undefined:
            return default
    return DEFAULT_PAGE_SIZE if declared else None
