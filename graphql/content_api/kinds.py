"""The kinds within a type: how many public records there are of each, and their rank."""

from typing import Any

import graphene
from django.apps import apps
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.utils import translation

from content_api.filters import PageFilter, filtered, plain
from content_api.scalars import Locale

_NAMES = ("kind", "group", "channel")  # the fields that a publication repeats as its category


def _declared() -> dict[str, list[tuple[str, Any]]]:
    """By type: the keys and labels of its kinds, in the order in which they are declared."""
    fields: list[tuple[str, Any]] = [
        (model.__name__, model._meta.get_field(name))
        for model in apps.get_app_config("pages").get_models()
        for name in _NAMES
        if name in getattr(model, "public_fields", ())
    ]
    return {type_name: list(field.choices or ()) for type_name, field in fields}


_KINDS = _declared()


def ranked(rows: QuerySet) -> QuerySet:
    """Publications with `kind_rank`, the place of their kind among those of their type."""
    places = [
        When(type=type_name, category=key, then=Value(place))
        for type_name, choices in _KINDS.items()
        for place, (key, _label) in enumerate(choices)
    ]
    last = Value(max(len(choices) for choices in _KINDS.values()))
    return rows.annotate(kind_rank=Case(*places, default=last, output_field=IntegerField()))


class KindCount(graphene.ObjectType):
    """A kind of record and how many there are."""

    kind = graphene.String(required=True, description="As in a filter, e.g. LOCAL_ORDINANCE.")
    label = graphene.String(required=True, description="In the language that was asked for.")
    count = graphene.Int(required=True)


class KindQueries:
    """The root field about kinds."""

    kind_counts = graphene.List(
        graphene.NonNull(KindCount),
        required=True,
        type=graphene.String(required=True, description="E.g. LawPage, WebLink."),
        locale=Locale(required=True, default_value="th"),
        filter=PageFilter(description="Counts only what meets these conditions."),
        description="Every kind of a type in its order, also those of which there are none.",
    )

    @staticmethod
    def resolve_kind_counts(
        root: Any, info: Any, type: str, locale: str, filter: dict[str, Any] | None = None
    ) -> list[KindCount]:
        """One query."""
        language = plain(locale)
        reader = info.context.reader()
        rows = reader.effective().filter(locale=language, type=type)
        rows = filtered(rows, filter or {}, language, reader.place)
        rows = rows.order_by().values_list("category")
        counts = dict(rows.annotate(Count("pk")))
        with translation.override(language):
            return [
                KindCount(
                    kind=key.upper().replace("-", "_"), label=str(label), count=counts.get(key, 0)
                )
                for key, label in _KINDS.get(type, ())
            ]
