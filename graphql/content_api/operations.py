"""Stored operations: the questions of our own site and feeds, each a file, called by name."""

import hashlib
from functools import cache
from typing import Any, NamedTuple

import orjson
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from graphql import (
    DocumentNode,
    ExecutionResult,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    Node,
    OperationDefinitionNode,
    Visitor,
    parse,
    print_ast,
    validate,
    visit,
)

from cms.publication.sites import present_site
from cms.snapshot.snapshot import Snapshot
from content_api.answer_tags import tags_of
from content_api.caching import Look, memory
from content_api.context import Context
from content_api.errors import Code, Refused, code_of
from content_api.execution import answer, ready_data
from content_api.observability.observation import observed
from content_api.schema import schema

FOLDER = settings.BASE_DIR / "graphql" / "operations"


class StoredOperation(NamedTuple):
    """A file of `graphql/operations/`: its operation with the fragments that it uses."""

    name: str
    document: DocumentNode
    body: str
    sha256: str

    @property
    def operation(self) -> OperationDefinitionNode:
        """The operation itself, without its fragments."""
        definition = self.document.definitions[0]
        assert isinstance(definition, OperationDefinitionNode)  # noqa: S101 (made so below)
        return definition


class OperationFailed(Exception):
    """A stored operation gave errors: a fault of ours, not of the reader."""


def operation_names() -> list[str]:
    """Every stored operation, by file name."""
    return sorted(_operations())


def stored_operations() -> list[StoredOperation]:
    """Every stored operation, by name."""
    return [_operations()[name] for name in operation_names()]


def manifest() -> dict[str, Any]:
    """What stored operations there are, in the format of Apollo's persisted query manifests.

    `sha256:` and an `id` are the `documentId` of the GraphQL-over-HTTP draft.
    """
    return {
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [
            {
                "id": stored.sha256,
                "name": stored.operation.name.value if stored.operation.name else stored.name,
                "type": stored.operation.operation.value,
                "body": stored.body,
            }
            for stored in stored_operations()
        ],
    }


def stored_operation(name: str) -> StoredOperation:
    """A stored operation, parsed and validated once. Raises `Refused`."""
    try:
        return _operations()[name]
    except KeyError as error:
        text = _("There is no stored operation of this name.")
        raise Refused(text, Code.OPERATION_NOT_FOUND) from error


def by_sha256(sha256: str) -> StoredOperation | None:
    """The stored operation whose text has this hash: what `graphql/operations.json` lists."""
    return _hashes().get(sha256)


def document(name: str) -> DocumentNode:
    """The document of a stored operation. Raises `Refused`."""
    return stored_operation(name).document


def run(
    name: str,
    variables: dict[str, Any],
    draft: Snapshot | None = None,
    unlocked: frozenset[str] = frozenset(),
) -> ExecutionResult:
    """Runs a stored operation against the public record, or remembers what it answered.

    `draft`, for previews only, stands in for the page that the operation asks for. The result's
    extensions name the tags of what it was read from. `unlocked`: see `Context`.
    """
    with observed("site") as seen:
        seen.note(name, "", variables)
        look = None if draft or unlocked else _look_up(name, variables)
        if look and look.kept:
            seen.is_cached = True
            content, tags = look.kept.value
            # As data of its own: whoever gets it may change it.
            return ExecutionResult(orjson.loads(content), None, {"tags": tags})
        context = Context(draft, unlocked)
        result = answer(document(name), variables, context)
        seen.errors += [code_of(error) for error in result.errors or ()]
    if look and not result.errors:
        tags, content = tags_of(context), orjson.dumps(ready_data(result))
        result.extensions = {**(result.extensions or {}), "tags": tags}
        memory.keep(look, (content, tags), len(content))
    return result


def _look_up(name: str, variables: dict[str, Any]) -> Look:
    """What is remembered of the question, as long as it is a public one."""
    asked = orjson.dumps(variables, option=orjson.OPT_SORT_KEYS)
    return memory.look_up((name, asked, present_site()))


def data_of(name: str, variables: dict[str, Any], draft: Snapshot | None = None) -> dict[str, Any]:
    """The data of a stored operation. Raises `OperationFailed` where it gave errors."""
    result = run(name, variables, draft)
    if result.errors:
        raise OperationFailed(f"{name}: {result.errors[0]}") from result.errors[0].original_error
    return result.data or {}


@cache
def _operations() -> dict[str, StoredOperation]:
    definitions: list[tuple[str, Any]] = []
    for path in sorted(FOLDER.glob("*.graphql")):
        for definition in parse(path.read_text(encoding="utf-8")).definitions:
            definitions.append((path.stem, definition))
    fragments = {
        node.name.value: node
        for _stem, node in definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    operations = {}
    for stem, node in definitions:
        if isinstance(node, OperationDefinitionNode):
            used = _fragments_of(node, fragments)
            whole = DocumentNode(definitions=(node, *used))
            if errors := validate(schema.graphql_schema, whole):
                raise OperationFailed(f"{stem}.graphql: {errors[0]}")
            body = print_ast(whole)
            sha256 = hashlib.sha256(body.encode()).hexdigest()
            operations[stem] = StoredOperation(stem, whole, body, sha256)
    return operations


@cache
def _hashes() -> dict[str, StoredOperation]:
    return {operation.sha256: operation for operation in _operations().values()}


def _fragments_of(node: Node, fragments: dict[str, Any]) -> list[Any]:
    """The fragments that a definition uses, directly or through others, each once."""
    found: dict[str, Any] = {}

    class Collector(Visitor):
        def enter_fragment_spread(self, spread: FragmentSpreadNode, *_args: Any) -> None:
            name = spread.name.value
            if name not in found:
                found[name] = fragments[name]
                visit(fragments[name], self)

    visit(node, Collector())
    return list(found.values())
