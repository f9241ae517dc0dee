"""The admin's views of one record ask for that record, not only for its kind."""

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.permissions import policy_registry


def check_record(user: Any, record: Any) -> None:
    """Raises `PermissionDenied` unless a person may edit or view it, or sign it now."""
    policy = policy_registry.get_by_type(type(record))
    if policy.user_has_any_permission_for_instance(user, {"change", "view"}, record):
        return
    task = record.current_workflow_task
    if task is None or not task.user_can_access_editor(record, user):
        raise PermissionDenied


class WithinDivisionsMixin:
    """A view that reads one record, for those who may."""

    request: Any

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        """The record; none where the view makes a new one."""
        record = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if record is not None and record.pk:
            check_record(self.request.user, record)
        return record


def within_divisions(view_class: Any) -> Any:
    """The same view with that question, where it reads a record at all."""
    if not hasattr(view_class, "get_object"):
        return view_class
    return type(view_class.__name__, (WithinDivisionsMixin, view_class), {})
