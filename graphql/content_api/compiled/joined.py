"""Ready text that comes with the records it was made of, in the place of their snapshots."""

from typing import Any

from django.db.models import Case, F, FilteredRelation, Q, QuerySet, TextField, When

# The attributes of a record that was found so.
TEXT, SNAPSHOT = "joined_text", "joined_snapshot"


def with_ready_text(rows: QuerySet, shape: str | None) -> QuerySet:
    """Publications with their text of this shape; without it with their snapshot as ever.

    Where there is a text the snapshot is nearly never read: it stays in the database.
    """
    if shape is None:
        return rows
    kept = FilteredRelation("ready_texts", condition=Q(ready_texts__shape=shape))
    lacking = Case(When(kept__id__isnull=True, then=F("snapshot")), output_field=TextField())
    columns: dict[str, Any] = {TEXT: F("kept__text"), SNAPSHOT: lacking}
    return rows.annotate(kept=kept).annotate(**columns).defer("snapshot")


def settled(rows: list[Any], shape: str | None) -> list[Any]:
    """The records as everybody knows them, each with `ready`: a shape, and its text or None."""
    if shape is None:
        return rows
    for row in rows:
        columns = row.__dict__
        text, snapshot = columns.pop(TEXT), columns.pop(SNAPSHOT)
        if snapshot is not None:
            columns["snapshot"] = snapshot
        row.ready = shape, None if text is None else bytes(text)
    return rows
