"""Fixtures that every test may use: an office with its accounts and its public front pages."""

import pytest
from django.db import transaction

from cms.publication.models import Address, Publication
from cms.signoff.models import Signature
from tests.office import Office
from tests.publication.tampering import drop_triggers


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Opens an office in the test database once: each test begins from it and is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        office = Office()
        if office.news is None:
            office.open()


@pytest.fixture
def open_office(db) -> Office:
    """Accounts for every role; the Thai and English front page and a news section are public."""
    return Office()


@pytest.fixture
def closed_office(open_office: Office) -> Office:
    """An office that never published anything: the record is emptied for this test."""
    drop_triggers()
    Publication.files.through.objects.all().delete()
    for model in (Publication, Signature, Address):
        model._default_manager.all()._raw_delete("default")
    return open_office
