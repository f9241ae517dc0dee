"""A database for processes that are killed, or that race."""

import shutil
from collections.abc import Iterator

import pytest
from django.db import connections


@pytest.fixture(scope="module")
def ruined_database(
    django_db_setup, tmp_path_factory: pytest.TempPathFactory, django_db_blocker
) -> Iterator[str]:
    """The address of a copy of the test database that the tests of one file may ruin."""
    with django_db_blocker.unblock():
        connections.close_all()
        parameters = connections["default"].settings_dict
        if connections["default"].vendor == "sqlite":
            copy = tmp_path_factory.mktemp("crash") / "crash.sqlite3"
            shutil.copy(parameters["NAME"], copy)
            yield f"sqlite:///{copy}"
            return
        yield from _postgresql_copy(parameters)


def _postgresql_copy(parameters: dict) -> Iterator[str]:
    import psycopg

    name = f"{parameters['NAME']}_crash"
    origin = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/".format(**parameters)
    with psycopg.connect(f"{origin}postgres", autocommit=True) as maintenance:
        maintenance.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        maintenance.execute(f'CREATE DATABASE "{name}" TEMPLATE "{parameters["NAME"]}"')
        yield f"{origin}{name}"
        maintenance.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
