"""Datasets whose publication asks for conversions at once, as after a commit."""

from collections.abc import Callable
from typing import Any

import pytest

from cms.publication.models import Publication
from tests.opendata import datasets


@pytest.fixture
def publish(
    open_office: Any, django_capture_on_commit_callbacks: Any
) -> Callable[..., Publication]:
    """Publishes a dataset of the given resources and lets what follows a commit happen."""

    def publish_dataset(*resources: Any, **fields: Any) -> Publication:
        with django_capture_on_commit_callbacks(execute=True):
            return datasets.published(open_office, *resources, **fields)

    return publish_dataset
