"""SQLite takes Thai vowels and tone marks for spaces: the admin's search is told otherwise."""

from django.db import migrations

TABLE = "wagtailsearch_indexentry_fts"
ENTRIES = "wagtailsearch_indexentry"
THAI = ", tokenize=\"unicode61 categories 'L* N* Co Mn Mc'\""


def recreate(schema_editor, tokens):
    """The triggers that fill the table stand on another one and stay."""
    if schema_editor.connection.vendor != "sqlite":
        return
    schema_editor.execute(f"DROP TABLE {TABLE}")
    schema_editor.execute(f"CREATE VIRTUAL TABLE {TABLE} USING fts5(autocomplete, body, title{tokens})")
    schema_editor.execute(
        f"INSERT INTO {TABLE}(title, body, autocomplete, rowid) "
        f"SELECT title, body, autocomplete, id FROM {ENTRIES}"
    )


def keep_thai_marks(apps, schema_editor):
    """Vowels and tone marks belong to words; `update_index` cuts the words."""
    recreate(schema_editor, THAI)


def as_it_was(apps, schema_editor):
    """The table as Wagtail makes it."""
    recreate(schema_editor, "")


class Migration(migrations.Migration):
    dependencies = [("wagtailsearch", "0010_add_text_fields")]
    operations = [migrations.RunPython(keep_thai_marks, as_it_was)]
