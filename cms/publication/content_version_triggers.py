"""Database triggers that give a new content version when a table is written to, by whomever.

Each app names in its `AppConfig.public_tables` what the public is answered from: a table and the
columns whose changes count (all, where none is named). The triggers are made after every
`migrate`, as SQLite drops them with each table that a migration rebuilds.
"""

from typing import Any

from django.apps import apps
from django.db import connections

# Random, not counted: a number that a transaction took and gave back would come again with
# other content.
_NEW_SQLITE = (
    "INSERT OR REPLACE INTO publication_contentversion (id, token) "
    "VALUES (1, lower(hex(randomblob(16))))"
)
_NEW_POSTGRESQL = (
    "INSERT INTO publication_contentversion (id, token) "
    "VALUES (1, replace(gen_random_uuid()::text, '-', '')) "
    "ON CONFLICT (id) DO UPDATE SET token = EXCLUDED.token"
)
_FIRST = {
    "sqlite": [_NEW_SQLITE],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION prakat_new_content_version() RETURNS trigger "
        f"LANGUAGE plpgsql AS $$ BEGIN {_NEW_POSTGRESQL}; RETURN NULL; END $$",
        _NEW_POSTGRESQL,
    ],
}
_TRIGGER = {
    "sqlite": [
        'DROP TRIGGER IF EXISTS "{table}_version_{event}"',
        'CREATE TRIGGER "{table}_version_{event}" AFTER {event} ON "{table}" {when} '
        f"BEGIN {_NEW_SQLITE}; END",
    ],
    "postgresql": [
        'CREATE OR REPLACE TRIGGER "{table}_version_{event}" AFTER {event} ON "{table}" '
        "FOR EACH {each} {when} EXECUTE FUNCTION prakat_new_content_version()",
    ],
}


def public_tables() -> dict[str, tuple[str, ...]]:
    """Every table that an app named, with the columns that count."""
    found: dict[str, tuple[str, ...]] = {}
    for config in apps.get_app_configs():
        found.update(getattr(config, "public_tables", {}))
    return found


def watch_public_tables(using: str = "default", **kwargs: Any) -> None:
    """After `migrate`: every trigger, and a version to begin with. Done twice, it is as once."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    if "publication_contentversion" not in existing:
        return  # a partial migration
    with connection.cursor() as cursor:
        for statement in _FIRST[connection.vendor]:
            cursor.execute(statement)
        for table, columns in public_tables().items():
            for statement in _statements(connection.vendor, table, columns):
                if table in existing:
                    cursor.execute(statement)


def _statements(vendor: str, table: str, columns: tuple[str, ...]) -> list[str]:
    """Names are ours, not anybody's input."""
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    changed = " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in columns)
    return [
        statement.format(
            table=table,
            event=event,
            when=f"WHEN ({changed})" if changed and event == "UPDATE" else "",
            each="ROW" if changed and event == "UPDATE" else "STATEMENT",
        )
        for event in ("INSERT", "UPDATE", "DELETE")
        for statement in _TRIGGER[vendor]
    ]
