"""Documents that a request names instead of sending: by SHA-256, stored ones and Apollo's."""

import hashlib
import re
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from content_api.documents import Document, prepared, stored_document
from content_api.errors import Code, Refused
from content_api.operations import by_sha256
from content_api.requests import GraphQLRequest

# Each hash has one place of these, the last document to come keeps it: readers can fill no more.
PLACES = 1024
MAX_DOCUMENT = 32_768  # characters
KEPT = 7 * 24 * 60 * 60  # seconds
_SHA256 = re.compile(r"[0-9a-f]{64}")


def document_of(asked: GraphQLRequest) -> Document:
    """The document of a request: stored, remembered, or sent and prepared.

    Raises `Refused` where it is not known, is not what its hash says, or is not a stored one
    while `GRAPHQL_STORED_ONLY` is set.
    """
    if asked.stored:
        return stored_document(asked.stored.name)
    if asked.document_id:
        return _known(_sha256_of(asked.document_id))
    if "persistedQuery" not in (asked.extensions or {}):
        return _sent(asked.query or "")
    sha256 = _automatic(asked.extensions["persistedQuery"])  # type: ignore[index]
    if not asked.query:
        return _known(sha256)
    if hashlib.sha256(asked.query.encode()).hexdigest() != sha256:
        # Apollo's own words.
        raise Refused("provided sha does not match query", Code.PERSISTED_QUERY_HASH_MISMATCH)
    document = _sent(asked.query)
    if not document.errors and len(asked.query) <= MAX_DOCUMENT:
        cache.set(_place(sha256), (sha256, asked.query), KEPT)
    return document


def _sent(query: str) -> Document:
    if settings.GRAPHQL_STORED_ONLY:
        stored = by_sha256(hashlib.sha256(query.encode()).hexdigest())
        if stored is None:
            raise Refused(
                _("Only stored operations are answered here."), Code.STORED_OPERATIONS_ONLY
            )
        return stored_document(stored.name)
    return prepared(query)


def _known(sha256: str) -> Document:
    if stored := by_sha256(sha256):
        return stored_document(stored.name)
    kept = None if settings.GRAPHQL_STORED_ONLY else cache.get(_place(sha256))
    if not kept or kept[0] != sha256:
        # Apollo Client and urql compare these words, and then send the document itself.
        raise Refused("PersistedQueryNotFound", Code.PERSISTED_QUERY_NOT_FOUND)
    return prepared(kept[1])


def _sha256_of(document_id: str) -> str:
    """Of `sha256:<hexadecimal>`, the prefix of the GraphQL-over-HTTP draft, appendix A."""
    prefix, _colon, sha256 = document_id.partition(":")
    if prefix != "sha256" or not _SHA256.fullmatch(sha256):
        raise Refused(_("A documentId is sha256: and 64 hexadecimal digits."), Code.BAD_REQUEST)
    return sha256


def _automatic(extension: Any) -> str:
    """The hash in Apollo's `{"version": 1, "sha256Hash": ...}`."""
    sha256 = extension.get("sha256Hash") if isinstance(extension, dict) else None
    if (
        not isinstance(sha256, str)
        or not _SHA256.fullmatch(sha256)
        or extension.get("version") != 1
    ):
        raise Refused(_("This persistedQuery is not version 1 of Apollo's."), Code.BAD_REQUEST)
    return sha256


def _place(sha256: str) -> str:
    return f"persisted-document-{int(sha256[:8], 16) % PLACES}"
