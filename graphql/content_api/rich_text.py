"""Rich text of a snapshot for readers: safe HTML with addresses, a JSON tree, plain text."""

from typing import Any

import graphene
from bs4 import BeautifulSoup, NavigableString, Tag

from cms.publication.models import Publication
from content_api.reader import reader_of
from content_api.scalars import JSON


class RichText(graphene.ObjectType):
    """Running text in three forms. Links lead to where their targets stand now."""

    html = graphene.String(required=True, description="Sanitised HTML: p h3 h4 b i ol ul li a br.")
    json = graphene.Field(
        JSON,
        required=True,
        description="The same as a tree: elements {tag, href?, children}, texts as strings.",
    )
    text = graphene.String(required=True, description="The words alone.")

    @staticmethod
    def resolve_html(value: tuple[str, Publication], info: Any) -> str:
        """HTML with addresses instead of ids."""
        return str(_expanded(*value))

    @staticmethod
    def resolve_json(value: tuple[str, Publication], info: Any) -> list[Any]:
        """The tree of the same HTML."""
        return [_node(child) for child in _expanded(*value).children]

    @staticmethod
    def resolve_text(value: tuple[str, Publication], info: Any) -> str:
        """One line for each block element."""
        soup = BeautifulSoup(value[0], "html.parser")
        for element in soup.find_all(["p", "h3", "h4", "li", "br"]):
            element.append("\n")
        return soup.get_text().strip()


def _expanded(source: str, publication: Publication) -> BeautifulSoup:
    soup = BeautifulSoup(source, "html.parser")
    reader = reader_of(publication)
    for link in soup.find_all("a"):
        subject, sha256 = link.attrs.pop("data-subject", None), link.attrs.pop("data-file", None)
        if subject:
            target = reader.subject(str(subject), publication.locale)
            if target and target.address.path:
                link["href"] = f"/{target.locale}{target.address.path}"
        elif sha256:
            file = reader.file(str(sha256))
            if file:
                link["href"] = file.path
        if not link.get("href"):
            link.unwrap()  # the target is not public: its words stay
    return soup


def _node(node: Any) -> Any:
    if isinstance(node, NavigableString):
        return str(node)
    if not isinstance(node, Tag):
        return ""
    element: dict[str, Any] = {"tag": node.name}
    if node.get("href"):
        element["href"] = node["href"]
    element["children"] = [_node(child) for child in node.children]
    return element
