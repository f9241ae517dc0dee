"""Items at the two points at which somebody might try a side door."""

from collections.abc import Iterator

import pytest
from django.db import connection, connections

from pages.models import NewsPage
from tests.office import Office

NEW_TITLE = "ชื่อที่ไม่มีใครลงนาม"


@pytest.fixture
def edited(open_office: Office) -> NewsPage:
    """A published item with a further draft that nobody signed."""
    return open_office.edit(open_office.show(open_office.draft()), title=NEW_TITLE)


@pytest.fixture
def half_signed(open_office: Office) -> NewsPage:
    """An item that waits for the last signature, the publisher's."""
    page = open_office.draft()
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    open_office.approver.sign(page)
    return open_office.fresh(page)


@pytest.fixture
def own_database(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A copy of the test database, for tests whose threads commit what cannot be deleted.

    PostgreSQL only.
    """
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
        connections.close_all()  # a database that somebody uses cannot be copied
        connection.creation.clone_test_db("own", verbosity=0)
        connection.settings_dict["NAME"] = f"{name}_own"
        try:
            yield
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = name
            connection.creation.destroy_test_db(suffix="own", verbosity=0)
