"""Marks resolvers whose answer never changes once a record is published."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from graphene.types.resolver import dict_or_attr_resolver

Resolver = TypeVar("Resolver", bound=Callable[..., Any])
_MARK = "is_immutable"


def immutable(resolve: Resolver) -> Resolver:
    """Says that a resolver reads only the snapshot, sealed columns and pinned files of its record.

    Its answers may then be kept for ever. It must not ask for the time, the settings, another
    record or the reader's language. What it does ask is watched when its answer is made: see
    `content_api.compiled.frozen`.
    """
    setattr(resolve, _MARK, True)
    return resolve


def is_immutable(resolve: Any) -> bool:
    """Whether a field's resolver is marked, or is graphene's own, which reads one attribute."""
    if isinstance(resolve, partial):
        return resolve.func is dict_or_attr_resolver
    return getattr(resolve, _MARK, False)
