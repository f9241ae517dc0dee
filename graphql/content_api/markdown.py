"""The tree of a rich text as CommonMark."""

import re
import unicodedata
from typing import Any
from urllib.parse import quote

_BLOCKS = {"p", "h3", "h4", "ol", "ul", "li"}
_MARKS = {"b": "**", "i": "*"}
_INLINE = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)")
# What would make a line a heading, a list, a rule, a quotation or a fence.
_AT_START = re.compile(r"^([#+=-]|\d+(?=[.)]))")


def markdown_of(tree: list[Any]) -> str:
    """CommonMark that renders as the tree does; HTML tags where its marks would be ambiguous."""
    return "\n\n".join(_blocks(tree))


def _blocks(tree: list[Any]) -> list[str]:
    """The blocks of a tree; what stands between them becomes paragraphs."""
    found: list[str] = []
    run: list[Any] = []
    before = ""
    for node in [*tree, {"tag": "p", "children": []}]:
        tag = node["tag"] if isinstance(node, dict) else ""
        if tag not in _BLOCKS:
            run.append(node)
            continue
        made = _paragraph(run)
        block = _block(node)
        run = []
        if made:
            found.append(made)
            before = ""
        if block:
            # Two lists side by side would become one.
            found.extend(["<!-- -->", block] if tag == before and tag in ("ol", "ul") else [block])
            before = tag
    return found


def _block(node: dict[str, Any]) -> str:
    tag, children = node["tag"], node["children"]
    if tag in ("ol", "ul"):
        items = [child for child in children if isinstance(child, dict) or child.strip()]
        starts = [f"{number}. " if tag == "ol" else "- " for number in range(1, len(items) + 1)]
        return "\n".join(map(_item, starts, items))
    if tag in ("h3", "h4"):
        words = _paragraph(children).replace("\\\n", " ")
        return f"{'#' * int(tag[1])} {words}" if words else ""
    if any(isinstance(child, dict) and child["tag"] in _BLOCKS for child in children):
        return "\n\n".join(_blocks(children))
    return _paragraph(children)


def _item(start: str, node: Any) -> str:
    is_item = isinstance(node, dict) and node["tag"] == "li"
    children = node["children"] if is_item else [node]
    has_paragraphs = any(isinstance(child, dict) and child["tag"] == "p" for child in children)
    body = ("\n\n" if has_paragraphs else "\n").join(_blocks(children))
    return start + body.replace("\n", "\n" + " " * len(start))


def _paragraph(nodes: list[Any]) -> str:
    lines = [line.strip(" ") for line in _inline(nodes).strip().split("\n")]
    return "\\\n".join(map(_start_escaped, lines))


def _start_escaped(line: str) -> str:
    found = _AT_START.match(line)
    if not found:
        return line
    return f"\\{line}" if not line[0].isdecimal() else f"{found[1]}\\{line[found.end() :]}"


def _inline(nodes: list[Any], inside: frozenset[str] = frozenset()) -> str:
    """One text, with a line for each part between breaks."""
    made = ""
    for node in nodes:
        if isinstance(node, str):
            made += _INLINE.sub(lambda found: f"\\{found[0]}", re.sub(r"[ \t\r\n]+", " ", node))
            continue
        tag = node["tag"]
        if tag == "br":
            made += "\n"
            continue
        words = _inline(node["children"], inside | {tag})
        if tag == "a" and "a" not in inside and words.strip():
            made = re.sub(r"!$", r"\\!", made)  # or the link would be an image
            made += _around(words, lambda text, node=node: f"[{text}]({_address(node['href'])})")
        elif tag in _MARKS and tag not in inside and words.strip():
            is_plain = made[-1:] != "*" and not inside & _MARKS.keys()
            made += _around(words, lambda text, tag=tag, ok=is_plain: _marked(text, tag, ok))
        else:
            made += f" {words} " if tag in _BLOCKS else words
    return made


def _around(words: str, mark: Any) -> str:
    """`mark` on the words, spaces left outside."""
    core = words.strip()
    start = words.index(core)
    return words[:start] + mark(core) + words[start + len(core) :]


def _marked(text: str, tag: str, is_plain: bool) -> str:
    """Asterisks beside a letter or digit always mark; beside anything else they may not."""
    if is_plain and _is_letter(text[0]) and _is_letter(text[-1]):
        return f"{_MARKS[tag]}{text}{_MARKS[tag]}"
    return f"<{tag}>{text}</{tag}>"


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


def _address(address: str) -> str:
    encoded = re.sub(r"[\s<>()\\]", lambda found: quote(found[0]), address)
    return re.sub(r"&(?=#?\w+;)", "&amp;", encoded)
