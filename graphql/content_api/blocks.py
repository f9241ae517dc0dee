"""GraphQL types made from StreamField block definitions: a new block needs no code here."""

from collections.abc import Callable
from typing import Any, NamedTuple

import graphene
from django.utils import translation
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from cms.publication.models import Publication
from content_api.files import File, FileValue
from content_api.images import Image, ImageValue
from content_api.immutable import immutable
from content_api.reader import reader_of
from content_api.resources import map_fields, table_fields
from content_api.rich_text import RichText
from content_api.scalars import Date, DateTime
from content_api.types import Link
from pages.tables import TableBlock
from pages.videos import video_of


class BlockValue(NamedTuple):
    """One block of a snapshot: its type's name, its id, its value, the publication it is in."""

    type_name: str
    id: str
    value: Any
    publication: Publication


class Block(graphene.Interface):
    """One block of a page's body."""

    id = graphene.ID(required=True)
    block_type = graphene.String(required=True, description="The name of the type.")

    @staticmethod
    @immutable
    def resolve_block_type(block: BlockValue, info: Any) -> str:
        """The same as `__typename`."""
        return block.type_name

    @classmethod
    def resolve_type(cls, block: BlockValue, info: Any) -> Any:
        """The type is named after the block."""
        return block_types[block.type_name]


class Table(graphene.ObjectType):
    """A table of texts."""

    columns = graphene.List(graphene.NonNull(graphene.String), required=True)
    rows = graphene.List(
        graphene.NonNull(graphene.List(graphene.NonNull(graphene.String))), required=True
    )


# (GraphQL type, snapshot value -> value for that type's resolvers)
Conversion = tuple[Any, Callable[[Any, Publication], Any]]

block_types: dict[str, type[graphene.ObjectType]] = {}
_defined_by: dict[str, tuple[type, str]] = {}


def stream_field(stream: blocks.StreamBlock) -> Conversion:
    """A list of blocks; declares the type of each kind of block on the way."""
    names = {name: _declare(name, block) for name, block in stream.child_blocks.items()}

    def convert(value: list[dict[str, Any]], publication: Publication) -> list[BlockValue]:
        return [
            BlockValue(names[item["type"]], item["id"], item["value"], publication)
            for item in value or []
        ]

    return graphene.List(graphene.NonNull(Block), required=True), convert


def _declare(name: str, block: blocks.Block) -> str:
    type_name = pascal(name) + "Block"
    definition = (type(block), name)
    if type_name in block_types:
        if _defined_by[type_name] != definition:
            raise TypeError(f"Two different blocks would both be the GraphQL type {type_name}")
        return type_name
    if isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):
        members = _struct_fields(type_name, block, lambda item: item.value)
    else:
        # The payload is named after the block, or two fragments could not stand in one query.
        members = _field(name, block, conversion(type_name, block), lambda item: item.value)
    members.update(_EXTRA.get(type_name, dict)())
    members["__doc__"] = _description(block)
    members["Meta"] = type("Meta", (), {"interfaces": (Block,)})
    block_types[type_name] = type(type_name, (graphene.ObjectType,), members)
    _defined_by[type_name] = definition
    return type_name


def _description(block: blocks.Block) -> str:
    """What the block's class says of itself; its label where it is one of Wagtail's own."""
    is_ours = type(block).__module__.startswith("pages.")
    return (type(block).__doc__ or "").split("\n")[0] if is_ours else str(block.label)


def conversion(owner: str, block: blocks.Block) -> Conversion:  # noqa: C901 (one line a kind)
    """The GraphQL type of a block that is not at the top of a stream."""
    for kind, scalar in _PLAIN:
        if isinstance(block, kind):
            return scalar(), lambda value, _publication: value
    if isinstance(block, ImageBlock | ImageChooserBlock):
        return graphene.Field(
            Image
        ), lambda value, publication: value and ImageValue(value, value.get("alt", ""), publication)
    if isinstance(block, DocumentChooserBlock):
        return graphene.Field(
            File
        ), lambda value, publication: value and FileValue(value, publication)
    if isinstance(block, blocks.PageChooserBlock):
        return graphene.Field(Link), lambda value, publication: reader_of(publication).subject(
            value, publication.locale
        )
    if isinstance(block, blocks.MultipleChoiceBlock):
        texts = graphene.List(graphene.NonNull(graphene.String), required=True)
        return texts, lambda value, _publication: value or []
    if isinstance(block, blocks.RichTextBlock):
        return graphene.Field(RichText, required=True), lambda value, publication: (
            value or "",
            publication,
        )
    if isinstance(block, TableBlock):
        return graphene.Field(Table, required=True), lambda value, _publication: value
    if isinstance(block, blocks.ListBlock):
        item_type, convert = conversion(owner, block.child_block)
        inner = item_type.type if isinstance(item_type, graphene.Field) else item_type.get_type()
        while isinstance(inner, graphene.NonNull):
            inner = inner.of_type
        return graphene.List(graphene.NonNull(inner), required=True), lambda values, publication: [
            convert(value, publication) for value in values or []
        ]
    if isinstance(block, blocks.StreamBlock):
        return stream_field(block)
    if isinstance(block, blocks.StructBlock):
        return graphene.Field(
            _struct(owner, block)
        ), lambda value, publication: value and (value, publication)
    if isinstance(block, blocks.BooleanBlock):
        return graphene.Boolean(required=True), lambda value, _publication: bool(value)
    if isinstance(block, _TEXTS):
        return graphene.String(required=True), lambda value, _publication: value or ""
    raise TypeError(f"No GraphQL type for {type(block).__name__} in {owner}")


def _struct(owner: str, block: blocks.StructBlock) -> type[graphene.ObjectType]:
    """The type of a struct inside another block, named after both."""
    type_name = owner.removesuffix("Block") + "Item"
    if type_name not in block_types:
        members = _struct_fields(type_name, block, lambda pair: pair[0], lambda pair: pair[1])
        members["__doc__"] = _description(block)
        block_types[type_name] = type(type_name, (graphene.ObjectType,), members)
    return block_types[type_name]


def _struct_fields(
    owner: str,
    block: blocks.StructBlock,
    value_of: Callable[[Any], dict[str, Any]],
    publication_of: Callable[[Any], Publication] = lambda item: item.publication,
) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, child in block.child_blocks.items():
        inner = owner if len(block.child_blocks) == 1 else _inner_owner(owner, name, child)
        graphql_type, convert = conversion(inner, child)
        members[name] = described(graphql_type, _said_of(name, child))
        members.update(_choice_labels(name, child, value_of, publication_of))

        @immutable
        def resolve(item: Any, info: Any, name: str = name, convert: Any = convert) -> Any:
            return convert(value_of(item).get(name), publication_of(item))

        members[f"resolve_{name}"] = staticmethod(resolve)
    return members


def _inner_owner(owner: str, name: str, child: blocks.Block) -> str:
    """Names the type of a list's structs after the list, where a block may hold several lists."""
    return f"{owner.removesuffix('Block')}{pascal(name)}" if _holds_structs(child) else owner


def _holds_structs(block: blocks.Block) -> bool:
    return isinstance(block, blocks.ListBlock) and isinstance(block.child_block, blocks.StructBlock)


def _choice_labels(
    name: str, block: blocks.Block, value_of: Callable, publication_of: Callable
) -> dict[str, Any]:
    """`<name>_label` or `<name>_labels`, in the language of the record."""
    if not isinstance(block, blocks.ChoiceBlock | blocks.MultipleChoiceBlock):
        return {}
    texts = dict(block.field.choices)

    @immutable
    def labels(item: Any, info: Any) -> list[str]:
        return labelled(texts, value_of(item).get(name) or [], publication_of(item))

    @immutable
    def label(item: Any, info: Any) -> str:
        return next(iter(labelled(texts, [value_of(item).get(name)], publication_of(item))), "")

    if isinstance(block, blocks.MultipleChoiceBlock):
        many = graphene.List(graphene.NonNull(graphene.String), required=True)
        return {f"{name}_labels": many, f"resolve_{name}_labels": staticmethod(labels)}
    one = graphene.String(required=True, description="In the language of the record.")
    return {f"{name}_label": one, f"resolve_{name}_label": staticmethod(label)}


def labelled(texts: dict[Any, Any], keys: list[Any], publication: Publication) -> list[str]:
    """What choices are called in the language of a record; keys that are no more are left out."""
    with translation.override(publication.locale):
        return [str(texts[key]) for key in keys if key in texts]


def described(graphql_type: Any, text: str) -> Any:
    """The same field or type with a description."""
    if isinstance(graphql_type, graphene.Field):
        graphql_type.description = graphql_type.description or text
    else:
        graphql_type.kwargs.setdefault("description", text)
    return graphql_type


def _said_of(name: str, block: blocks.Block) -> str:
    """What editors are told of a block: its help text, or its label where that says more."""
    label = str(block.label)
    told = str(getattr(block.meta, "help_text", "") or "")
    return told or ("" if label.lower().replace(" ", "_") == name else capfirst(label))


def _field(
    name: str, block: blocks.Block, conversion_: Conversion, value_of: Callable[[Any], Any]
) -> dict[str, Any]:
    graphql_type, convert = conversion_
    described(graphql_type, _said_of(name, block))

    @immutable
    def resolve(item: BlockValue, info: Any) -> Any:
        return convert(value_of(item), item.publication)

    return {name: graphql_type, f"resolve_{name}": staticmethod(resolve)}


def _video_fields() -> dict[str, Any]:
    """Where the player is; a front end loads it only once the reader agreed."""

    @immutable
    def resolve_provider(block: BlockValue, info: Any) -> str | None:
        video = video_of(block.value["url"])
        return video and video.provider

    @immutable
    def resolve_embed_url(block: BlockValue, info: Any) -> str | None:
        video = video_of(block.value["url"])
        return video and video.embed_url

    return {
        "provider": graphene.String(description="The site that a player would load from."),
        "embed_url": graphene.String(description="Of the player: load it only by consent."),
        "resolve_provider": staticmethod(resolve_provider),
        "resolve_embed_url": staticmethod(resolve_embed_url),
    }


_PLAIN: list[tuple[Any, Any]] = [
    (blocks.IntegerBlock, graphene.Int),
    (blocks.DecimalBlock, graphene.Decimal),
    (blocks.DateTimeBlock, DateTime),
    (blocks.DateBlock, Date),
    (blocks.TimeBlock, graphene.String),
]
_TEXTS = (
    blocks.CharBlock | blocks.TextBlock | blocks.URLBlock | blocks.EmailBlock | blocks.ChoiceBlock
)
_EXTRA: dict[str, Callable[[], dict[str, Any]]] = {
    "VideoBlock": _video_fields,
    "TableResourceBlock": table_fields,
    "MapResourceBlock": map_fields,
}


def pascal(name: str) -> str:
    """`"budget_line"` gives `"BudgetLine"`."""
    return "".join(part.title() for part in name.split("_"))
