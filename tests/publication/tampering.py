"""Changes behind the back of the application, as somebody with the database could make them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction

from cms.assessors.models import Submission
from cms.publication.models import Publication
from cms.signoff.models import ReleaseAct, Signature


def run_sql(statement: str, *values: Any) -> None:
    """Runs one statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def drop_triggers() -> None:
    """Takes the append-only triggers away, until the test's transaction is rolled back."""
    if connection.vendor == "postgresql":
        # Deferred constraints leave pending events, with which no table can be altered.
        run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for model in (Signature, ReleaseAct, Publication, Submission):
        table = model._meta.db_table
        if connection.vendor == "postgresql":
            run_sql(f'ALTER TABLE "{table}" DISABLE TRIGGER ALL')
        else:
            run_sql(f'DROP TRIGGER "{table}_no_update"')
            run_sql(f'DROP TRIGGER "{table}_no_delete"')


def overwrite(record: models.Model, **columns: Any) -> None:
    """Writes other values into a row without its triggers."""
    drop_triggers()
    type(record).objects.filter(pk=record.pk).update(**columns)


def remove(record: models.Model) -> None:
    """Deletes a row without its triggers, with what points to it."""
    drop_triggers()
    if isinstance(record, Publication):
        record.files.clear()
    type(record).objects.filter(pk=record.pk)._raw_delete("default")


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back at the end, dropped triggers too."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
