"""GraphQL types made from `public_fields`: a new page type or field needs no code here."""

from collections.abc import Callable
from typing import Any

import graphene
from django.db import models
from django.utils import translation
from django.utils.text import capfirst
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage

from cms.publication.models import Publication
from content_api.blocks import described, labelled, pascal, stream_field
from content_api.computed import COMPUTED
from content_api.dates import FiscalYear, fiscal_year
from content_api.images import Image, ImageValue
from content_api.immutable import immutable
from content_api.reader import reader_of
from content_api.rich_text import RichText
from content_api.scalars import Date, DateTime
from content_api.types import BasePage, Node, object_types
from pages.fields import MultipleChoiceField
from pages.models import ContentPage, SignableSnippet

Converter = Callable[[Any, Publication], Any]
_SCALARS: list[tuple[type, Any]] = [
    (models.DateTimeField, DateTime),
    (models.DateField, Date),
    (models.IntegerField, graphene.Int),
    (models.DecimalField, graphene.Decimal),
]

enums: dict[str, Any] = {}


def _build_types() -> None:
    """The object type of every signable model, named as the model."""
    for model in _models(SignableSnippet):
        object_types[model.__name__] = _object_type(model, [Node], model.public_fields)
    for model in _models(ContentPage):
        own = [name for name in model.public_fields if name not in ContentPage.public_fields]
        object_types[model.__name__] = _object_type(model, [Node, Page], own)


def _page_interface() -> Any:
    """What every page has: its place, and the public fields of `ContentPage`."""
    members = _members(ContentPage, ContentPage.public_fields)
    members["__doc__"] = "A published page. Everything on it was signed for."
    members["Meta"] = type("Meta", (), {"interfaces": (Node,)})
    return type("Page", (BasePage,), members)


def _models(base: type[models.Model]) -> list[Any]:
    """Every concrete type below `base`, by name, so that the SDL never depends on import order."""
    found, queue = [], list(base.__subclasses__())
    while queue:
        model = queue.pop()
        queue.extend(model.__subclasses__())
        if not model._meta.abstract:
            found.append(model)
    return sorted(found, key=lambda model: model.__name__)


def _object_type(model: Any, interfaces: list[Any], names: list[str]) -> Any:
    members = {**_members(model, names), **COMPUTED.get(model.__name__, {})}
    members["__doc__"] = (model.__doc__ or "").split("\n")[0]
    members["Meta"] = type("Meta", (), {"interfaces": tuple(interfaces)})
    return type(model.__name__, (graphene.ObjectType,), members)


def _members(model: Any, names: list[str]) -> dict[str, Any]:
    """The fields and resolvers for some public fields of a model."""
    members: dict[str, Any] = {}
    for name in names:
        field = model._meta.get_field(name)
        description = str(field.help_text or field.verbose_name)
        members[name], convert = _public_field(model, field, description)

        @immutable
        def resolve(
            publication: Publication, info: Any, name: str = name, convert: Converter = convert
        ) -> Any:
            return convert(publication.data["fields"].get(name), publication)

        members[f"resolve_{name}"] = staticmethod(resolve)
        members.update(_labels(field, name))
    return members


def _labels(field: Any, name: str) -> dict[str, Any]:
    """`<name>_label` (or `_labels`): what a choice is called, in the language of the record."""
    if isinstance(field, MultipleChoiceField) and field.options:
        texts = dict(field.options.choices)

        @immutable
        def labels(publication: Publication, info: Any) -> list[str]:
            return labelled(texts, publication.data["fields"].get(name) or [], publication)

        label_list = graphene.List(graphene.NonNull(graphene.String), required=True)
        return {f"{name}_labels": label_list, f"resolve_{name}_labels": staticmethod(labels)}
    if getattr(field, "choices", None):
        texts = dict(field.choices)

        @immutable
        def label(publication: Publication, info: Any) -> str:
            chosen = publication.data["fields"].get(name)
            return next(iter(labelled(texts, [chosen], publication)), "")

        one = graphene.String(required=True, description="In the language of the record.")
        return {f"{name}_label": one, f"resolve_{name}_label": staticmethod(label)}
    return {}


def _public_field(  # noqa: C901 (one line a kind)
    model: Any, field: models.Field, description: str
) -> tuple[Any, Converter]:
    if isinstance(field, StreamField):
        graphql_type, convert = stream_field(field.stream_block)
        return described(graphql_type, description), convert
    if isinstance(field, RichTextField):
        return graphene.Field(RichText, required=True, description=description), _with_publication
    if isinstance(field, models.ForeignKey):
        return _related_field(field, description)
    if isinstance(field, MultipleChoiceField) and field.options:
        enum = _enum(field.options.__name__, field.options.choices, field.verbose_name)
        return graphene.List(
            graphene.NonNull(enum), required=True, description=description
        ), _as_list
    if getattr(field, "choices", None):
        name = f"{model.__name__.removesuffix('Page')}{pascal(field.name)}"
        # Null only in a draft's preview, where nothing is chosen yet.
        is_always_set = field.has_default()
        enum = _enum(name, field.choices, field.verbose_name)
        default = field.get_default() or None

        def choice(value: Any, _publication: Publication) -> Any:
            return value or default  # what was signed before there was the field has no value

        return enum(required=is_always_set, description=description), choice
    if field.name.endswith("fiscal_year"):
        return graphene.Field(FiscalYear, description=description), _fiscal_year
    for kind, scalar in _SCALARS:
        if isinstance(field, kind):
            return scalar(description=description), _as_is
    if isinstance(field, models.BooleanField):
        return graphene.Boolean(required=True, description=description), _as_is
    if isinstance(field, models.CharField | models.TextField):
        return graphene.String(required=True, description=description), _text
    raise TypeError(f"No GraphQL type for {model.__name__}.{field.name}")


def _related_field(field: models.ForeignKey, description: str) -> tuple[Any, Converter]:
    target: Any = field.related_model
    if issubclass(target, AbstractImage):
        alt_name = f"{field.name}_alt"

        def image(value: Any, publication: Publication) -> ImageValue | None:
            alt = publication.data["fields"].get(alt_name, "")
            return ImageValue(value, alt, publication) if value else None

        return graphene.Field(Image, description=description), image

    def record(value: Any, publication: Publication) -> Publication | None:
        return reader_of(publication).subject(value, publication.locale)

    def record_type() -> Any:
        return Page if target is ContentPage else object_types[target.__name__]

    return graphene.Field(record_type, description=description), record


def _enum(name: str, choices: Any, called: Any) -> Any:
    """An enum of the ASCII choice keys, e.g. `NewsKind`, described by what editors choose from."""
    if name not in enums:
        values = [(key.upper().replace("-", "_"), key) for key, _label in choices]
        labels = {key: str(label) for key, label in choices}
        whole = f"{capfirst(str(called))}: what can be chosen."

        def description(member: Any) -> str:
            return labels[member.value] if member else whole

        enums[name] = graphene.Enum(name, values, description=description)
    return enums[name]


def _as_is(value: Any, _publication: Publication) -> Any:
    return value


def _fiscal_year(value: int | None, publication: Publication) -> FiscalYear | None:
    return fiscal_year(value, publication.locale)


def _as_list(value: Any, _publication: Publication) -> Any:
    return value or []


def _text(value: Any, _publication: Publication) -> str:
    return value or ""


def _with_publication(value: Any, publication: Publication) -> Any:
    return value or "", publication


with translation.override("en"):  # descriptions are English, whatever the process speaks
    Page = _page_interface()
    _build_types()
