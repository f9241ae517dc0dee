"""Whether a page still shows at least what it showed when its address was given to assessors.

The rule: every file that was attached is attached still (by its hash); every public field that was
filled is filled still, and lists of blocks or rows are not shorter; every language in which the
page was public is public still. More, and other words, is a change, not a loss: a person who reads
both versions decides whether a correction took something away.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from cms.assessors.models import AddressCheck
from cms.publication.models import Publication
from cms.publication.wording import child_of, label_of, model_of

State = AddressCheck.State
REMARKS = {
    "gone": _("It is not public any more."),
    "other-page": _("Another page stands at this address now."),
    "external": _("It does not answer: %(words)s"),
    "file": _("The file “%(words)s” is not attached any more."),
    "field": _("What stood under “%(words)s” is missing, or shorter."),
    "language": _("It is not public in this language any more: %(words)s"),
    "type": _("It is a page of another kind now."),
    "words": _("The content is another version."),
    "path": _("The way from the front page has other words now: %(words)s"),
}
Remark = tuple[str, str]  # a key of `REMARKS`, and its words


class Comparison(NamedTuple):
    """What was found at one address."""

    state: str
    remarks: list[Remark]


def written(remark: Any) -> str:
    """A remark as stored, in the user's language."""
    key, words = remark
    if key == "field":
        type_name, _dot, name = words.partition(".")
        words = label_of(child_of(model_of({"type": type_name}), name), name)
    return str(REMARKS[key]) % {"words": words} if words else str(REMARKS[key])


def compare(
    before: Publication, now: Publication, languages_before: list[str], languages_now: list[str]
) -> Comparison:
    """What stood there then with what stands there now."""
    lost = [("language", one.upper()) for one in languages_before if one not in languages_now]
    if before.content_hash != now.content_hash:
        lost += _lost(before.data, now.data)
    if lost:
        return Comparison(State.LESS, lost)
    if before.content_hash != now.content_hash:
        return Comparison(State.CHANGED, [("words", "")])
    return Comparison(State.SAME, [])


def _lost(before: dict[str, Any], now: dict[str, Any]) -> Iterator[Remark]:
    if before["type"] != now["type"]:
        yield "type", ""
        return
    for sha256, file in before["files"].items():
        if sha256 not in now["files"]:
            yield "file", file["filename"]
    for name, value in before["fields"].items():
        if _size(now["fields"].get(name)) < _size(value):
            yield "field", f"{now['type']}.{name}"


def _size(value: Any) -> int:
    """0 where nothing is said; of a list or table how long it is, of anything else 1."""
    if value in (None, "", [], {}):
        return 0
    return len(value) if isinstance(value, list) else 1
