"""`where`: conditions on every public field of every type, made from `public_fields`.

`PageWhere` and `RecordWhere` have what all pages or records share, `and`, `or`, `not`, and one
field for each type, such as `newsPage`, with what is its own. A new type needs no code here.
"""

from typing import Any, NamedTuple

import graphene
from django.apps import apps
from django.db import models
from django.db.models import F, Field, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField

from cms.publication.models import Publication
from content_api.blocks import pascal
from content_api.conditions import (
    BooleanCondition,
    DateCondition,
    DateTimeCondition,
    DecimalCondition,
    IDCondition,
    IntCondition,
    PresenceCondition,
    TextCondition,
    condition_on,
    enum_condition,
    enum_list_condition,
    negation,
)
from content_api.errors import Refused
from content_api.registry import enums
from content_api.snapshot_fields import FACETS, ChoicesField, RecordField, field_expression
from content_api.types import object_types
from pages.fields import MultipleChoiceField
from pages.models import ContentPage, SignableSnippet

MAX_CONDITIONS = 60
MAX_NESTING = 6

# What can be said of a field: the input type, what is compared, and of which kind that is.
Member = tuple[Any, Any, Field]

_KINDS: list[tuple[Any, Any, Field]] = [
    (RichTextField, PresenceCondition, models.CharField()),
    (StreamField, PresenceCondition, ChoicesField()),
    (models.DateTimeField, DateTimeCondition, models.DateTimeField()),
    (models.DateField, DateCondition, models.DateField()),
    (models.IntegerField, IntCondition, models.IntegerField()),
    (models.DecimalField, DecimalCondition, models.FloatField()),
    (models.BooleanField, BooleanCondition, models.BooleanField()),
]
_COLUMNS: dict[str, Any] = {
    "title": TextCondition,
    "published_at": DateTimeCondition,
    "effective_from": DateTimeCondition,
}


class Conditions(NamedTuple):
    """What a `where` can say: of shared fields, and of each type by the name of its field."""

    shared: dict[str, Member]
    own: dict[str, tuple[str, dict[str, Member]]]


def meeting(rows: QuerySet, where: dict[str, Any] | None, conditions: Conditions) -> QuerySet:
    """`rows` of publications that meet a `PageWhere` or `RecordWhere`.

    Raises `Refused` for too many conditions and for values that are none.
    """
    return rows.filter(_Reading(conditions).condition(where)) if where else rows


class _Reading:
    """Turns one `where` into SQL, counting what it asks."""

    def __init__(self, conditions: Conditions) -> None:
        self.conditions = conditions
        self.count = 0

    def condition(self, where: dict[str, Any], depth: int = 0) -> Q:
        """All that one input says; an empty one is met by everything."""
        found = Q(pk__isnull=False)
        for name, said in where.items():
            if said is None:
                continue
            self._count(depth)
            if name == "and":
                for part in said:
                    found &= self.condition(part, depth + 1)
            elif name == "or":
                either = Q(pk__in=[])
                for part in said:
                    either |= self.condition(part, depth + 1)
                found &= either
            elif name == "not":
                found &= negation(self.condition(said, depth + 1))
            elif name in self.conditions.own:
                found &= self._of_type(name, said)
            else:
                found &= _said_of(self.conditions.shared[name], said)
        return found

    def _of_type(self, name: str, where: dict[str, Any]) -> Q:
        type_name, members = self.conditions.own[name]
        found = Q(type=type_name)
        for field, said in where.items():
            if said is not None:
                self._count(1)
                found &= _said_of(members[field], said)
        return found

    def _count(self, depth: int) -> None:
        self.count += 1
        if depth > MAX_NESTING or self.count > MAX_CONDITIONS:
            raise Refused(
                _("where may have %(count)s conditions, %(levels)s levels deep."),
                count=MAX_CONDITIONS,
                levels=MAX_NESTING,
            )


def _said_of(member: Member, said: dict[str, Any]) -> Q:
    _kind, expression, output_field = member
    return condition_on(expression, said, output_field)


def _model_members(model: Any, names: list[str]) -> dict[str, Member]:
    return {name: _member(model, model._meta.get_field(name)) for name in names}


def _member(model: Any, field: Any) -> Member:
    kind, output_field = _kind(model, field)
    return kind, field_expression(field.name, output_field), output_field


def _kind(model: Any, field: Any) -> tuple[Any, Field]:
    if isinstance(field, models.ForeignKey):
        if issubclass(field.related_model, SignableSnippet | ContentPage):
            return IDCondition, models.UUIDField() if field.name in FACETS else RecordField()
        return PresenceCondition, models.CharField()
    if isinstance(field, MultipleChoiceField) and field.options:
        return enum_list_condition(enums[field.options.__name__]), ChoicesField()
    if getattr(field, "choices", None):
        owner = model.__name__.removesuffix("Page")
        return enum_condition(enums[f"{owner}{pascal(field.name)}"]), models.CharField()
    for kind, condition, output_field in _KINDS:
        if isinstance(field, kind):
            return condition, output_field
    return TextCondition, models.CharField()


def _columns() -> dict[str, Member]:
    """What every record has besides the fields of its type."""
    columns = Publication._meta
    return {
        name: (kind, F(name), columns.get_field(name))  # type: ignore[misc]
        for name, kind in _COLUMNS.items()
    }


def _fields(members: dict[str, Member]) -> dict[str, Any]:
    return {
        name: kind(description=f"What `{name}` must be.") for name, (kind, *_) in members.items()
    }


def _input(name: str, doc: str, conditions: Conditions) -> Any:
    """An input type with what can be said of shared fields and of each type."""

    made: Any = None

    def itself() -> Any:
        return graphene.NonNull(made)

    combined = {
        "and": graphene.List(itself, description="Meets all of these."),
        "or": graphene.List(itself, description="Meets one of these at least."),
        "not": graphene.InputField(lambda: made, description="Does not meet this."),
    }
    types = {name: _type_input(*own) for name, own in conditions.own.items()}
    attributes = {"__doc__": doc, **_fields(conditions.shared), **types, **combined}
    made = type(name, (graphene.InputObjectType,), attributes)
    return made


def _type_input(type_name: str, members: dict[str, Member]) -> Any:
    attributes = {"__doc__": f"Conditions on what is a {type_name}'s own.", **_fields(members)}
    made = type(f"{type_name}Where", (graphene.InputObjectType,), attributes)
    return made(description=f"Is a {type_name} and meets these conditions.")


def _field_name(type_name: str) -> str:
    """`"NewsPage"` gives `"news_page"`."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in type_name).lstrip("_")


def _conditions(base: Any, shared: dict[str, Member]) -> Conditions:
    """On every published type below a model."""
    own = {}
    for type_name in sorted(object_types):
        model = apps.get_model("pages", type_name)
        if issubclass(model, base):
            names = [name for name in model.public_fields if name not in shared]
            own[_field_name(type_name)] = type_name, _model_members(model, names)
    return Conditions(shared, own)


with translation.override("en"):  # of the enums, whatever the process speaks
    of_records = _conditions(SignableSnippet, _columns())
    of_pages = _conditions(
        ContentPage,
        {
            **_columns(),
            **_model_members(ContentPage, ContentPage.public_fields),
            "fiscal_year": (IntCondition, F("fiscal_year"), models.IntegerField()),
        },
    )
    PageWhere = _input("PageWhere", "Conditions on a page, all to be met.", of_pages)
    RecordWhere = _input("RecordWhere", "Conditions on a record, all to be met.", of_records)
