"""Database triggers that refuse to change or delete what was appended."""

from typing import Any

from django.db.migrations.operations import RunPython

_MESSAGE = "append-only: this record may not be changed"


def append_only(
    table: str,
    may_shorten: tuple[str, ...] = (),
    unique_together: tuple[str, ...] = (),
    kept: tuple[str, int] | None = None,
) -> RunPython:
    """A migration operation: rows of `table` can be inserted, never deleted or updated.

    Columns in `may_shorten` are the exception: timestamps that may be set, or moved earlier,
    and never cleared or moved later. `unique_together` names the columns that are unique only
    as a whole, where the table has such. `kept` names a timestamp and a number of days: rows that
    are older may be deleted, not changed.
    """

    def create(apps: Any, schema_editor: Any) -> None:
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            columns = [
                column.name
                for column in connection.introspection.get_table_description(cursor, table)
            ]
        frozen = [name for name in columns if name not in may_shorten]
        vendor = connection.vendor
        differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
        unique = [name for name in ("id", "sequence", "own_hash") if name in columns]
        keys = [(name,) for name in unique] + ([unique_together] if unique_together else [])
        exists = " OR ".join(
            "(" + " AND ".join(f'"{name}" = NEW."{name}"' for name in key) + ")" for key in keys
        )
        forbidden = " OR ".join(
            [f'NEW."{name}" {differs} OLD."{name}"' for name in frozen]
            + [
                f'(OLD."{name}" IS NOT NULL AND '
                f'(NEW."{name}" IS NULL OR NEW."{name}" > OLD."{name}"))'
                for name in may_shorten
            ]
        )
        for statement in _STATEMENTS[vendor]:
            # Names are ours, not anybody's input; %% is a literal percent sign.
            text = statement.format(
                t=table,
                forbidden=forbidden,
                exists=exists,
                message=_MESSAGE,
                young=_young(vendor, kept),
            )
            schema_editor.execute(text)

    def drop(apps: Any, schema_editor: Any) -> None:
        suffix = f' ON "{table}"' if schema_editor.connection.vendor == "postgresql" else ""
        other = "truncate" if suffix else "replace"
        for event in ("update", "delete", other):
            schema_editor.execute(f'DROP TRIGGER "{table}_no_{event}"{suffix}')

    return RunPython(create, drop)


def lift_append_only(
    table: str, may_shorten: tuple[str, ...] = (), kept: tuple[str, int] | None = None
) -> RunPython:
    """A migration operation: takes the triggers off, so that columns can be added.

    The same migration must end with `append_only`, which then guards the new columns too.
    """
    guard = append_only(table, may_shorten, kept=kept)
    return RunPython(guard.reverse_code or RunPython.noop, guard.code)


def _young(vendor: str, kept: tuple[str, int] | None) -> str:
    """The condition under which a row must not be deleted: always, or while it is young."""
    if kept is None:
        return ""
    column, days = kept
    if vendor == "postgresql":
        return f"WHEN (OLD.\"{column}\" > now() - interval '{days} days')"
    return f"WHEN OLD.\"{column}\" > datetime('now', '-{days} days')"


_STATEMENTS = {
    "sqlite": [
        'CREATE TRIGGER "{t}_no_update" BEFORE UPDATE ON "{t}" WHEN {forbidden} '
        "BEGIN SELECT RAISE(ABORT, '{message}'); END",
        'CREATE TRIGGER "{t}_no_delete" BEFORE DELETE ON "{t}" {young} '
        "BEGIN SELECT RAISE(ABORT, '{message}'); END",
        # REPLACE deletes without telling the trigger above.
        'CREATE TRIGGER "{t}_no_replace" BEFORE INSERT ON "{t}" '
        'WHEN EXISTS (SELECT 1 FROM "{t}" WHERE {exists}) '
        "BEGIN SELECT RAISE(ABORT, '{message}'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION prakat_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '{message}'; END $$",
        'CREATE TRIGGER "{t}_no_update" BEFORE UPDATE ON "{t}" FOR EACH ROW WHEN ({forbidden}) '
        "EXECUTE FUNCTION prakat_append_only()",
        'CREATE TRIGGER "{t}_no_delete" BEFORE DELETE ON "{t}" FOR EACH ROW {young} '
        "EXECUTE FUNCTION prakat_append_only()",
        'CREATE TRIGGER "{t}_no_truncate" BEFORE TRUNCATE ON "{t}" '
        "EXECUTE FUNCTION prakat_append_only()",
    ],
}
