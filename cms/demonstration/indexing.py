"""Indexing many saves at once: an item that is signed is saved ten times over."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks.backends.dummy import DummyBackend
from modelsearch.tasks import insert_or_update_object_task
from wagtail.tasks import update_reference_index_task

_INDEXING = (insert_or_update_object_task, update_reference_index_task)


class _Collector(DummyBackend):
    """Keeps the indexing of each object for later, once; hands on every other task."""

    def __init__(self, behind: Any) -> None:
        super().__init__(behind.alias, {})
        self.behind = behind
        self.waiting: dict[tuple, Any] = {}

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        """Notes what is to be indexed; the result is one of a task that has not run yet."""
        if task not in _INDEXING:
            return self.behind.enqueue(task, args, kwargs)
        self.waiting[(task.name, *args)] = task, args, kwargs
        return super().enqueue(task, args, kwargs)


@contextmanager
def index_at_the_end() -> Iterator[None]:
    """Search index and reference index are written once for each object, when the block ends.

    Where the block raises, nothing is indexed: its transaction is rolled back.
    """
    behind = task_backends[DEFAULT_TASK_BACKEND_ALIAS]
    collector = _Collector(behind)
    task_backends[DEFAULT_TASK_BACKEND_ALIAS] = collector
    try:
        yield
    finally:
        task_backends[DEFAULT_TASK_BACKEND_ALIAS] = behind
    for task, args, kwargs in collector.waiting.values():
        behind.enqueue(task, args, kwargs)
