"""A table of text cells that wagtail-localize can translate cell by cell."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import StringSegmentValue


class TableBlock(TypedTableBlock):
    """Wagtail's typed table with one kind of column: text.

    wagtail-localize knows no tables, so this block tells it its own texts: each column heading
    as `h<column>`, each cell as `r<row>c<column>`.
    """

    text = blocks.CharBlock(label=_("Text"), required=False)

    def get_translatable_segments(self, table: TypedTable | None) -> list[StringSegmentValue]:
        """Every non-empty heading and cell, in reading order."""
        return [StringSegmentValue(path, text) for path, text in _texts(table) if text]

    def restore_translated_segments(self, table: TypedTable, segments: list) -> TypedTable:
        """A copy of `table` with the texts that `segments` bring."""
        texts = {segment.path: segment.render_text() for segment in segments}
        columns: list[dict[str, Any]] = [
            {**column, "heading": texts.get(f"h{c}", column["heading"])}
            for c, column in enumerate(table.columns)
        ]
        rows = [
            {
                **row,
                "values": [texts.get(f"r{r}c{c}", value) for c, value in enumerate(row["values"])],
            }
            for r, row in enumerate(table.row_data)
        ]
        return TypedTable(columns=columns, row_data=rows, caption=table.caption)


def _texts(table: TypedTable | None) -> list[tuple[str, str]]:
    if not table:
        return []
    headings = [(f"h{c}", column["heading"] or "") for c, column in enumerate(table.columns)]
    cells = [
        (f"r{r}c{c}", value or "")
        for r, row in enumerate(table.row_data)
        for c, value in enumerate(row["values"])
    ]
    return headings + cells
