"""Rich text of a snapshot for readers: safe HTML with addresses, a JSON tree, Markdown, words."""

from html import escape
from typing import Any

import graphene

from cms.publication.models import Publication
from content_api.immutable import immutable
from content_api.markdown import markdown_of
from content_api.markup import expanded, text_of, tree_of
from content_api.reader import reader_of
from content_api.scalars import JSON


class RichText(graphene.ObjectType):
    """Running text in four forms. Links lead to where their targets stand now."""

    html = graphene.String(required=True, description="Sanitised HTML: p h3 h4 b i ol ul li a br.")
    json = graphene.Field(
        JSON,
        required=True,
        description="The same as a tree: elements {tag, href?, children}, texts as strings.",
    )
    markdown = graphene.String(required=True, description="The same as CommonMark.")
    text = graphene.String(required=True, description="The words alone.")

    @staticmethod
    @immutable
    def resolve_html(value: tuple[str, Publication], info: Any) -> str:
        """HTML with addresses instead of ids."""
        return linked(*value)

    @staticmethod
    @immutable
    def resolve_json(value: tuple[str, Publication], info: Any) -> list[Any]:
        """The tree of the same HTML."""
        return tree_of(linked(*value))

    @staticmethod
    @immutable
    def resolve_markdown(value: tuple[str, Publication], info: Any) -> str:
        """The text of the same tree, marked."""
        return markdown_of(tree_of(linked(*value)))

    @staticmethod
    @immutable
    def resolve_text(value: tuple[str, Publication], info: Any) -> str:
        """One line for each block element."""
        return text_of(tree_of(value[0]))


def linked(source: str, publication: Publication) -> str:
    """The HTML of a snapshot with addresses; a link whose target is not public leaves its words."""

    def address_of(attributes: dict[str, str]) -> str:
        reader = reader_of(publication)
        if subject := attributes.get("data-subject"):
            target = reader.subject(subject, publication.locale)
            if target and target.address.path:
                return escape(f"/{target.locale}{target.address.path}")
        elif sha256 := attributes.get("data-file"):
            file = reader.file(sha256, publication)
            if file:
                return escape(file.path)
        return attributes.get("href", "")

    return expanded(source, address_of)
