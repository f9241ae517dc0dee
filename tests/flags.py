"""Flags an item as a person would: opens the form, fills it in, types the password."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import QueryDict

from cms.demonstration.clerk import Clerk
from cms.signoff.flag_form import FlagForm
from cms.signoff.flagging import flag_item
from cms.signoff.flags import Flag
from cms.snapshot.snapshot import latest_snapshot
from tests.office import Office


def filled_in(clerk: Clerk, item: Any, **changes: str) -> FlagForm:
    """The form of the present step, with everything filled in; "" leaves a field out."""
    item = Office.fresh(item)
    snapshot = latest_snapshot(item)
    step = item.current_workflow_task_state
    values = {
        "content_hash": snapshot.content_hash,
        "is_urgent": "on",
        "reason": "น้ำกำลังท่วม",
        "benefits": "ประชาชนเตรียมตัวทัน",
        "harms": "อาจตื่นตระหนก",
        "after_effects": "ต้องติดตามสถานการณ์",
        "full_name": clerk.user.get_full_name(),
        "position": clerk.user.position,
        "password": clerk.password,
        **changes,
    }
    data = QueryDict(mutable=True)
    data.update({name: value for name, value in values.items() if value})
    return FlagForm(data, task_state=step, snapshot=snapshot, signer=clerk.user)


def flag(clerk: Clerk, item: Any, **changes: str) -> Flag | None:
    """Flags the item. Raises `PermissionDenied` where the form or the act refuses."""
    form = filled_in(clerk, item, **changes)
    if not form.is_valid():
        raise PermissionDenied(form.errors.as_text())
    return flag_item(form.task_state, clerk.user, form.token())
