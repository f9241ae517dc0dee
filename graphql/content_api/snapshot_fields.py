"""The public fields of a publication as SQL: a facet column where there is one, else the JSON.

The snapshot is text on both databases. Names come from `public_fields` alone and are parameters
even so; values are parameters always.
"""

from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Expression,
    F,
    Field,
    FloatField,
    Func,
    IntegerField,
    TextField,
)

# Public fields that `facets` repeats as an indexed column of the same meaning.
FACETS = {
    "department": "department",
    "disclosure_item": "disclosure_item",
    "fiscal_year": "fiscal_year",
    "is_urgent": "is_urgent",
    "posted_on": "posted_on",
}
_TEXT = CharField()


class RecordField(CharField):
    """The id of another record, as text: no facet column has it as a UUID."""


class ChoicesField(TextField):
    """Several choices, as the JSON text of their keys: no key holds a quote."""


class SnapshotField(Func):
    """The value of one field of the snapshot, null where it has none, as a column of a type."""

    def __init__(self, name: str, output_field: Field = _TEXT) -> None:
        super().__init__(F("snapshot"), output_field=output_field)
        self.name = name

    def as_sqlite(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, Any]:
        """`json_extract`: numbers are numbers, booleans 0 or 1, days and moments text."""
        source, parameters = compiler.compile(self.source_expressions[0])
        sql = f"json_extract({source}, %s)"
        if isinstance(self.output_field, DateTimeField):
            # As Django writes whole seconds; editors choose minutes.
            sql = f"strftime('%%Y-%%m-%%d %%H:%%M:%%S', {sql})"
        elif isinstance(self.output_field, FloatField):
            sql = f"CAST({sql} AS REAL)"
        return sql, [*parameters, f"$.fields.{self.name}"]

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, Any]:
        """`#>>` gives text, cast to the column's type; the empty text is no day and no number."""
        source, parameters = compiler.compile(self.source_expressions[0])
        sql = f"({source}::jsonb #>> ARRAY['fields', %s]::text[])"
        for kind, name in _POSTGRESQL:
            if isinstance(self.output_field, kind):
                sql = f"NULLIF({sql}, '')::{name}"
                break
        return sql, [*parameters, self.name]


_POSTGRESQL: list[tuple[type[Field], str]] = [
    (DateTimeField, "timestamptz"),
    (DateField, "date"),
    (FloatField, "double precision"),
    (IntegerField, "bigint"),
    (BooleanField, "boolean"),
]


def field_expression(name: str, output_field: Field) -> Expression | F:
    """One public field of a publication, to be compared."""
    return F(FACETS[name]) if name in FACETS else SnapshotField(name, output_field)
