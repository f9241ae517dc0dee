"""What a reader is told when something is wrong: a stable code, a sentence in the own language."""

import logging
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from graphql import GraphQLError, Node

logger = logging.getLogger(__name__)


class Code(StrEnum):
    """The values of `extensions.code`, which clients may rely on. `docs/api.md` explains each."""

    # The request
    BAD_REQUEST = "BAD_REQUEST"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    BATCHING_NOT_SUPPORTED = "BATCHING_NOT_SUPPORTED"
    # The document
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    OPERATION_RESOLUTION_FAILURE = "OPERATION_RESOLUTION_FAILURE"
    INTROSPECTION_DISABLED = "INTROSPECTION_DISABLED"
    # Stored and persisted documents
    OPERATION_NOT_FOUND = "OPERATION_NOT_FOUND"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    PERSISTED_QUERY_HASH_MISMATCH = "PERSISTED_QUERY_HASH_MISMATCH"
    STORED_OPERATIONS_ONLY = "STORED_OPERATIONS_ONLY"
    # The values
    BAD_USER_INPUT = "BAD_USER_INPUT"
    FORBIDDEN = "FORBIDDEN"
    # Keys
    PREVIEW_TOKEN_INVALID = "PREVIEW_TOKEN_INVALID"  # noqa: S105
    ACCESS_TOKEN_INVALID = "ACCESS_TOKEN_INVALID"  # noqa: S105
    UNLOCK_REFUSED = "UNLOCK_REFUSED"
    # Limits
    LIMIT_SIZE = "LIMIT_SIZE"
    LIMIT_TOKENS = "LIMIT_TOKENS"
    LIMIT_DEPTH = "LIMIT_DEPTH"
    LIMIT_ALIASES = "LIMIT_ALIASES"
    LIMIT_DIRECTIVES = "LIMIT_DIRECTIVES"
    LIMIT_COST = "LIMIT_COST"
    LIMIT_TIME = "LIMIT_TIME"
    LIMIT_RATE = "LIMIT_RATE"
    # Ours
    INTERNAL_ERROR = "INTERNAL_ERROR"


# What is said instead of graphql-core's sentences, which are English alone.
_SENTENCES = {
    Code.GRAPHQL_PARSE_FAILED: _("The document is not valid GraphQL."),
    Code.GRAPHQL_VALIDATION_FAILED: _("The document does not fit the schema."),
    Code.BAD_USER_INPUT: _("A value is not what the schema asks for."),
    Code.INTERNAL_ERROR: _("Something went wrong on our side."),
}


class Refused(GraphQLError):
    """What the reader did wrong. The only error whose own words are ever shown to one.

    `text` is a lazy message with named placeholders for `values`: it is put into the language of
    the request when the answer is written, as documents and their errors are remembered.
    """

    def __init__(
        self,
        text: str | Promise,
        code: Code = Code.BAD_USER_INPUT,
        nodes: Node | list[Node] | None = None,
        **values: Any,
    ) -> None:
        self.text = text
        self.values = values
        self.code = code
        super().__init__(self.sentence(), nodes, extensions={"code": code.value})

    def sentence(self) -> str:
        """The message in the language that is active."""
        return str(self.text) % self.values if self.values else str(self.text)


def code_of(error: GraphQLError, otherwise: Code = Code.BAD_USER_INPUT) -> Code:
    """The code of an error. `otherwise` is that of what graphql-core objected to by itself."""
    cause = error if isinstance(error, Refused) else error.original_error
    if isinstance(cause, Refused):
        return cause.code
    if error.path is None:
        return otherwise
    return Code.BAD_USER_INPUT if _is_about_arguments(cause) else Code.INTERNAL_ERROR


def told(error: GraphQLError, otherwise: Code) -> dict[str, Any]:
    """An error as the reader gets it, in the language that is active.

    Exceptions of resolvers are logged and masked: their text may name files, tables or values.
    """
    code = code_of(error, otherwise)
    extensions: dict[str, Any] = {"code": code.value}
    cause = error if isinstance(error, Refused) else error.original_error
    if code == Code.INTERNAL_ERROR:
        logger.error("GraphQL resolver failed", exc_info=cause or error)
        message = str(_SENTENCES[code])
    elif isinstance(cause, Refused):
        message = cause.sentence()
        extensions = {**(cause.extensions or {}), **extensions}
    elif get_language() == "en" or code not in _SENTENCES:
        message = error.message
    else:
        message = str(_SENTENCES[code])
        extensions["detail"] = error.message
    said: dict[str, Any] = {"message": message}
    if error.locations and code != Code.INTERNAL_ERROR:
        said["locations"] = [location.formatted for location in error.locations]
    if error.path is not None:
        said["path"] = error.path
    return {**said, "extensions": extensions}


def _is_about_arguments(cause: Exception | None) -> bool:
    """Raised by graphql-core over an argument's value, not over a value that we return."""
    frame = cause.__traceback__ if isinstance(cause, GraphQLError) else None
    if frame is None:
        return False
    while frame.tb_next:
        frame = frame.tb_next
    return frame.tb_frame.f_globals["__name__"] == "graphql.execution.values"
