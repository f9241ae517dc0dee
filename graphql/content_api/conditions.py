"""What can be said of one field in `where`: an input type for each kind of value, and its SQL."""

import datetime
import unicodedata
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import graphene
from django.db.models import BooleanField, Case, CharField, Field, Q, Value, When, lookups
from django.utils.translation import gettext_lazy as _

from cms.thai.digits import to_arabic_digits, to_thai_digits
from content_api.errors import Refused
from content_api.scalars import Date, DateTime
from content_api.snapshot_fields import ChoicesField, RecordField

MAX_CHOICES = 100  # of one `in`
MAX_TEXT = 200  # characters
_IS_NULL = graphene.Boolean(description="Whether it has no value; an empty text is none.")


def _list(of: Any, description: str) -> Any:
    return graphene.List(graphene.NonNull(of), description=description)


def _condition(name: str, doc: str, scalar: Any, **more: Any) -> Any:
    """`eq`, `in` and `isNull` for a kind of value, and what it can besides."""
    members = {
        "__doc__": doc,
        "eq": scalar(description="Is this."),
        "in": _list(scalar, f"Is one of these, at most {MAX_CHOICES}."),
        "is_null": _IS_NULL,
        **more,
    }
    return type(name, (graphene.InputObjectType,), members)


def _ordered(name: str, doc: str, scalar: Any) -> Any:
    return _condition(
        name,
        doc,
        scalar,
        gt=scalar(description="More, or later, than this."),
        gte=scalar(description="This, or more."),
        lt=scalar(description="Less, or earlier, than this."),
        lte=scalar(description="This, or less."),
    )


TextCondition = _condition(
    "TextCondition",
    "What a text must be. Capitals do not matter to `contains` and `startsWith`.",
    graphene.String,
    contains=graphene.String(description="Has this anywhere in it."),
    starts_with=graphene.String(description="Begins with this."),
)
IDCondition = _condition("IDCondition", "Which record must be named.", graphene.ID)
IntCondition = _ordered("IntCondition", "What a whole number must be.", graphene.Int)
DecimalCondition = _ordered("DecimalCondition", "What a number must be.", graphene.Decimal)
DateCondition = _ordered("DateCondition", "What a day must be.", Date)
DateTimeCondition = _ordered("DateTimeCondition", "What a moment must be.", DateTime)


class BooleanCondition(graphene.InputObjectType):
    """What a yes or no must be."""

    eq = graphene.Boolean(description="Is this.")


class PresenceCondition(graphene.InputObjectType):
    """Whether there must be something: for pictures, rich text and blocks, which `search` reads."""

    is_null = _IS_NULL


_enum_conditions: dict[str, Any] = {}


def enum_condition(enum: Any) -> Any:
    """What a choice must be."""
    name = f"{enum._meta.name}Condition"
    if name not in _enum_conditions:
        _enum_conditions[name] = _condition(name, "Which choice it must be.", enum)
    return _enum_conditions[name]


def enum_list_condition(enum: Any) -> Any:
    """What a list of choices must hold."""
    name = f"{enum._meta.name}ListCondition"
    if name not in _enum_conditions:
        members = {
            "__doc__": "Which choices must be among several.",
            "contains": enum(description="This is among them."),
            "contains_any": _list(enum, "At least one of these is."),
            "is_null": graphene.Boolean(description="Whether nothing is chosen."),
        }
        _enum_conditions[name] = type(name, (graphene.InputObjectType,), members)
    return _enum_conditions[name]


def condition_on(expression: Any, said: dict[str, Any], output_field: Field) -> Q:
    """Everything that a condition says of one field. Raises `Refused` for a wrong value."""
    found = Q()
    for operator, value in said.items():
        if value is not None:
            found &= _OPERATORS[operator](expression, value, output_field)
    return found


def record_id(node_id: Any) -> uuid.UUID:
    """The subject that an id names. Raises `Refused` for an id that is none of ours."""
    try:
        return uuid.UUID(str(node_id).partition(":")[0])
    except ValueError as error:
        raise Refused(_("This is not an id of ours.")) from error


def negation(condition: Q) -> Q:
    """What does not meet a condition, also where it has nothing to compare."""
    meets = When(condition, then=Value(False))
    return Q(Case(meets, default=Value(True), output_field=BooleanField()))


def text(value: str) -> str:
    """A text as snapshots hold it, in NFC. Raises `Refused` where it is too long."""
    if len(value) > MAX_TEXT or "\x00" in value:
        raise Refused(
            _("A text to look for has at most %(limit)s characters, none of them null."),
            limit=MAX_TEXT,
        )
    return unicodedata.normalize("NFC", value)


def _values(value: Any, output_field: Field) -> list[Any]:
    """A value as it is compared: enum members by key, ids as subjects, texts as they are stored.

    Texts hold digits as they were typed, Thai or Arabic: those looked for are tried both ways.
    """
    value = getattr(value, "value", value)
    if isinstance(value, datetime.datetime):
        return [value.replace(microsecond=0)]
    if isinstance(value, Decimal):
        return [float(value)]
    if output_field.get_internal_type() == "UUIDField":
        return [record_id(value)]
    if isinstance(output_field, RecordField):
        return [str(record_id(value))]
    if isinstance(value, str):
        asked = text(value)
        return list(dict.fromkeys((asked, to_arabic_digits(asked), to_thai_digits(asked))))
    return [value]


def _compared(lookup: Any) -> Callable[[Any, Any, Field], Q]:
    def condition(expression: Any, value: Any, output_field: Field) -> Q:
        found = Q()
        for each in _values(value, output_field):
            found |= Q(lookup(expression, Value(each, output_field=output_field)))
        return found

    return condition


def _is_one_of(expression: Any, values: list[Any], output_field: Field) -> Q:
    if len(values) > MAX_CHOICES:
        raise Refused(_("A list of choices has at most %(limit)s."), limit=MAX_CHOICES)
    found = Q(pk__in=[])
    for value in values:
        found |= _compared(lookups.Exact)(expression, value, output_field)
    return found


def _like(lookup: Any) -> Callable[[Any, Any, Field], Q]:
    def condition(expression: Any, value: Any, output_field: Field) -> Q:
        found = Q()
        for each in _values(value, output_field):
            found |= Q(lookup(expression, each))
        return found

    return condition


def _contains(expression: Any, value: Any, output_field: Field) -> Q:
    if isinstance(output_field, ChoicesField):
        return _contains_any(expression, [value], output_field)
    return _like(lookups.IContains)(expression, value, output_field)


def _contains_any(expression: Any, values: list[Any], output_field: Field) -> Q:
    if len(values) > MAX_CHOICES:
        raise Refused(_("A list of choices has at most %(limit)s."), limit=MAX_CHOICES)
    found = Q(pk__in=[])
    for value in values:
        found |= Q(lookups.Contains(expression, f'"{getattr(value, "value", value)}"'))
    return found


def _is_null(expression: Any, value: bool, output_field: Field) -> Q:
    nothing = Q(lookups.IsNull(expression, True))
    if isinstance(output_field, CharField | ChoicesField):
        for empty in ("", "[]"):
            nothing |= Q(lookups.Exact(expression, Value(empty)))
    return nothing if value else negation(nothing)


_OPERATORS: dict[str, Callable[[Any, Any, Field], Q]] = {
    "eq": _compared(lookups.Exact),
    "in": _is_one_of,
    "gt": _compared(lookups.GreaterThan),
    "gte": _compared(lookups.GreaterThanOrEqual),
    "lt": _compared(lookups.LessThan),
    "lte": _compared(lookups.LessThanOrEqual),
    "contains": _contains,
    "contains_any": _contains_any,
    "starts_with": _like(lookups.IStartsWith),
    "is_null": _is_null,
}
