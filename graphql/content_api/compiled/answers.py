"""Answers by compiled operations, which are kept; None where graphene must answer."""

import logging
from collections import OrderedDict
from typing import Any

import orjson
from graphql import DocumentNode, GraphQLError, GraphQLSchema
from graphql.execution.values import get_variable_values

from content_api.compiled.plans import Plan
from content_api.compiled.selections import NotCompiled, Operation, operation_of

logger = logging.getLogger(__name__)
KEPT = 256  # operations, as many as documents are kept


class Compiled:
    """One operation of one document, with a plan for each choice of its conditions."""

    def __init__(self, document: DocumentNode, operation: Operation | None) -> None:
        self.document = document  # held, so that no other document gets its identity
        self.operation = operation
        self._plans: dict[tuple[Any, ...], Plan] = {}

    def plan(self, variables: dict[str, Any]) -> Plan:
        """The plan for these variables. Raises what compiling raises."""
        operation = self.operation
        if operation is None:
            raise NotCompiled("refused before")
        chosen = {name: variables[name] for name in operation.conditions if name in variables}
        key = tuple(chosen.items())
        if key not in self._plans:
            self._plans[key] = Plan(operation, chosen)
        return self._plans[key]


_kept: OrderedDict[tuple[int, str | None], Compiled] = OrderedDict()


def compiled_data(
    schema: GraphQLSchema,
    document: DocumentNode,
    variables: dict[str, Any] | None,
    context: Any,
    operation_name: str | None,
) -> bytes | None:
    """The data of the answer to a validated document, as JSON; None: graphene must be asked.

    It must be where the operation cannot be compiled, and for every answer with an error: so the
    errors, their paths and what becomes null are always graphene's own.
    """
    compiled = _compiled(schema, document, operation_name)
    if compiled.operation is None:
        return None
    declared = compiled.operation.node.variable_definitions or ()
    try:
        values = get_variable_values(schema, declared, variables or {}, max_errors=1)
        if isinstance(values, list):
            return None
        return orjson.dumps(compiled.plan(values).run(context, values))
    except NotCompiled as reason:
        logger.debug("Left to graphene: %s", reason)
    except GraphQLError:
        pass  # the reader's own mistake: graphene words it
    except Exception:
        logger.debug("Left to graphene", exc_info=True)  # which fails alike, and is logged
    return None


def _compiled(schema: GraphQLSchema, document: DocumentNode, name: str | None) -> Compiled:
    key = id(document), name
    try:
        compiled = _kept[key]
        _kept.move_to_end(key)
        return compiled
    except KeyError:
        pass
    try:
        operation = operation_of(schema, document, name)
    except NotCompiled as reason:
        logger.debug("Left to graphene: %s", reason)
        operation = None
    compiled = _kept[key] = Compiled(document, operation)
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return compiled
