"""What two people try at the same moment, and what is there afterwards."""

import time
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection

from cms.demonstration.clerk import Clerk
from cms.publication.models import Publication, Withdrawal
from cms.publication.verify import verify_publications
from cms.signoff.models import Signature
from cms.signoff.signing import issue_token
from cms.snapshot.snapshot import latest_snapshot
from pages.models import NewsPage
from tests.office import Office

WON, REFUSED = 0, 3
OLD, NEW = "ข่าวที่ลงนามแล้ว", "ถ้อยคำที่ไม่มีใครลงนาม"
REASON = "ข้อมูลคลาดเคลื่อน"
WORDS = {"full_name": "x", "position": "x", "checklist": [], "comment": ""}


def prepare(name: str) -> dict[str, Any]:
    """The item that both will meet."""
    office = Office()
    page = office.draft(title=OLD)
    if name == "two submissions":
        return _found(page)
    office.reporter.submit(page)
    signed = {"approver twice": [office.reporter]}.get(name, [office.reporter, office.approver])
    for clerk in signed:
        clerk.sign(page)
    if name in ("two withdrawals", "withdrawal and new version"):
        office.publisher.sign(page)
        publication = Publication.objects.get(subject=page.translation_key)
        office.approver.request_withdrawal(publication, REASON)
    if name == "withdrawal and new version":
        office.reporter.submit(office.edit(page, title="ฉบับใหม่"))
        office.reporter.sign(page)
        office.approver.sign(page)
    return _found(office.fresh(page))


def _found(page: NewsPage) -> dict[str, Any]:
    state = page.current_workflow_task_state
    return {
        "page": page.pk,
        "step": state.pk if state else None,
        "hash": latest_snapshot(page).content_hash,
        "signatures": Signature.objects.filter(subject=page.translation_key).count(),
    }


def run(name: str, index: int, before: dict[str, Any], moment: float) -> int:
    """Waits for the moment, acts, and returns whether it went through."""
    office = Office()
    page = NewsPage.objects.get(pk=before["page"])
    second = office.clerk("publisher2", "publisher")
    act = RACES[name](office, second, page, before)[index]
    connection.close()
    time.sleep(max(0, moment - time.time()))
    try:
        act()
    except (PermissionDenied, ValidationError, IntegrityError, Withdrawal.DoesNotExist):
        return REFUSED
    return WON


def _present(clerk: Clerk, page: NewsPage, before: dict[str, Any]) -> Callable[[], None]:
    """Presents a token for the step that was the present one when all began."""
    from wagtail.models import TaskState

    token = issue_token(clerk.user, [before["step"], "approve"], before["hash"], WORDS)

    def act() -> None:
        state = TaskState.objects.get(pk=before["step"])
        state.task.specific.on_action(state, clerk.user, "approve", token=token)

    return act


def _confirm(clerk: Clerk, page: NewsPage) -> Callable[[], Any]:
    def act() -> Any:
        withdrawal = Withdrawal.objects.get(publication__subject=page.translation_key)
        return clerk.confirm_withdrawal(withdrawal)

    return act


RACES: dict[str, Callable[..., tuple[Callable, Callable]]] = {
    "two publishers": lambda office, second, page, before: (
        _present(office.publisher, page, before),
        _present(second, page, before),
    ),
    "one token twice": lambda office, second, page, before: (
        _present(office.publisher, page, before),
        _present(office.publisher, page, before),
    ),
    "approver twice": lambda office, second, page, before: (
        _present(office.approver, page, before),
        _present(office.approver, page, before),
    ),
    "publisher and editor": lambda office, second, page, before: (
        _present(office.publisher, page, before),
        lambda: office.edit(page, title=NEW),
    ),
    "publisher and return": lambda office, second, page, before: (
        _present(office.publisher, page, before),
        lambda: second.sign(page, "reject", "แก้ไข"),
    ),
    "two withdrawals": lambda office, second, page, before: (
        _confirm(office.publisher, page),
        _confirm(second, page),
    ),
    "withdrawal and new version": lambda office, second, page, before: (
        _present(office.publisher, page, before),
        _confirm(second, page),
    ),
    "two submissions": lambda office, second, page, before: (
        lambda: office.reporter.submit(page),
        lambda: office.approver.submit(page),
    ),
}


def look(before: dict[str, Any]) -> dict[str, Any]:
    """What is there now; raises where the record does not hold."""
    for _record in verify_publications():
        pass
    page = NewsPage.objects.get(pk=before["page"])
    rows = Publication.objects.filter(subject=page.translation_key).order_by("sequence")
    return {
        "kinds": [row.kind for row in rows],
        "titles": [row.title for row in rows],
        "public": rows.effective().count(),
        "signatures": Signature.objects.filter(subject=page.translation_key).count()
        - before["signatures"],
        "open_runs": page.workflow_states.filter(
            status__in=["in_progress", "needs_changes"]
        ).count(),
    }
