"""The structure tree of a tagged PDF: what is a heading, a cell, a list item (ISO 32000, 14.7).

fpdf2 tags pictures only; this tree stands in for its own (`FPDF.struct_builder`) and nests.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from fpdf.structure_tree import NumberTree, StructTreeRoot
from fpdf.syntax import PDFArray, PDFObject, PDFString, Raw


class _MarkedContent(PDFObject):
    """A piece of a page that belongs to an element; `pg` is filled in by fpdf2 at the end."""

    def __init__(self, page: int, mcid: int) -> None:
        super().__init__()
        self.type = "/MCR"
        self.pg: PDFObject | None = None
        self.m_c_i_d = mcid  # fpdf2 writes it as /MCID
        self._page = page

    def page_number(self) -> int:
        """The page, from 1."""
        return self._page


class Element(PDFObject):
    """One node of the tree; `kind` is a standard structure type such as `H1`, `P` or `TD`."""

    def __init__(self, kind: str, parent: PDFObject, alt: str = "", attributes: str = "") -> None:
        super().__init__()
        self.type = "/StructElem"
        self.s = f"/{kind}"
        self.p = parent
        self.k = PDFArray()
        self.alt = PDFString(alt) if alt else None
        self.a = Raw(attributes) if attributes else None


class StructureTree:
    """The elements of a document in reading order."""

    def __init__(self) -> None:
        self.struct_tree_root = StructTreeRoot()
        self.root = Element("Document", self.struct_tree_root)
        self.struct_tree_root.k.append(self.root)
        self.struct_tree_root.parent_tree = NumberTree()
        self._elements = [self.root]
        self._contents: list[_MarkedContent] = []
        self._owners: dict[int, list[Element]] = defaultdict(list)

    def add(
        self, kind: str, parent: Element | None = None, alt: str = "", attributes: str = ""
    ) -> Element:
        """A new last child of `parent` (or of the document).

        `alt` describes a picture in words; `attributes` is an attribute object in PDF syntax.
        """
        element = Element(kind, parent or self.root, alt, attributes)
        (parent or self.root).k.append(element)
        self._elements.append(element)
        return element

    def mark(self, element: Element, page: int) -> int:
        """The number under which the next piece of `page` (from 1) belongs to `element`."""
        owners = self._owners[page]
        content = _MarkedContent(page, len(owners))
        owners.append(element)
        element.k.append(content)
        self._contents.append(content)
        return content.m_c_i_d

    def close(self, pages: dict[int, Any]) -> None:
        """Tie the pages to the tree, once all is drawn."""
        for key, (page, owners) in enumerate(sorted(self._owners.items())):
            pages[page].struct_parents = key
            self.struct_tree_root.parent_tree.nums[key].extend(owners)

    # What fpdf2 asks of a structure tree when it writes the file:

    @property
    def doc_struct_elem(self) -> Any:
        """Its `k` holds what needs a reference to a page."""
        return _PageContents(self._contents)

    def empty(self) -> bool:
        """Whether nothing is tagged."""
        return not self._contents

    def __iter__(self) -> Iterator[PDFObject]:
        yield self.struct_tree_root
        yield self.struct_tree_root.parent_tree
        yield from self._elements
        yield from self._contents


class _PageContents:
    def __init__(self, contents: list[_MarkedContent]) -> None:
        self.k = contents
