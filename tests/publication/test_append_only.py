"""The database itself refuses to change or delete signatures and publications."""

import datetime
import uuid

import pytest
from django.db import DatabaseError, connection, models, transaction

from cms.publication.models import Publication
from cms.signoff.models import Signature
from tests.office import Office
from tests.publication.tampering import run_sql

MODELS = [Signature, Publication]
MAY_COME_EARLIER = {"effective_until", "withdrawn_at"}
GUARDED = [
    pytest.param(model, field, id=f"{model.__name__}.{field.name}")
    for model in MODELS
    for field in model._meta.concrete_fields
    if field.name not in MAY_COME_EARLIER
]
OTHER_VALUES = {
    "DateField": datetime.date(2026, 8, 17),
    "DateTimeField": datetime.datetime(2026, 8, 17, tzinfo=datetime.UTC),
    "UUIDField": uuid.UUID(int=1),
    "CharField": "x",
    "TextField": "x",
}


def other_value(record: models.Model, field: models.Field) -> object:
    if field.get_internal_type() == "BooleanField":
        return not getattr(record, field.attname)
    return OTHER_VALUES.get(field.get_internal_type(), 999)


def rows(model: type[models.Model]) -> list[dict]:
    return list(model.objects.order_by("pk").values())


def assert_refused(model: type[models.Model], act: object) -> None:
    before = rows(model)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act()
    assert rows(model) == before


@pytest.mark.parametrize(("model", "field"), GUARDED)
def test_no_query_updates(open_office: Office, model: type, field: models.Field):
    record = model.objects.first()
    values = {field.attname: other_value(record, field)}

    assert_refused(model, lambda: model.objects.filter(pk=record.pk).update(**values))


@pytest.mark.parametrize("model", MODELS)
def test_no_row_is_saved_with_another_value(open_office: Office, model: type):
    record = model.objects.first()
    record.title = "x"

    assert_refused(model, record.save)


@pytest.mark.parametrize("model", MODELS)
def test_no_sql_updates(open_office: Office, model: type):
    table = model._meta.db_table

    assert_refused(model, lambda: run_sql(f"UPDATE {table} SET title = 'x'"))


@pytest.mark.parametrize("model", MODELS)
def test_no_bulk_insert_overwrites(open_office: Office, model: type):
    record = model.objects.first()
    record.title = "x"

    assert_refused(
        model,
        lambda: model.objects.bulk_create(
            [record], update_conflicts=True, unique_fields=["id"], update_fields=["title"]
        ),
    )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite knows REPLACE")
@pytest.mark.parametrize("model", MODELS)
def test_no_sql_replaces(open_office: Office, model: type):
    table = model._meta.db_table
    names = [field.column for field in model._meta.concrete_fields]
    values = ", ".join("'x'" if name == "title" else name for name in names)
    statement = f"REPLACE INTO {table} ({', '.join(names)}) SELECT {values} FROM {table}"
    before = rows(model)

    with pytest.raises(DatabaseError), transaction.atomic():
        run_sql(statement)

    assert rows(model) == before


@pytest.mark.parametrize("model", MODELS)
def test_no_row_is_deleted(open_office: Office, model: type):
    assert_refused(model, lambda: model.objects.first().delete())


@pytest.mark.parametrize("model", MODELS)
def test_no_query_deletes(open_office: Office, model: type):
    assert_refused(model, lambda: model.objects.all()._raw_delete("default"))


@pytest.mark.parametrize("model", MODELS)
def test_no_sql_deletes(open_office: Office, model: type):
    assert_refused(model, lambda: run_sql(f"DELETE FROM {model._meta.db_table}"))


NOW = datetime.datetime(2026, 8, 17, 9, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.mark.parametrize("column", sorted(MAY_COME_EARLIER))
def test_end_may_be_set_and_come_earlier(open_office: Office, column: str):
    Publication.objects.update(**{column: NOW})
    Publication.objects.update(**{column: NOW - HOUR})

    assert set(Publication.objects.values_list(column, flat=True)) == {NOW - HOUR}


@pytest.mark.parametrize("column", sorted(MAY_COME_EARLIER))
@pytest.mark.parametrize("later", [NOW + HOUR, NOW + datetime.timedelta(microseconds=1), None])
def test_end_never_comes_later_nor_goes_away(open_office: Office, column: str, later: object):
    Publication.objects.update(**{column: NOW})

    assert_refused(Publication, lambda: Publication.objects.update(**{column: later}))


def test_a_signer_is_not_deleted(open_office: Office):
    with pytest.raises(models.ProtectedError):
        open_office.reporter.user.delete()

    assert Signature.objects.filter(user=open_office.reporter.user).exists()
