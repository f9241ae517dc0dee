"""What must be right before a draft may be signed. A draft may be saved without it."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from wagtail.fields import StreamField


def signing_problems(draft: Any) -> list[str]:
    """Everything that keeps `draft` from being signed, as sentences that name the field.

    The editor's form lets incomplete drafts be saved and asks for the rest when they are sent;
    this asks at every signature, whatever wrote the draft (a translation, a script).
    `draft.clean_for_signing` holds the rules of its type.
    """
    problems: list[str] = []
    fields_and_rules = partial(draft.full_clean, exclude=_kept_by_wagtail(draft))
    for check in (fields_and_rules, draft.clean_for_signing):
        try:
            check()
        except ValidationError as error:
            problems += _sentences(draft, error)
    for field in draft._meta.get_fields():
        if isinstance(field, StreamField):
            try:
                field.stream_block.clean(getattr(draft, field.name))
            except ValidationError as error:
                label = capfirst(field.verbose_name)
                problems += [f"{label}: {message}" for message in _block_messages(error)]
    return list(dict.fromkeys(problems))


def _kept_by_wagtail(draft: Any) -> set[str]:
    """References that no form shows; Django would look for each in the database."""
    return {
        field.name
        for field in draft._meta.fields
        if field.is_relation and (not field.editable or field.name in ("content_type", "owner"))
    }


def _sentences(draft: Any, error: ValidationError) -> Iterator[str]:
    errors = error.message_dict if hasattr(error, "error_dict") else {}
    for name, messages in (errors or {NON_FIELD_ERRORS: error.messages}).items():
        for message in messages:
            if name == NON_FIELD_ERRORS:
                yield message
            else:
                yield f"{capfirst(draft._meta.get_field(name).verbose_name)}: {message}"


def _block_messages(error: Any) -> Iterator[str]:
    """The messages of the blocks within blocks, in reading order, each once."""
    if not hasattr(error, "block_errors"):
        yield from error.messages
        return
    for message in getattr(error, "non_block_errors", []):
        yield from message.messages if isinstance(message, ValidationError) else [str(message)]
    for child in error.block_errors.values():
        yield from _block_messages(child)
