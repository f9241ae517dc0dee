"""GraphQL types made from `public_fields`: a new page type or field needs no code here."""

from collections.abc import Callable
from typing import Any

import graphene
from django.db import models
from django.utils import translation
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage

from cms.publication.models import Publication
from content_api.blocks import stream_field
from content_api.files import Image, ImageValue
from content_api.reader import reader_of
from content_api.rich_text import RichText
from content_api.scalars import Date, DateTime
from content_api.types import BasePage, Node, object_types
from pages.models import ContentPage, SignableSnippet

Converter = Callable[[Any, Publication], Any]

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
    members = _members(model, names)
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

        def resolve(
            publication: Publication, info: Any, name: str = name, convert: Converter = convert
        ) -> Any:
            return convert(publication.data["fields"].get(name), publication)

        members[f"resolve_{name}"] = staticmethod(resolve)
    return members


def _public_field(model: Any, field: models.Field, description: str) -> tuple[Any, Converter]:
    if isinstance(field, StreamField):
        return stream_field(field.stream_block)
    if isinstance(field, RichTextField):
        return graphene.Field(RichText, required=True, description=description), _with_publication
    if isinstance(field, models.ForeignKey):
        return _related_field(field, description)
    if getattr(field, "choices", None):
        enum = _enum(model, field)
        return enum(required=True, description=description), _as_is
    if isinstance(field, models.DateTimeField):
        return DateTime(description=description), _as_is
    if isinstance(field, models.DateField):
        return Date(description=description), _as_is
    if isinstance(field, models.BooleanField):
        return graphene.Boolean(required=True, description=description), _as_is
    if isinstance(field, models.IntegerField):
        return graphene.Int(description=description), _as_is
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

    return graphene.Field(lambda: object_types[target.__name__], description=description), record


def _enum(model: Any, field: Any) -> Any:
    """An enum of the ASCII choice keys, e.g. `NewsKind`."""
    name = f"{model.__name__.removesuffix('Page')}{field.name.title()}"
    if name not in enums:
        values = [(key.upper().replace("-", "_"), key) for key, _label in field.choices]
        enums[name] = graphene.Enum(name, values)
    return enums[name]


def _as_is(value: Any, _publication: Publication) -> Any:
    return value


def _text(value: Any, _publication: Publication) -> str:
    return value or ""


def _with_publication(value: Any, publication: Publication) -> Any:
    return value or "", publication


with translation.override("en"):  # descriptions are English, whatever the process speaks
    Page = _page_interface()
    _build_types()
