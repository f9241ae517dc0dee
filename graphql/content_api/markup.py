"""Reads the HTML of snapshots, which nh3 wrote in one canonical form, without an HTML parser.

In that form `<` and `>` stand in tags alone, every element is closed but `br`, and attributes are
in double quotes: expressions read it exactly.
"""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

_ATTRIBUTES = r'(?: [a-z-]+="[^"]*")*'
_TAG = re.compile(rf"<(/?)([a-z0-9]+)({_ATTRIBUTES})>")
_LINK = re.compile(rf"<a({_ATTRIBUTES})>|</a>")
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_LINES = {"p", "h3", "h4", "li", "br"}


def expanded(source: str, address_of: Callable[[dict[str, str]], str]) -> str:
    """The HTML with one `href` in each link: what `address_of` makes of its attributes.

    Attributes and addresses are escaped as HTML. A link without an address is replaced by what
    stands in it.
    """
    if "<a" not in source:
        return source
    are_shown: list[bool] = []  # of the links that are open

    def replace(found: re.Match[str]) -> str:
        if found[1] is None:
            return "</a>" if are_shown and are_shown.pop() else ""
        address = address_of(dict(_ATTRIBUTE.findall(found[1])))
        are_shown.append(bool(address))
        return f'<a href="{address}">' if address else ""

    return _LINK.sub(replace, source)


def tree_of(source: str) -> list[Any]:
    """Elements as `{tag, href?, children}`, texts as strings."""
    stack: list[list[Any]] = [[]]
    end = 0
    for tag in _TAG.finditer(source):
        if tag.start() > end:
            stack[-1].append(unescape(source[end : tag.start()]))
        end = tag.end()
        if tag[1]:
            if len(stack) > 1:
                stack.pop()
            continue
        element: dict[str, Any] = {"tag": tag[2]}
        if address := dict(_ATTRIBUTE.findall(tag[3])).get("href"):
            element["href"] = unescape(address)
        element["children"] = []
        stack[-1].append(element)
        if tag[2] != "br":
            stack.append(element["children"])
    if end < len(source):
        stack[-1].append(unescape(source[end:]))
    return stack[0]


def text_of(tree: list[Any]) -> str:
    """The words, one line for each block element."""
    return "".join(_words(tree)).strip()


def _words(tree: list[Any]) -> list[str]:
    found = []
    for node in tree:
        if isinstance(node, str):
            found.append(node)
        else:
            found.extend(_words(node["children"]))
            if node["tag"] in _LINES:
                found.append("\n")
    return found
