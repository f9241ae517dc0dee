"""Completes objects: field by field, or from text that was made when the record was published."""

from collections.abc import Sequence
from typing import Any

from graphql import GraphQLObjectType

from content_api.compiled.ready import filled
from content_api.compiled.running import Run
from content_api.compiled.selections import NotCompiled
from content_api.compiled.shapes import AskedField, Shape
from content_api.limits.deadline import check_time


class ObjectCompleter:
    """What is asked of an object of one type in one place of an operation."""

    def __init__(
        self, type_: GraphQLObjectType, fields: list[AskedField], shape: Shape | None
    ) -> None:
        self.shape = shape
        self._type = type_
        self._is_type_of: Any = type_.is_type_of
        self._fields = [(field.key, field.resolve, field.complete) for field in fields]

    def __call__(self, source: Any, run: Run) -> Any:
        """The object's data for the answer. Raises where graphene would give an error."""
        check_time()
        if self._is_type_of is not None and not self._is_type_of(source, run):
            raise NotCompiled(f"not a {self._type.name}")
        if self.shape is not None:
            text = run.ready.text(self.shape, source)
            if text is not None:
                return filled(text, self.shape, source, run)
        return {key: complete(resolve(source, run), run) for key, resolve, complete in self._fields}

    def prepare(self, sources: Sequence[Any], run: Run) -> None:
        """Fetches the ready text of many records at once."""
        if self.shape is not None:
            run.ready.fetch([(self.shape, source) for source in sources if source is not None])
