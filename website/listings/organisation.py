"""The organisation chart: the posts of each side as trees, drawn from positions and divisions.

Whatever the records say, every post stands on the chart once: a post whose superior is not public
or stands in another group begins a tree of its own, and a circle of superiors is cut open.
"""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from website.listings.people import with_positions

EXECUTIVE, COUNCIL, ADMINISTRATION = "EXECUTIVE", "COUNCIL", "ADMINISTRATION"
_MAX_DEPTH = 8  # posts further down stand beside each other
_ROWS = 3  # are drawn side by side
_MAX_COLUMNS = 8  # a tree with more side by side is drawn as an indented list


@dataclass
class Post:
    """A box of the chart: a post, or a division that no post heads (then `title` is empty)."""

    title: str = ""
    holder: str = ""
    division: str = ""
    reports_to: str = ""  # the superior in another group, who stands on another tree
    children: list["Post"] = field(default_factory=list)
    columns: int = 1  # how many boxes stand side by side below it, in the rows that are drawn

    @property
    def is_too_wide(self) -> bool:
        """Whether a screen has no room for the tree side by side."""
        return self.columns > _MAX_COLUMNS

    def measured(self, row: int = 1) -> "Post":
        """This post with its columns counted; below the last row boxes stand under each other."""
        below = [child.measured(row + 1).columns for child in self.children]
        self.columns = (sum(below) or 1) if row < _ROWS else 1
        return self


def organisation_chart(
    language: str, page: dict[str, Any], parameters: QueryDict
) -> dict[str, Any]:
    """The trees of both sides, for the template of an OrganisationPage."""
    answer = with_positions("organisation", language)
    positions = answer["records"]["nodes"]
    headed = headed_divisions(positions)
    permanent = trees_of(positions, ADMINISTRATION, headed)
    without_head = [
        Post(division=division["title"])
        for division in answer["departments"]
        if division["id"] not in headed.values()
    ]
    if len(permanent) == 1:
        permanent[0].children += without_head
    else:
        permanent += without_head
    sides = {
        "executives": trees_of(positions, EXECUTIVE, {}),
        "council": trees_of(positions, COUNCIL, {}),
        "permanent": permanent,
    }
    return {side: [tree.measured() for tree in trees] for side, trees in sides.items()}


def headed_divisions(positions: list[dict[str, Any]]) -> dict[str, str]:
    """The division that each head heads, by id: the first of its posts with a superior outside."""
    division_of = {post["id"]: _id(post["department"]) for post in positions}
    heads: dict[str, str] = {}
    for post in positions:
        division = division_of[post["id"]]
        superior = division_of.get(_id(post["reportsTo"]))
        is_official = post["group"] == ADMINISTRATION
        if is_official and division and superior != division and division not in heads.values():
            heads[post["id"]] = division
    return heads


def trees_of(positions: list[dict[str, Any]], group: str, headed: dict[str, str]) -> list[Post]:
    """The trees of one group, each post below the one it reports to."""
    members = {post["id"]: post for post in positions if post["group"] == group}
    titles = {post["id"]: post["title"] for post in positions}
    below: dict[str, list[str]] = {}
    roots = []
    for key, post in members.items():
        superior = _id(post["reportsTo"])
        if superior in members and superior != key:
            below.setdefault(superior, []).append(key)
        else:
            roots.append(key)
    placed: set[str] = set()

    def tree(key: str, depth: int) -> list[Post]:
        placed.add(key)
        post = members[key]
        superior = _id(post["reportsTo"])
        box = Post(
            title=post["title"],
            holder=post["holder"],
            division=(post["department"] or {}).get("title", "") if key in headed else "",
            reports_to="" if superior in members else titles.get(superior, ""),
        )
        beside: list[Post] = []
        for child in below.get(key, []):
            if child in placed:
                continue
            found = tree(child, depth + 1)
            (box.children if depth < _MAX_DEPTH else beside).extend(found)
        return [box, *beside]

    trees = [box for key in roots for box in tree(key, 1)]
    # What is left goes round in circles: each is cut above its first post.
    return trees + [box for key in members if key not in placed for box in tree(key, 1)]


def _id(record: dict[str, Any] | None) -> str:
    return record["id"] if record else ""
