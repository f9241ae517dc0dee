"""Search index and reference index while many items are signed at once."""

from collections.abc import Iterator
from typing import Any

import pytest
from django_tasks import task, task_backends
from wagtail.models import ReferenceIndex

from cms.demonstration.indexing import index_at_the_end
from pages.models import NewsPage
from tests.office import Office, image

ran: list[str] = []


@task()
def note(word: str) -> None:
    """Some other task of the same queue."""
    ran.append(word)


@pytest.fixture(autouse=True)
def nothing_ran() -> Iterator[None]:
    ran.clear()
    yield
    ran.clear()


def found(title: str) -> list[str]:
    return [page.title for page in NewsPage.objects.search(title)]


def references(page: Any) -> int:
    return ReferenceIndex.get_references_for_object(page).count()


def test_objects_are_indexed_when_the_block_ends(open_office: Office):
    with index_at_the_end():
        page = open_office.draft(title="Waterworks", lead_image=image())
        page = open_office.edit(page, title="Waterworks again")
        page = open_office.publish(page)
        assert found("Waterworks") == []
        assert references(page) == 0

    assert found("Waterworks") == ["Waterworks again"]
    assert references(page) > 0


def test_nothing_is_indexed_where_the_block_fails(open_office: Office):
    def stop() -> None:
        with index_at_the_end():
            open_office.draft(title="Waterworks")
            raise ValueError("stopped")

    with pytest.raises(ValueError, match="stopped"):
        stop()

    assert found("Waterworks") == []
    open_office.draft(title="Waterworks")
    assert found("Waterworks") == ["Waterworks"]


def test_other_tasks_run_at_once():
    before = task_backends["default"]
    with index_at_the_end():
        note.enqueue("now")
        assert ran == ["now"]
    assert task_backends["default"] is before
