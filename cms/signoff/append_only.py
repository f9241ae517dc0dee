"""Database triggers that refuse to change or delete what was appended."""

from typing import Any

from django.db.migrations.operations import RunPython

_MESSAGE = "append-only: this record may not be changed"


def append_only(table: str, may_shorten: tuple[str, ...] = ()) -> RunPython:
    """A migration operation: rows of `table` can be inserted, never deleted or updated.

    Columns in `may_shorten` are the exception: timestamps that may be set, or moved earlier,
    and never cleared or moved later.
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
        exists = " OR ".join(f'"{name}" = NEW."{name}"' for name in unique)
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
            text = statement.format(t=table, forbidden=forbidden, exists=exists, message=_MESSAGE)
            schema_editor.execute(text)

    def drop(apps: Any, schema_editor: Any) -> None:
        suffix = f' ON "{table}"' if schema_editor.connection.vendor == "postgresql" else ""
        other = "truncate" if suffix else "replace"
        for event in ("update", "delete", other):
            schema_editor.execute(f'DROP TRIGGER "{table}_no_{event}"{suffix}')

    return RunPython(create, drop)


_STATEMENTS = {
    "sqlite": [
        'CREATE TRIGGER "{t}_no_update" BEFORE UPDATE ON "{t}" WHEN {forbidden} '
        "BEGIN SELECT RAISE(ABORT, '{message}'); END",
        'CREATE TRIGGER "{t}_no_delete" BEFORE DELETE ON "{t}" '
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
        'CREATE TRIGGER "{t}_no_delete" BEFORE DELETE ON "{t}" FOR EACH ROW '
        "EXECUTE FUNCTION prakat_append_only()",
        'CREATE TRIGGER "{t}_no_truncate" BEFORE TRUNCATE ON "{t}" '
        "EXECUTE FUNCTION prakat_append_only()",
    ],
}
