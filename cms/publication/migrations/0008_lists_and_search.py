"""An index for each order of lists, Thai titles in dictionary order, and the full-text index."""

from django.db import migrations, models

from cms.publication import search_index
from cms.signoff.append_only import append_only, lift_append_only
from cms.thai.collation import sort_key

TABLE = "publication_publication"
MAY_SHORTEN = ("effective_until", "withdrawn_at")


def fill_title_keys(apps, schema_editor):
    """The key of every title that stands in the record already."""
    rows = apps.get_model("publication", "Publication").objects
    for pk, title in rows.values_list("pk", "title").iterator():
        rows.filter(pk=pk).update(title_key=sort_key(title))


def create_search_table(apps, schema_editor):
    """The table, and what stands in public already."""
    for statement in search_index.create_table(schema_editor.connection.vendor):
        # No percent sign stands in it; without parameters it is sent as it is.
        schema_editor.execute(statement, params=None)
    search_index.rebuild(show_progress=True)


def drop_search_table(apps, schema_editor):
    """Nothing is lost that `rebuild` does not find again."""
    schema_editor.execute(f'DROP TABLE "{search_index.TABLE}"')


def add_index(name, *fields):
    return migrations.AddIndex("publication", models.Index(fields=list(fields), name=name))


class Migration(migrations.Migration):
    dependencies = [("publication", "0007_sites_and_restrictions")]

    operations = [
        lift_append_only(TABLE, MAY_SHORTEN),
        migrations.AddField(
            "publication",
            "title_key",
            models.CharField(default="", editable=False, max_length=644),
        ),
        migrations.RunPython(fill_title_keys, migrations.RunPython.noop),
        append_only(TABLE, MAY_SHORTEN),
        add_index("publication_newest_idx", "locale", "-id"),
        add_index("publication_newest_type_idx", "locale", "type", "-id"),
        add_index("publication_posted_idx", "locale", "-posted_on", "-id"),
        add_index("publication_menu_idx", "locale", "sort_order", "title_key", "id"),
        add_index(
            "publication_children_idx", "locale", "parent", "sort_order", "title_key", "id"
        ),
        add_index("publication_title_idx", "locale", "title_key", "id"),
        # The menus in their order, which every page asks for.
        migrations.AddIndex(
            "publication",
            models.Index(
                fields=["locale", "sort_order", "title_key", "id"],
                condition=models.Q(in_menu=True),
                name="publication_in_menu_idx",
            ),
        ),
        migrations.RunPython(create_search_table, drop_search_table),
    ]
