"""What differs between two snapshots of one subject, part by part, in the words of the editors.

The pure comparison: signers see all of it, readers of a correction only what is public.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.publication.text_differences import ADDED, REMOVED, SAME, Piece, compare, replace, shorten
from cms.publication.wording import (
    Wording,
    child_of,
    is_stream,
    is_table,
    label_of,
    model_of,
)
from cms.snapshot.snapshot import canonical_json

_EMPTY: dict[str, Any] = {"title": "", "fields": {}, "files": {}, "references": [], "signing": {}}
# Derived from the rest, or the same by definition.
_NOT_COMPARED = {"references", "files", "fields", "signing", "title", "subject", "locale"}


class Kind(TextChoices):
    """What happened to a part."""

    ADDED = "added", gettext_lazy("added")
    REMOVED = "removed", gettext_lazy("removed")
    CHANGED = "changed", gettext_lazy("changed")
    MOVED = "moved", gettext_lazy("moved to another place")


@dataclass(frozen=True)
class Difference:
    """One part that differs. `path` names it for programs, `label` for people."""

    path: str
    label: str
    kind: Kind
    pieces: tuple[Piece, ...]
    is_public: bool = True
    note: str = ""

    @property
    def old(self) -> str:
        """The part as it was, as text."""
        return "".join(piece.text for piece in self.pieces if piece.kind != ADDED)

    @property
    def new(self) -> str:
        """The part as it is now, as text."""
        return "".join(piece.text for piece in self.pieces if piece.kind != REMOVED)

    @property
    def short_pieces(self) -> list[Piece]:
        """The pieces without what is the same far from any change."""
        return shorten(self.pieces)


def differences(
    old: dict[str, Any] | None,
    new: dict[str, Any],
    *,
    public_only: bool = False,
    wording: Wording | None = None,
) -> list[Difference]:
    """What `new` says otherwise than `old`, in the order in which editors see the fields.

    `old` is None for a first publication: then all that `new` says is added. `public_only`
    leaves out what readers never see (who must sign, the impact assessment, the time window, the
    place in the site), and the titles of drafts. `wording`: one for many comparisons, so that
    titles are asked for once. Two equal snapshots have no differences, and
    two that are not have at least one.
    """
    # What the earlier one lacks is compared with nothing.
    before = old or {**_EMPTY, "type": new["type"], "locale": new["locale"], "parent": None}
    wording = wording or Wording([before, new], drafts_too=not public_only)
    found = list(_Comparison(before, new, wording).all())
    if old is not None and old != new and not found:
        detail = _("A detail that no field shows")
        found = [Difference("snapshot", detail, Kind.CHANGED, (), is_public=False)]
    return [difference for difference in found if difference.is_public or not public_only]


class _Comparison:
    """Walks two snapshots in parallel."""

    def __init__(self, old: dict[str, Any], new: dict[str, Any], wording: Wording) -> None:
        self.old, self.new, self.wording = old, new, wording
        self.model = model_of(new)

    def all(self) -> Iterator[Difference]:
        title = label_of(child_of(self.model, "title"), "title")
        yield from self._values("title", title, None, self.old["title"], self.new["title"])
        for name in self._field_names():
            definition = child_of(self.model, name)
            label = label_of(definition, name)
            before, after = (side["fields"].get(name) for side in (self.old, self.new))
            if name not in self.old["fields"] and not after:
                continue  # a field that its type gained since, and that says nothing
            yield from self._values(f"fields.{name}", label, definition, before, after)
        yield from self._files()
        for path, label, before, after in self._not_public():
            for difference in self._values(path, label, None, before, after):
                yield Difference(**{**difference.__dict__, "is_public": False})

    def _field_names(self) -> list[str]:
        declared = list(getattr(self.model, "public_fields", []))
        present = {*self.old["fields"], *self.new["fields"]}
        return [name for name in declared if name in present] + sorted(present - set(declared))

    def _files(self) -> Iterator[Difference]:
        """Files whose bytes are the same and whose name, say, is another."""
        before, after = self.old["files"], self.new["files"]
        for sha256 in sorted(before.keys() & after.keys()):
            if before[sha256] != after[sha256]:
                old, new = (self.wording.file(sha256, files) for files in (before, after))
                yield self._leaf(f"files.{sha256}", _("File"), old, new, is_prose=False)

    def _not_public(self) -> Iterator[tuple[str, str, Any, Any]]:
        """Path, label and both values of what is signed and never shown to readers."""
        labels = {
            "slug": _("Address (last part)"),
            "parent": _("Place in the site"),
            "inMenu": _("Shown in menus"),
            "effectiveFrom": _("Public from"),
            "effectiveUntil": _("Public until"),
            "schema": _("Form of the record"),
            "type": _("Type"),
            "needsExecutive": _("Chief executive or chief administrator signs"),
            "assessment": _("Impact assessment"),
        }
        names = [*labels, *sorted({*self.old, *self.new} - set(labels))]
        for name in names:
            if name not in _NOT_COMPARED and (name in self.old or name in self.new):
                yield name, labels.get(name, name), self.old.get(name), self.new.get(name)
        signing = [self.old["signing"], self.new["signing"]]
        for name in sorted({*signing[0], *signing[1]}):
            values = [side.get(name) for side in signing]
            yield f"signing.{name}", labels.get(name, name), *values

    def _values(
        self, path: str, label: str, definition: Any, old: Any, new: Any
    ) -> Iterator[Difference]:
        if old == new and type(old) is type(new):
            return
        lists = [[] if value is None else value for value in (old, new)]
        if all(is_stream(value) for value in lists) and _have_ids(*lists):
            yield from self._blocks(path, label, definition, *lists)
        elif all(isinstance(value, list) for value in lists) and not _are_texts(*lists):
            yield from self._list(path, label, definition, *lists)
        elif isinstance(old, dict) and isinstance(new, dict) and not is_table(old | new):
            yield from self._struct(path, label, definition, old, new)
        else:
            yield self._one(path, label, definition, old, new)

    def _struct(
        self, path: str, label: str, definition: Any, old: dict, new: dict
    ) -> Iterator[Difference]:
        for name in dict.fromkeys([*new, *old]):
            child = child_of(definition, name)
            inner = f"{label} › {label_of(child, name)}"
            yield from self._values(f"{path}.{name}", inner, child, old.get(name), new.get(name))

    def _blocks(
        self, path: str, label: str, definition: Any, old: list, new: list
    ) -> Iterator[Difference]:
        """Blocks by id: removed, moved, changed within, added."""
        before = {block["id"]: block for block in old}
        after = {block["id"]: block for block in new}
        common = [key for key in after if key in before]
        moved = set(common) - set(_in_order(list(before), common))
        for key, block in before.items():
            if key not in after:
                yield self._block(path, label, definition, block, Kind.REMOVED)
        for place, (key, block) in enumerate(after.items(), start=1):
            if key not in before:
                yield self._block(path, label, definition, block, Kind.ADDED)
                continue
            if key in moved:
                earlier = list(before).index(key) + 1
                places = {"old": earlier, "new": place}
                note = _("From place %(old)d to place %(new)d.") % places
                yield self._block(path, label, definition, block, Kind.MOVED, note)
            if before[key]["type"] != block["type"]:
                yield self._block(path, label, definition, before[key], Kind.REMOVED)
                yield self._block(path, label, definition, block, Kind.ADDED)
                continue
            child = child_of(definition, block["type"])
            inner = f"{label} › {label_of(child, block['type'])}"
            values = before[key]["value"], block["value"]
            yield from self._values(f"{path}.{key}", inner, child, *values)

    def _block(
        self, path: str, label: str, definition: Any, block: dict, kind: Kind, note: str = ""
    ) -> Difference:
        child = child_of(definition, block["type"])
        text = self.wording.text(block["value"], child, self._files_of(kind))
        piece = {Kind.ADDED: ADDED, Kind.REMOVED: REMOVED}.get(kind, SAME)
        inner = f"{label} › {label_of(child, block['type'])}"
        pieces = (Piece(piece, text),) if text else ()
        return Difference(f"{path}.{block['id']}", inner, kind, pieces, note=note)

    def _list(
        self, path: str, label: str, definition: Any, old: list, new: list
    ) -> Iterator[Difference]:
        """Items without ids: those that are the same stay, the others are compared in pairs."""
        child = child_of(definition, "")
        keys, new_keys = ([canonical_json(item) for item in items] for items in (old, new))
        matcher = SequenceMatcher(None, keys, new_keys, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal":
                continue
            for place in range(max(b - a, d - c)):
                before = old[a + place] if a + place < b else None
                after = new[c + place] if c + place < d else None
                number = (c if after is not None else a) + place + 1
                inner = f"{label} › {number}"
                yield from self._values(f"{path}.{number}", inner, child, before, after)

    def _one(self, path: str, label: str, definition: Any, old: Any, new: Any) -> Difference:
        before = self.wording.text(old, definition, self.old["files"])
        after = self.wording.text(new, definition, self.new["files"])
        is_prose = (before, after) == (old, new) or "\n" in before + after or _is_html(old, new)
        return self._leaf(path, label, before, after, is_prose)

    def _leaf(self, path: str, label: str, before: str, after: str, is_prose: bool) -> Difference:
        if before == after:
            note = _("The words are the same; the formatting or a detail behind them is not.")
            same = (Piece(SAME, after),) if after else ()
            return Difference(path, label, Kind.CHANGED, same, note=note)
        kind = Kind.ADDED if not before else Kind.CHANGED if after else Kind.REMOVED
        pieces = tuple(compare(before, after) if is_prose else replace(before, after))
        return Difference(path, label, kind, pieces)

    def _files_of(self, kind: Kind) -> dict[str, Any]:
        return self.old["files"] if kind == Kind.REMOVED else self.new["files"]


def _have_ids(*lists: list[dict]) -> bool:
    """Whether every block has an id that no other block of its list has."""
    for blocks in lists:
        ids = [block["id"] for block in blocks]
        if None in ids or len(set(ids)) != len(ids):
            return False
    return any(lists)


def _are_texts(*lists: list[Any]) -> bool:
    return all(isinstance(item, str) for items in lists for item in items)


def _is_html(*values: Any) -> bool:
    return any(isinstance(value, str) and value.startswith("<") for value in values)


def _in_order(before: list[Any], after: list[Any]) -> list[Any]:
    """The most of `after` that stands in the order of `before`; what is left was moved."""
    places = {key: place for place, key in enumerate(before)}
    tails: list[int] = []  # the smallest last place of an ordered run of each length
    runs: list[list[Any]] = []
    for key in after:
        at = bisect_left(tails, places[key])
        run = [*(runs[at - 1] if at else []), key]
        if at == len(tails):
            tails.append(places[key])
            runs.append(run)
        else:
            tails[at], runs[at] = places[key], run
    return runs[-1] if runs else []
