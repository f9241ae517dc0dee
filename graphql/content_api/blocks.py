"""GraphQL types made from StreamField block definitions: a new block needs no code here."""

from collections.abc import Callable
from typing import Any, NamedTuple

import graphene
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from cms.publication.models import Publication
from content_api.files import File, FileValue, Image, ImageValue
from content_api.rich_text import RichText
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
    type_name = _pascal(name) + "Block"
    definition = (type(block), name)
    if type_name in block_types:
        if _defined_by[type_name] != definition:
            raise TypeError(f"Two different blocks would both be the GraphQL type {type_name}")
        return type_name
    if isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):
        members = _struct_fields(type_name, block, lambda item: item.value)
    else:
        # The payload is named after the block, or two fragments could not stand in one query.
        members = _field(name, conversion(type_name, block), lambda item: item.value)
    members.update(_EXTRA.get(type(block).__name__, dict)())
    members["__doc__"] = (type(block).__doc__ or "").split("\n")[0]
    if not isinstance(block, blocks.StructBlock):
        members["__doc__"] = str(block.label)
    members["Meta"] = type("Meta", (), {"interfaces": (Block,)})
    block_types[type_name] = type(type_name, (graphene.ObjectType,), members)
    _defined_by[type_name] = definition
    return type_name


def conversion(owner: str, block: blocks.Block) -> Conversion:  # noqa: C901 (one line a kind)
    """The GraphQL type of a block that is not at the top of a stream."""
    if isinstance(block, ImageBlock | ImageChooserBlock):
        return graphene.Field(
            Image
        ), lambda value, publication: value and ImageValue(value, value.get("alt", ""), publication)
    if isinstance(block, DocumentChooserBlock):
        return graphene.Field(
            File
        ), lambda value, publication: value and FileValue(value, publication)
    if isinstance(block, blocks.RichTextBlock):
        return graphene.Field(RichText, required=True), lambda value, publication: (
            value or "",
            publication,
        )
    if isinstance(block, TableBlock):
        return graphene.Field(Table, required=True), lambda value, _publication: value
    if isinstance(block, blocks.ListBlock):
        item_type, convert = conversion(owner, block.child_block)
        inner = item_type.type if isinstance(item_type, graphene.Field) else item_type
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
    if isinstance(block, blocks.IntegerBlock):
        return graphene.Int(), lambda value, _publication: value
    if isinstance(
        block, blocks.CharBlock | blocks.TextBlock | blocks.URLBlock | blocks.ChoiceBlock
    ):
        return graphene.String(required=True), lambda value, _publication: value or ""
    raise TypeError(f"No GraphQL type for {type(block).__name__} in {owner}")


def _struct(owner: str, block: blocks.StructBlock) -> type[graphene.ObjectType]:
    """The type of a struct inside another block, named after both."""
    type_name = owner.removesuffix("Block") + "Item"
    if type_name not in block_types:
        members = _struct_fields(type_name, block, lambda pair: pair[0], lambda pair: pair[1])
        members["__doc__"] = (type(block).__doc__ or "").split("\n")[0]
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
        graphql_type, convert = conversion(owner, child)
        members[name] = graphql_type

        def resolve(item: Any, info: Any, name: str = name, convert: Any = convert) -> Any:
            return convert(value_of(item).get(name), publication_of(item))

        members[f"resolve_{name}"] = staticmethod(resolve)
    return members


def _field(name: str, conversion_: Conversion, value_of: Callable[[Any], Any]) -> dict[str, Any]:
    graphql_type, convert = conversion_

    def resolve(item: BlockValue, info: Any) -> Any:
        return convert(value_of(item), item.publication)

    return {name: graphql_type, f"resolve_{name}": staticmethod(resolve)}


def _video_fields() -> dict[str, Any]:
    """Where the player is; a front end loads it only once the reader agreed."""

    def resolve_provider(block: BlockValue, info: Any) -> str | None:
        video = video_of(block.value["url"])
        return video and video.provider

    def resolve_embed_url(block: BlockValue, info: Any) -> str | None:
        video = video_of(block.value["url"])
        return video and video.embed_url

    return {
        "provider": graphene.String(description="The site that a player would load from."),
        "embed_url": graphene.String(description="Of the player: load it only by consent."),
        "resolve_provider": staticmethod(resolve_provider),
        "resolve_embed_url": staticmethod(resolve_embed_url),
    }


_EXTRA: dict[str, Callable[[], dict[str, Any]]] = {"VideoBlock": _video_fields}


def _pascal(name: str) -> str:
    return "".join(part.title() for part in name.split("_"))
