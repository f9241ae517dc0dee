"""Root arguments for which there is an answer, put into operations that Schemathesis made.

A generated operation is nearly always refused over its arguments, or asks for what does not exist:
its selection is never walked. The same selection is walked with these.
"""

from random import Random
from typing import Any

from django.utils import timezone
from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLList,
    InlineFragmentNode,
    NamedTypeNode,
    ast_from_value,
    get_named_type,
    get_nullable_type,
    is_required_argument,
    parse,
    print_ast,
)
from graphql.language import ArgumentNode, NameNode

from cms.publication.models import Publication
from content_api.types import object_types
from tests.api.ask import ask

PLACE = "__typename ... on Node { id permanentId } ... on Page { path }"
SIZES = [0, 1, 1, 2, 5, 5, 20, 100]
ORDERED = {"pages", "news", "records"}
MINIMUM = {"changes.first": 1, "suggestions.first": 1}
MAXIMUM = {"suggestions.first": 10}
OPTIONAL = 0.4  # so often an argument is given that need not be
# Of each of these pairs a question has one.
EITHER = [("path", "permanentId"), ("permanentId", "identifier")]
NOT_BOTH = [("first", "last"), ("after", "since")]


class KnownArguments:
    """What stands in public, by the arguments that ask for it. `schema` is the contract's."""

    def __init__(self, contract: Any) -> None:
        self.fields = contract.query_type.fields
        self.now = timezone.now().isoformat()
        self.places = self._places()
        self.values = self._values()
        self.cursors = {name: self._cursors(name) for name in self.fields}

    def put_into(self, body: str, random: Random) -> str:
        """The operation with other arguments for its root fields; their selections stay."""
        document = parse(body)
        for field in document.definitions[0].selection_set.selections:  # type: ignore[attr-defined]
            if isinstance(field, FieldNode):
                field.arguments = tuple(self._arguments(field, random))
        return print_ast(document)

    def types_asked(self, field: FieldNode) -> list[str]:
        """The types of which an operation asks something of their own, where there are any."""
        found: list[str] = []
        waiting: list[Any] = list(field.selection_set.selections if field.selection_set else ())
        while waiting:
            node = waiting.pop()
            if isinstance(node, InlineFragmentNode) and isinstance(
                node.type_condition, NamedTypeNode
            ):
                found.append(node.type_condition.name.value)
            elif isinstance(node, FieldNode) and node.name.value in ("nodes", "edges", "node"):
                waiting += node.selection_set.selections if node.selection_set else ()
        return [name for name in found if name in self.places]

    # --- choosing --------------------------------------------------------------------------------

    def _arguments(self, field: FieldNode, random: Random) -> list[ArgumentNode]:
        name, declared = field.name.value, self.fields[field.name.value].args
        generated = {node.name.value: node.value for node in field.arguments}
        chosen = {
            key
            for key, one in declared.items()
            if is_required_argument(one) or random.random() < 0.4
        }
        for pair in EITHER:
            if declared.keys() >= set(pair):
                chosen -= set(pair)
                chosen.add(random.choice(pair))
        for pair in NOT_BOTH:
            if chosen >= set(pair):
                chosen.discard(random.choice(pair))
        types = self.types_asked(field)
        order = self._order(name, declared, chosen, random)
        found = []
        for key in sorted(chosen):
            choices = self._choices(name, key, declared[key], types, order)
            if choices:
                node = ast_from_value(random.choice(choices), declared[key].type)
            elif random.random() < 0.5:
                node = generated.get(key)  # a condition: as it was made, or left out
            else:
                continue
            if node is not None:
                found.append(ArgumentNode(name=NameNode(value=key), value=node))
        return found

    @staticmethod
    def _order(name: str, declared: Any, chosen: set[str], random: Random) -> str:
        """The order that will be asked for: a cursor belongs to one."""
        if "order" not in declared:
            return ""
        orders = list(get_named_type(declared["order"].type).values)
        return random.choice(orders) if "order" in chosen else declared["order"].default_value

    def _choices(self, name: str, key: str, argument: Any, types: list[str], order: str) -> list:
        """Values for one argument; none where nothing is known."""
        asked = [place for type_ in types for place in self.places[type_]] or self._all()
        if key in ("after", "before"):
            return self.cursors[name].get(order, [])
        if key == "order":
            return [order]
        if key in ("path", "permanentId", "id") and name != "alert":
            return [place[key] for place in asked if place.get(key)]
        if key == "ids":
            return [[place["id"] for place in asked if place.get("id")][:size] for size in SIZES]
        if key in ("first", "last"):
            least, most = MINIMUM.get(f"{name}.{key}", 0), MAXIMUM.get(f"{name}.{key}", 100)
            return [size for size in SIZES if least <= size <= most]
        if key == "filter" and name == "pages" and types:
            return [{"type": types}, {}]
        if key == "type" and name == "records":
            records = [type_ for type_ in types if not type_.endswith("Page")]
            return [records] if records else self.values["records.type"]
        known = self.values.get(f"{name}.{key}", self.values.get(key, []))
        kind = get_nullable_type(argument.type)
        if not known and isinstance(get_named_type(kind), GraphQLEnumType):
            names = list(get_named_type(kind).values)
            return [names, names[::-1]] if isinstance(kind, GraphQLList) else names
        return known

    def _all(self) -> list[dict[str, Any]]:
        return [place for places in self.places.values() for place in places]

    # --- what there is ---------------------------------------------------------------------------

    @staticmethod
    def _places() -> dict[str, list[dict[str, Any]]]:
        """Id, permanent id and path of what is public, and of what is gone, by type."""
        places: dict[str, list[dict[str, Any]]] = {}
        for locale in ("TH", "EN"):
            asked = f"""query ($records: [String!]!) {{
              pages(locale: {locale}, first: 100) {{ nodes {{ {PLACE} }} }}
              records(locale: {locale}, type: $records, first: 100) {{ nodes {{ {PLACE} }} }} }}"""
            data = ask(asked, records=sorted(object_types))
            for node in [*data["pages"]["nodes"], *data["records"]["nodes"]]:
                places.setdefault(node["__typename"], []).append(node)
        gone = ask("{ withdrawals { nodes { permanentId } } }")["withdrawals"]["nodes"]
        places["Gone"] = [{**one, "path": "/th/news/gone/"} for one in gone]
        changes = ask("{ changes { nodes { kind oldPath } } }")["changes"]["nodes"]
        places["Redirect"] = [{"path": one["oldPath"]} for one in changes if one["oldPath"]]
        return places

    def _values(self) -> dict[str, list[Any]]:
        """By `field.argument`, or by the argument alone."""
        rows = Publication.objects.effective().order_by("sequence")
        departments = [place["id"] for place in self.places["Department"]]
        alerts = ask("{ alerts { nodes { permanentId identifier } } }")["alerts"]["nodes"]
        files = [sha256 for row in rows for sha256 in row.data["files"]]
        types = sorted(self.places.keys() & object_types.keys())
        records = [type_ for type_ in types if not type_.endswith("Page")]
        return {
            "hash": [*rows.values_list("content_hash", flat=True), *files],
            "alert.permanentId": [alert["permanentId"] for alert in alerts],
            "alert.identifier": [alert["identifier"] for alert in alerts],
            "framework": ["test-list"],
            "fiscalYear": [2566],
            "site": ["localhost"],
            "asOf": [self.now],
            "transparency.asOf": [timezone.localdate().isoformat(), "2026-01-01"],
            "since": ["2026-01-01T00:00:00Z"],
            "locale": ["TH", "TH", "EN"],
            "fallback": [["TH"], ["EN", "TH"], []],
            "under": ["/", "/th/news/", "/news/"],
            "depth": [0, 1, 3, 10],
            "inForce": [True, False],
            "query": ["ข้อความ", "ตัวอย่าง", "ข่าว", "NewsPage", "2569"],
            "prefix": ["ข้อ", "ข่า", "News"],
            "department": departments,
            "years": [[2569], [2569, 2570]],
            "year": [2569, 2570],
            "dateFrom": ["2026-01-01", "0001-01-01"],
            "dateUntil": ["2399-12-31"],
            "types": [types],
            "topics.type": ["QuestionAnswerPage"],
            "kindCounts.type": ["LawPage", "WebLink", "NewsPage", "PlanPage"],
            "records.type": [records],
            "changes.type": [types, ["NewsPage", "Alert"]],
            "withdrawals.type": [types, ["NewsPage"]],
            "withdrawals.kind": [["general", "announcement"]],
            "records.kind": [["administration"], ["external"]],
            "pages.filter": [{}, {"under": "/th/news/"}, {"fiscalYear": 2569}, {"isUrgent": True}],
            "news.filter": [{}, {"postedFrom": "2026-01-01"}, {"department": departments[0]}],
        }

    def _cursors(self, name: str) -> dict[str, list[str]]:
        """The cursors of a list, by its order."""
        arguments = self.fields[name].args
        if name == "changes":
            return {"": [ask("{ changes(first: 1) { cursor } }")["changes"]["cursor"]]}
        if "after" not in arguments:
            return {}
        given = {"search": 'query: "ข้อความ"', "records": f"type: {list(object_types)}"}
        asked = given.get(name, "").replace("'", '"')
        orders = list(get_named_type(arguments["order"].type).values) if name in ORDERED else [""]
        found = {}
        for order in orders:
            passed = ", ".join(
                filter(None, [asked, f"order: {order}" if order else "", "first: 9"])
            )
            edges = ask(f"{{ {name}({passed}) {{ edges {{ cursor }} }} }}")[name]["edges"]
            found[order] = [edge["cursor"] for edge in edges]
        return found


def has_content(value: Any) -> bool:
    """Whether an answer says anything: a type's name, a nothing and a zero do not."""
    if isinstance(value, dict):
        return any(has_content(one) for name, one in value.items() if name != "__typename")
    if isinstance(value, list):
        return any(map(has_content, value))
    return bool(value)
