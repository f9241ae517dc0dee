"""Documents that would cost too much, each with the code of its refusal."""


def fields(count: int, pattern: str) -> str:
    return "{ " + " ".join(pattern.replace("#", str(i)) for i in range(count)) + " }"


def nested(depth: int) -> str:
    return "{ navigation { " + "children { " * depth + "title " + "} " * depth + "} }"


def bomb(levels: int) -> str:
    """Each fragment spreads the next one twice: 2 to the power of `levels` fields."""
    parts = [
        f"fragment F{i} on Query {{ ...F{i + 1} a#: __typename ...F{i + 1} }}"
        for i in range(levels)
    ]
    last = f"fragment F{levels} on Query {{ navigation {{ title }} }}"
    return "{ ...F0 }" + "".join(part.replace("a#: ", "") for part in parts) + last


COSTLY = "body { ... on GalleryBlock { images { image { sources { url } } } } }"
GREEDY = {
    "long": (fields(2000, "navigation { title }"), "LIMIT_TOKENS"),
    "10,000 aliases": (fields(10_000, "a#: __typename"), "LIMIT_TOKENS"),
    "aliases": (fields(50, "a#: __typename"), "LIMIT_ALIASES"),
    "10,000 short aliases": (fields(10_000, "a:b"), "LIMIT_TOKENS"),
    "1 MB of text": ('{ history(path: "' + "x" * 1_000_000 + '") { title } }', "LIMIT_SIZE"),
    "1 MB of tokens": ("{ " + "a " * 500_000 + "}", "LIMIT_SIZE"),
    "100 kB of text": ('{ history(path: "' + "x" * 100_000 + '") { title } }', "LIMIT_SIZE"),
    "lists 50 deep": (nested(50), "LIMIT_DEPTH"),
    "lists 15 deep": (nested(15), "LIMIT_DEPTH"),
    "list values 50 deep": (
        "{ records(type: " + "[" * 50 + "]" * 50 + ") { totalCount } }",
        "LIMIT_DEPTH",
    ),
    "brackets": ("{" * 4000, "LIMIT_DEPTH"),
    "directives": ("{ __typename " + "@skip(if: false) " * 100 + "}", "LIMIT_DIRECTIVES"),
    "directives on the operation": ("query " + "@x " * 100 + "{ __typename }", "LIMIT_DIRECTIVES"),
    "directives on a variable": (
        "query($a: Int " + "@x " * 100 + ") { __typename }",
        "LIMIT_DIRECTIVES",
    ),
    "operations": (" ".join(f"query Q{i} {{ __typename }}" for i in range(100)), "LIMIT_SIZE"),
    "cyclic": (
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        "GRAPHQL_VALIDATION_FAILED",
    ),
    "cyclic by itself": ("{ ...A } fragment A on Query { ...A ...A }", "GRAPHQL_VALIDATION_FAILED"),
    "bomb of fragments": (bomb(40), "LIMIT_COST"),
    "chain of fragments": (
        "{ ...F0 } "
        + " ".join(f"fragment F{i} on Query {{ ...F{i + 1} }}" for i in range(200))
        + " fragment F200 on Query { __typename }",
        "LIMIT_DEPTH",
    ),
    "the same field": (fields(200, "__typename"), "LIMIT_COST"),
    "the same list": (fields(200, "navigation { title }"), "LIMIT_COST"),
    "costly": (
        "{ news(first: 100) { nodes { " + COSTLY + " } edges { node { " + COSTLY + "} } } }",
        "LIMIT_COST",
    ),
    "circle in the schema": (
        "{ __schema { types { fields { type { fields { type { fields { type { fields"
        " { type { name } } } } } } } } } } }",
        "GRAPHQL_VALIDATION_FAILED",
    ),
}
