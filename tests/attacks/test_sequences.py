"""No sequence of acts, right or wrong, publishes a snapshot that was not signed for.

Hypothesis invents offices at work: people who write, sign, return, move, withdraw and replay, and
scripts that write to rows. After each act the public record is held against a list of signatures
that this test keeps by itself, and against `verify_publications`.
"""

import datetime
from collections import defaultdict
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import TestCase
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from wagtail.models import WorkflowState

from cms.publication.models import Publication, Withdrawal
from cms.publication.verify import verify_publications
from cms.signoff.models import Signature
from cms.signoff.signing import issue_token
from cms.snapshot.fields import MissingFile
from cms.snapshot.snapshot import latest_snapshot
from pages.models import NewsPage
from tests.office import Office, image, png

SIGNERS = ("reporter", "approver", "executive", "publisher", "everybody")
CLERKS = (*SIGNERS, "translator", "overseer", "root")
REFUSALS = (PermissionDenied, ValidationError, MissingFile, DatabaseError)
clerks = st.sampled_from(CLERKS)
words = st.sampled_from(["น้ำท่วม", "ประชุมสภา", "ภาษีที่ดิน", "a", "ตลาดนัด"])


class OfficeAtWork(RuleBasedStateMachine):
    """One office for each example, rolled back at its end."""

    published: set[str] = set()  # in any example: whether this test tests anything

    items = Bundle("items")
    tokens = Bundle("tokens")

    def __init__(self) -> None:
        super().__init__()
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        self.office = Office()
        # One account in every group: what keeps it from signing alone is the rule, not the group.
        self.office.everybody = self.office.clerk("everybody", *SIGNERS[:4])
        self.existing = set(Publication.objects.values_list("pk", flat=True))
        # By subject, language and content: who approved it in which role, as this test saw it.
        self.approvals: dict[tuple, list[tuple[str, int]]] = defaultdict(list)
        self.withdrawn: set[tuple] = set()

    def teardown(self) -> None:
        """Forgets everything that the example did."""
        transaction.set_rollback(True)
        self._atomic.__exit__(None, None, None)

    # --- what people do ----------------------------------------------------------------------
    @initialize(target=items, is_published=st.booleans())
    def begin(self, is_published: bool) -> int:
        """There is one item from the start."""
        item = self.office.draft().pk
        if is_published:
            self.go_on(item, 4)
        return item

    @rule(target=items, title=words, is_urgent=st.booleans())
    def write(self, title: str, is_urgent: bool) -> int:
        """A reporter writes another item."""
        assessment = dict.fromkeys(("benefits", "harms", "after_effects"), "ตัวอย่าง")
        return self.office.draft(title=title, is_urgent=is_urgent, **assessment).pk

    @rule(item=items, title=words, clerk=clerks, overwrites=st.booleans())
    def edit(self, item: int, title: str, clerk: str, overwrites: bool) -> None:
        """Another draft, or the same revision written over as autosave does."""
        page = self._page(item)
        draft, revision = page.get_latest_revision_as_object(), page.get_latest_revision()
        draft.title = title
        more = {"overwrite_revision": revision} if overwrites else {}
        self._try(lambda: draft.save_revision(user=getattr(self.office, clerk).user, **more))

    @rule(item=items, color=st.sampled_from(["teal", "red"]))
    def set_picture(self, item: int, color: str) -> None:
        """A draft with a picture."""
        self._try(lambda: self.office.edit(self._page(item), lead_image=image(color)))

    @rule(item=items, clerk=clerks)
    def submit(self, item: int, clerk: str) -> None:
        """Sends it to the first signature, or again after it was returned."""
        page = self._page(item)
        if (
            page.current_workflow_state is None
            or page.current_workflow_state.status != "in_progress"
        ):
            self._try(lambda: getattr(self.office, clerk).submit(page))

    @rule(item=items, clerk=st.one_of(st.just("right one"), clerks))
    def sign(self, item: int, clerk: str) -> None:
        """Fills in the dialog: mostly whoever is next, sometimes somebody else."""
        page = self._page(item)
        if page.current_workflow_task is None:
            return
        role = page.current_workflow_task.specific.role
        name = role if clerk == "right one" else clerk
        content = self._content(page)
        before = Signature.objects.count()
        self._try(lambda: getattr(self.office, name).sign(page))
        if Signature.objects.count() > before:
            self.approvals[content].append((role, getattr(self.office, name).user.pk))

    @rule(item=items, steps=st.sampled_from([4, 3, 2, 1, 4]))
    def go_on(self, item: int, steps: int) -> None:
        """The right people, one after the other: without this chance would publish nothing."""
        self.submit(item, "reporter")
        for _step in range(steps):
            self.sign(item, "right one")

    @rule(item=items, steps=st.integers(2, 4))
    def sign_alone(self, item: int, steps: int) -> None:
        """One account that is in every group tries every step."""
        self.submit(item, "everybody")
        for _step in range(steps):
            self.sign(item, "everybody")

    @rule(item=items, clerk=clerks)
    def send_back(self, item: int, clerk: str) -> None:
        """Returns it for correction."""
        self._try(lambda: getattr(self.office, clerk).sign(self._page(item), "reject", "แก้ไข"))

    @rule(item=items)
    def cancel(self, item: int) -> None:
        """Ends the run."""
        state = self._page(item).current_workflow_state
        if state and state.status != WorkflowState.STATUS_APPROVED:
            self._try(lambda: state.cancel(user=self.office.reporter.user))

    @rule(target=tokens, item=items, clerk=st.sampled_from(SIGNERS))
    def open_dialog(self, item: int, clerk: str) -> Any:
        """Somebody gives the password and keeps what the dialog made of it."""
        page = self._page(item)
        if page.current_workflow_task_state is None:
            return multiple()
        content = self._content(page)
        user = getattr(self.office, clerk).user
        purpose = [page.current_workflow_task_state.pk, "approve"]
        kept = {"full_name": "x", "position": "x", "comment": "", "checklist": []}
        return item, clerk, issue_token(user, purpose, content[2], kept)

    @rule(used=tokens, clerk=st.sampled_from(SIGNERS))
    def replay(self, used: tuple, clerk: str) -> None:
        """Presents it, perhaps for the second time, perhaps somebody else."""
        item, _owner, token = used
        page = self._page(item)
        state = page.current_workflow_task_state
        if state is None:
            return
        content, before = self._content(page), Signature.objects.count()
        user = getattr(self.office, clerk).user
        task = state.task.specific
        self._try(lambda: task.on_action(state, user, "approve", token=token))
        if Signature.objects.count() > before:
            assert clerk == _owner
            self.approvals[content].append((task.role, user.pk))

    @rule(item=items, first=clerks, second=clerks)
    def withdraw(self, item: int, first: str, second: str) -> None:
        """Two people withdraw what is public of it."""
        page = self._page(item)
        publication = Publication.objects.standing().filter(subject=page.translation_key).first()
        if publication is None:
            return
        withdrawal = Withdrawal.objects.filter(publication=publication).first()
        if withdrawal is None:
            ask = getattr(self.office, first)
            self._try(lambda: ask.request_withdrawal(publication, "ข้อมูลคลาดเคลื่อน"))
            withdrawal = Withdrawal.objects.filter(publication=publication).first()
        if withdrawal:
            self._try(lambda: getattr(self.office, second).confirm_withdrawal(withdrawal))
        if note := Publication.objects.filter(
            kind="withdrawal", subject=page.translation_key
        ).first():
            signers = Signature.objects.filter(sequence__in=note.signature_sequences)
            assert len({signature.user_id for signature in signers}) == 2

    # --- what scripts, buttons and schedules do ----------------------------------------------
    @rule(item=items, clerk=clerks)
    def publish_by_script(self, item: int, clerk: str) -> None:
        """The way of a script that knows no signatures."""
        revision = self._page(item).get_latest_revision()
        user = getattr(self.office, clerk).user
        self._try(lambda: revision.publish(user=user, skip_permission_checks=True))

    @rule(item=items, title=words)
    def save_row(self, item: int, title: str) -> None:
        """The row itself is written, live."""
        page = self._page(item)
        page.title, page.live = title, True
        self._try(page.save)

    @rule(item=items)
    def unpublish(self, item: int) -> None:
        """Wagtail's unpublishing of the row."""
        self._try(self._page(item).unpublish)

    @rule(item=items)
    def schedule(self, item: int) -> None:
        """A draft with a time, approved for it by a script, when the scheduler runs."""
        page = self._page(item)
        past = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        revision = page.get_latest_revision()
        type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=past)
        self._try(lambda: call_command("publish_scheduled", verbosity=0))

    @rule(target=items, item=items)
    def copy(self, item: int) -> Any:
        """A copy with everything that Wagtail would copy."""
        page = self._page(item)
        count = NewsPage.objects.count()
        changes = {"slug": f"copy-{count}"}
        made: list[int] = []
        self._try(
            lambda: made.append(
                page.copy(update_attrs=changes, keep_live=True, user=self.office.root.user).pk
            )
        )
        return made[0] if made else multiple()

    @rule(target=items, item=items)
    def translate(self, item: int) -> Any:
        """Its English draft."""
        page = self._page(item)
        made: list[int] = []
        if page.locale == self.office.thai and not page.has_translation(self.office.english):
            self._try(lambda: made.append(page.copy_for_translation(self.office.english).pk))
        return made[0] if made else multiple()

    @rule(item=items, color=st.sampled_from(["red", "blue"]))
    def replace_file(self, item: int, color: str) -> None:
        """Other bytes under the picture of the draft."""
        picture = self._page(item).get_latest_revision_as_object().lead_image
        if picture:
            with open(picture.file.path, "wb") as file:  # noqa: PTH123
                file.write(png(color))

    @precondition(lambda self: Publication.objects.count() > len(self.existing) + 1)
    @rule(item=consumes(items))
    def delete(self, item: int) -> None:
        """The row goes; what is public stays until it is withdrawn."""
        self._try(self._page(item).delete)

    # --- what must hold after every act ------------------------------------------------------
    @invariant()
    def every_public_word_was_signed_for(self) -> None:
        """By this test's own list: each role in order, each another person, on this content."""
        for row in Publication.objects.exclude(pk__in=self.existing).filter(kind="publication"):
            content = (str(row.subject), row.locale, row.content_hash)
            roles = ["reporter", "approver", "publisher"]
            if row.data["signing"]["needsExecutive"]:
                roles.insert(2, "executive")
            signed = Signature.objects.filter(sequence__in=row.signature_sequences)
            acts = [(signature.role, signature.user_id) for signature in signed]
            assert [role for role, _user in acts] == roles
            assert len({user for _role, user in acts}) == len(roles)
            for act in acts:
                assert act in self.approvals[content], f"nobody signed {act}"
            self.published.add(row.own_hash)

    @invariant()
    def the_record_holds(self) -> None:
        """Chains, hashes, windows, files and addresses."""
        for _record in verify_publications():
            pass

    # --- small change ------------------------------------------------------------------------
    @staticmethod
    def _page(pk: int) -> NewsPage:
        return NewsPage.objects.get(pk=pk)

    @staticmethod
    def _content(page: NewsPage) -> tuple[str, str, str]:
        try:
            content_hash = latest_snapshot(page).content_hash
        except MissingFile:
            content_hash = ""
        return str(page.translation_key), page.locale.language_code, content_hash

    @staticmethod
    def _try(act: Any) -> None:
        """As a request does: all or nothing, and what waits for a commit follows at once."""
        try:
            with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
                act()
        except REFUSALS:
            pass


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_no_sequence_of_acts_publishes_what_was_not_signed(open_office: Office):
    run_state_machine_as_test(
        OfficeAtWork,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            derandomize=True,  # a failure comes again; more examples by hand
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    assert len(OfficeAtWork.published) > 10, len(OfficeAtWork.published)
