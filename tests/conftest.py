"""Fixtures that every test may use: an office with its accounts and its public front pages."""

import gc

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from cms.publication import sites
from cms.publication.models import Address, Publication
from cms.signoff.models import Signature
from tests.divided import Divisions, divide
from tests.office import Office
from tests.publication.tampering import drop_triggers


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the browser's tests last: its event loop stays open, and Django then refuses queries."""
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)


def pytest_collection_finish() -> None:
    """Spares a tenth of the time: what was imported is looked through for garbage no more."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Opens an office in the test database once: each test begins from it and is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        office = Office()
        if office.news is None:
            office.open()
        sites.KEPT_SECONDS = float("inf")  # or some test would count the query of another one
        sites.sites()
    with django_db_blocker.unblock():
        DBTaskResult.objects.all().delete()  # jobs of the opening, queued as it commits


@pytest.fixture
def open_office(db) -> Office:
    """Accounts for every role; the Thai and English front page and a news section are public."""
    return Office()


@pytest.fixture
def divisions(open_office: Office) -> Divisions:
    """The same office with two divisions that have their own people."""
    return divide(open_office)


@pytest.fixture
def closed_office(open_office: Office) -> Office:
    """An office that never published anything: the record is emptied for this test."""
    drop_triggers()
    Publication.files.through.objects.all().delete()
    for model in (Publication, Signature, Address):
        model._default_manager.all()._raw_delete("default")
    return open_office
