"""What resolvers are told while a compiled operation runs once, and what its closures share."""

from typing import Any

from graphql import GraphQLSchema

from content_api.compiled.ready import ReadyTexts
from content_api.compiled.selections import NotCompiled, Operation


class Run:
    """One run of an operation. Resolvers take it for their `GraphQLResolveInfo`.

    One object serves every field, so it cannot say which field is asked: a resolver that wants to
    know makes the operation one for graphene.
    """

    def __init__(self, operation: Operation, context: Any, variables: dict[str, Any]) -> None:
        self.context = context
        self.variable_values = variables
        self.operation = operation.node
        self.fragments = operation.fragments
        self.schema: GraphQLSchema = operation.schema
        self.root_value = None
        self.arguments: dict[int, dict[str, Any]] = {}  # which variables decide, by place
        self.ready = ReadyTexts()

    def __getattr__(self, name: str) -> Any:
        raise NotCompiled(f"a resolver asks for info.{name}")
