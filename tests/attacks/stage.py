"""What an attacker finds: items at every point of the line, and the state that must not change."""

import hashlib
import json
import re
from functools import cached_property
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Model
from django.test import Client
from wagtail.models import TaskState, WorkflowState

from cms.demonstration.clerk import Clerk
from cms.publication.models import Address, FormerPath, PinnedFile, Publication, Withdrawal
from cms.signoff.models import Signature
from cms.signoff.signing import issue_token
from cms.snapshot.snapshot import latest_snapshot
from pages.models import NewsPage
from tests.admin import browser
from tests.office import Office

SECRET = "ถ้อยคำที่ไม่มีใครลงนาม"
WORDS = {"full_name": "x", "position": "x", "checklist": [], "comment": ""}
# The record and the chains; and where each run of signatures stands.
EVIDENCE: tuple[type[Model], ...] = (
    Signature,
    Publication,
    Publication.files.through,
    Address,
    FormerPath,
    PinnedFile,
    PinnedFile.sources.through,
    Withdrawal,
)
RUNS: tuple[type[Model], ...] = (WorkflowState, TaskState)
PUBLIC_ADDRESSES = (
    "/th/news/",
    "/th/feeds/news.rss",
    "/graphql/page/?path=/news/&locale=TH",
)
_CLOCK = re.compile(rb"<lastBuildDate>.*?</lastBuildDate>")


class Stage:
    """An open office with items that wait, each made when an attack asks for it."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.everybody = office.clerk("everybody", "reporter", "approver", "executive", "publisher")

    @cached_property
    def secret(self) -> NewsPage:
        """A published item with a further draft that nobody signed."""
        page = self.office.publish(self.office.draft(title="ข่าวที่ลงนามแล้ว"))
        return self.office.edit(page, title=SECRET)

    @cached_property
    def half_signed(self) -> NewsPage:
        """An item that waits for its last signature, the publisher's."""
        return self.signed_by("reporter", "approver")

    def signed_by(self, *roles: str, **fields: Any) -> NewsPage:
        """An item that these have signed, in a run that goes on."""
        page = self.office.draft(title=SECRET, **fields)
        self.office.reporter.submit(page)
        for role in roles:
            getattr(self.office, role).sign(page)
        return self.office.fresh(page)

    @cached_property
    def urgent(self) -> NewsPage:
        """An urgent item that waits for the executive."""
        assessment = dict.fromkeys(("benefits", "harms", "after_effects"), "ตัวอย่าง")
        return self.signed_by("reporter", "approver", is_urgent=True, **assessment)

    def token(self, item: Any, clerk: Clerk, action: str = "approve") -> str:
        """What the dialog would make of the clerk's password for the present step."""
        purpose = [item.current_workflow_task_state.pk, action]
        return issue_token(clerk.user, purpose, latest_snapshot(item).content_hash, WORDS)

    @staticmethod
    def act(item: Any, clerk: Clerk, token: str, action: str = "approve") -> None:
        """Carries out the present step past every form."""
        state = item.current_workflow_task_state
        state.task.specific.on_action(state, clerk.user, action, token=token)

    def web(self, who: str | Clerk) -> Client:
        """A browser in which somebody is signed in."""
        return browser(getattr(self.office, who) if isinstance(who, str) else who)

    @staticmethod
    def leave(clerk: Clerk, role: str) -> None:
        """An administrator takes somebody out of a role."""
        clerk.user.groups.remove(Group.objects.get(name__contains=f"({role})"))


def state_of(*models: type[Model]) -> dict[str, str]:
    """A hash of each of these tables, row by row."""
    found = {}
    for model in models:
        rows = list(model._default_manager.order_by("pk").values())
        text = json.dumps(rows, default=str, sort_keys=True)
        found[model._meta.db_table] = hashlib.sha256(text.encode()).hexdigest()
    return found


def public_words() -> dict[str, bytes]:
    """What readers get: pages, feeds and the API."""
    reader = Client()
    return {url: _CLOCK.sub(b"", reader.get(url).content) for url in PUBLIC_ADDRESSES}
