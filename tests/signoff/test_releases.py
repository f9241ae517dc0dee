"""Several items are signed together or not at all."""

import json
import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import TaskState, WorkflowState

from cms.signoff.models import Release, ReleaseAct, ReleaseItem, Signature
from cms.signoff.release_preparing import (
    add_item,
    cancel_release,
    create_release,
    remove_item,
    submit_release,
)
from cms.signoff.release_signing import sign_release
from cms.signoff.release_sittings import sitting_of
from cms.signoff.signing import issue_token
from cms.snapshot.snapshot import latest_snapshot
from tests.office import Office, image
from tests.releasing import fresh, is_public, release_of, signed_by, submitted, waiting_roles

WORDS = {"full_name": "ผู้เผยแพร่", "position": "ตำแหน่ง", "checklist": [], "comment": ""}
ASSESSMENT = {"benefits": "ก", "harms": "ข", "after_effects": "ค"}


@pytest.fixture
def pair(open_office: Office) -> list[Any]:
    return [open_office.draft(title="หนึ่ง"), open_office.draft(title="สอง")]


def refused(release: Release, office: Office, act: Any) -> None:
    """The act is refused and leaves signatures, acts, steps and the public as they were."""

    def state() -> tuple:
        return (
            Signature.objects.count(),
            ReleaseAct.objects.count(),
            list(TaskState.objects.order_by("pk").values_list("pk", "status")),
            fresh(release).state,
            office.public(),
        )

    before = state()
    with pytest.raises(PermissionDenied), transaction.atomic():
        act()
    assert state() == before


def token(release: Release, user: Any, action: str = "approve", **words: Any) -> str:
    sitting = sitting_of(fresh(release))
    assert sitting.manifest is not None
    purpose = sitting.purpose(action)
    return issue_token(user, purpose, sitting.manifest.content_hash, {**WORDS, **words})


def test_one_act_of_each_person_signs_every_item(open_office: Office, pair: list):
    before = Signature.objects.count()

    release = signed_by(
        open_office, submitted(open_office, *pair), "reporter", "approver", "publisher"
    )

    assert release.state == Release.State.PUBLISHED
    assert all(map(is_public, pair))
    signatures = Signature.objects.all()[before:]
    assert [row.role for row in signatures] == [
        *["reporter"] * 2,
        *["approver"] * 2,
        *["publisher"] * 2,
    ]
    assert {row.release for row in signatures} == {str(release.uuid)}
    acts = ReleaseAct.objects.filter(release=str(release.uuid))
    assert [act.role for act in acts] == ["reporter", "approver", "publisher"]
    assert [len(act.signature_sequences) for act in acts] == [2, 2, 2]


def test_manifest_names_every_item_and_its_content(open_office: Office, pair: list):
    release = signed_by(open_office, submitted(open_office, *pair), "reporter")

    manifest = json.loads(ReleaseAct.objects.last().manifest)
    assert manifest["release"] == str(release.uuid)
    assert manifest["roles"] == ["reporter", "approver", "publisher"]
    assert sorted(entry["hash"] for entry in manifest["items"]) == sorted(
        latest_snapshot(item).content_hash for item in pair
    )


def test_executive_signs_all_where_one_item_needs_it(open_office: Office):
    urgent = open_office.draft(is_urgent=True, **ASSESSMENT)
    ordinary = open_office.draft()
    release = signed_by(
        open_office, submitted(open_office, urgent, ordinary), "reporter", "approver"
    )

    assert waiting_roles(urgent, ordinary) == ["executive", "executive"]
    refused(release, open_office, lambda: open_office.publisher.sign_release(release))

    signed_by(open_office, release, "executive", "publisher")
    assert is_public(urgent)
    assert is_public(ordinary)


def test_nobody_signs_twice(open_office: Office, pair: list):
    both = open_office.clerk("both", "reporter", "approver")
    release = submitted(open_office, *pair)
    both.sign_release(release)

    refused(release, open_office, lambda: both.sign_release(release))
    words = token(release, both.user)
    refused(release, open_office, lambda: sign_release(release, both.user, "approve", words))


def test_writer_of_one_draft_approves_none(open_office: Office, pair: list):
    open_office.edit(pair[1], user=open_office.approver.user, title="แก้")
    release = signed_by(open_office, submitted(open_office, *pair), "reporter")

    refused(release, open_office, lambda: open_office.approver.sign_release(release))
    words = token(release, open_office.approver.user)
    act = lambda: sign_release(release, open_office.approver.user, "approve", words)  # noqa: E731
    refused(release, open_office, act)


@pytest.mark.parametrize("role", ["approver", "executive", "publisher", "translator", "root"])
def test_wrong_person_or_order(open_office: Office, pair: list, role: str):
    release = submitted(open_office, *pair)
    clerk = getattr(open_office, role)
    words = token(release, clerk.user)

    refused(release, open_office, lambda: clerk.sign_release(release))
    refused(release, open_office, lambda: sign_release(release, clerk.user, "approve", words))


def test_wrong_password(open_office: Office, pair: list):
    release = submitted(open_office, *pair)
    open_office.reporter.password = "wrong"

    refused(release, open_office, lambda: open_office.reporter.sign_release(release))


@pytest.mark.parametrize("forged", ["", "forged", "eyJ1c2VyIjoxfQ:1abcde:x"])
def test_forged_token(open_office: Office, pair: list, forged: str):
    release, user = submitted(open_office, *pair), open_office.reporter.user

    refused(release, open_office, lambda: sign_release(release, user, "approve", forged))


def test_token_of_another_release_person_or_action(open_office: Office, pair: list):
    release = submitted(open_office, *pair)
    other = submitted(open_office, open_office.draft(), open_office.draft())
    user = open_office.reporter.user

    for words in (
        token(other, user),
        token(release, open_office.approver.user),
        token(release, user, action="reject"),
    ):
        refused(
            release, open_office, lambda words=words: sign_release(release, user, "approve", words)
        )


def test_token_of_a_single_item(open_office: Office, pair: list):
    release, user = submitted(open_office, *pair), open_office.reporter.user
    state = open_office.fresh(pair[0]).current_workflow_task_state
    words = issue_token(user, [state.pk, "approve"], latest_snapshot(pair[0]).content_hash, WORDS)

    refused(release, open_office, lambda: sign_release(release, user, "approve", words))


def test_replayed_token(open_office: Office, pair: list):
    release, user = submitted(open_office, *pair), open_office.reporter.user
    used = token(release, user)
    sign_release(release, user, "approve", used)
    refused(release, open_office, lambda: sign_release(release, user, "approve", used))

    open_office.approver.sign_release(release, "reject", "ตัวเลขไม่ตรง")
    submit_release(fresh(release), user)

    refused(release, open_office, lambda: sign_release(release, user, "approve", used))


def test_item_is_not_signed_alone_by_a_hand_made_request(open_office: Office, pair: list):
    release = submitted(open_office, *pair)
    item = open_office.fresh(pair[0])
    state, user = item.current_workflow_task_state, open_office.reporter.user
    words = issue_token(user, [state.pk, "approve"], latest_snapshot(item).content_hash, WORDS)

    assert state.task.specific.get_actions(item, user) == []
    refused(
        release,
        open_office,
        lambda: state.task.specific.on_action(state, user, "approve", token=words),
    )


@pytest.mark.parametrize("state", ["preparing", "returned", "signing"])
def test_item_is_not_submitted_alone(open_office: Office, pair: list, state: str):
    release = release_of(open_office, *pair)
    Release.objects.filter(pk=release.pk).update(state=state)
    other = open_office.draft().get_workflow()
    if state == "signing":  # as if the release had begun its runs
        ended = WorkflowState(
            content_object=pair[0], content_type=pair[0].get_content_type(), workflow=other
        )
        ended.base_content_type, ended.status = pair[0].get_base_content_type(), "cancelled"
        ended.save()
        release.items.update(run=ended)

    refused(release, open_office, lambda: open_office.reporter.submit(pair[0]))
    assert pair[0].current_workflow_state is None


def test_items_of_a_release_are_not_offered_singly(open_office: Office, pair: list):
    release = submitted(open_office, *pair)
    alone = open_office.draft()
    open_office.reporter.submit(alone)
    reviewer = open_office.reporter.user

    offered = TaskState.objects.reviewable_by(reviewer)

    assert [state.workflow_state.object_id for state in offered] == [str(alone.pk)]
    assert sitting_of(release).may_sign(reviewer)
    assert not sitting_of(release).may_sign(open_office.approver.user)


def test_items_are_locked_while_the_release_is_signed(open_office: Office, pair: list):
    release = submitted(open_office, *pair)
    assert all(open_office.fresh(item).get_lock() for item in pair)

    open_office.reporter.sign_release(release, "reject", "แก้")
    assert not any(open_office.fresh(item).get_lock() for item in pair)


def test_changed_word_sends_all_back_to_the_first_signature(
    open_office: Office, pair: list, django_capture_on_commit_callbacks
):
    release = signed_by(open_office, submitted(open_office, *pair), "reporter", "approver")

    with django_capture_on_commit_callbacks(execute=True):
        open_office.edit(pair[0], title="อีกชื่อหนึ่ง")

    assert waiting_roles(*pair) == ["reporter", "reporter"]
    assert "อีกชื่อหนึ่ง" in fresh(release).notice
    signed_by(open_office, release, "reporter", "approver", "publisher")
    assert all(map(is_public, pair))


def test_change_that_no_signal_told_of_is_found_at_the_next_act(open_office: Office, pair: list):
    release = signed_by(open_office, submitted(open_office, *pair), "reporter", "approver")
    open_office.edit(pair[1], title="อีกชื่อหนึ่ง")
    signatures = Signature.objects.count()

    open_office.publisher.sign_release(release)

    assert waiting_roles(*pair) == ["reporter", "reporter"]
    assert Signature.objects.count() == signatures
    assert not any(map(is_public, pair))


def test_item_taken_out_behind_the_back_of_the_release(open_office: Office, pair: list):
    third = open_office.draft(title="สาม")
    release = signed_by(open_office, submitted(open_office, *pair, third), "reporter", "approver")

    release.items.last().delete()
    open_office.publisher.sign_release(release)

    assert waiting_roles(*pair) == ["reporter", "reporter"]
    assert not any(map(is_public, pair))


def test_item_put_in_behind_the_back_of_the_release(open_office: Office, pair: list):
    release = signed_by(open_office, submitted(open_office, *pair), "reporter", "approver")
    third = open_office.draft()
    ReleaseItem.objects.create(
        release=release, content_type=third.get_base_content_type(), object_id=str(third.pk)
    )

    with pytest.raises(PermissionDenied):
        open_office.publisher.sign_release(release)
    assert not any(map(is_public, [*pair, third]))


def test_items_are_not_changed_once_it_is_being_signed(open_office: Office, pair: list):
    release = signed_by(open_office, submitted(open_office, *pair), "reporter")
    third, user = open_office.draft(), open_office.reporter.user

    refused(release, open_office, lambda: add_item(release, third, user))
    refused(release, open_office, lambda: remove_item(release.items.first(), user))
    assert release.items.count() == 2


def test_returning_one_returns_all_with_the_reason(open_office: Office, pair: list):
    release = signed_by(open_office, submitted(open_office, *pair), "reporter")

    open_office.approver.sign_release(release, "reject", "ตัวเลขไม่ตรง")

    release = fresh(release)
    assert release.state == Release.State.RETURNED
    assert "หนึ่ง" in release.notice
    assert "ตัวเลขไม่ตรง" in release.notice
    rejections = Signature.objects.filter(decision="reject", release=str(release.uuid))
    assert {row.comment for row in rejections} == {release.notice}
    assert rejections.count() == 2
    assert waiting_roles(*pair) == ["", ""]


def test_returning_needs_a_reason(open_office: Office, pair: list):
    release, user = submitted(open_office, *pair), open_office.reporter.user
    words = token(release, user, "reject")

    refused(release, open_office, lambda: open_office.reporter.sign_release(release, "reject"))
    refused(release, open_office, lambda: sign_release(release, user, "reject", words))


def test_returned_release_begins_again_with_the_reporter(open_office: Office, pair: list):
    release = signed_by(open_office, submitted(open_office, *pair), "reporter")
    open_office.approver.sign_release(release, "reject", "แก้")
    open_office.edit(pair[0], title="แก้แล้ว")
    third = open_office.draft(title="สาม")
    add_item(release, third, open_office.reporter.user)

    submit_release(release, open_office.reporter.user)

    assert waiting_roles(*pair, third) == ["reporter"] * 3
    signed_by(open_office, release, "reporter", "approver", "publisher")
    assert all(map(is_public, [*pair, third]))


def test_cancelled_release_leaves_ordinary_drafts(open_office: Office, pair: list):
    release = signed_by(open_office, submitted(open_office, *pair), "reporter", "approver")

    cancel_release(release, open_office.reporter.user)

    assert fresh(release).state == Release.State.CANCELLED
    assert waiting_roles(*pair) == ["", ""]
    open_office.publish(pair[0])
    assert is_public(pair[0])
    assert not is_public(pair[1])


def test_only_maker_and_reporters_cancel(open_office: Office, pair: list):
    release = submitted(open_office, *pair)

    for clerk in (open_office.publisher, open_office.approver, open_office.overseer):
        refused(release, open_office, lambda clerk=clerk: cancel_release(release, clerk.user))


@pytest.mark.parametrize("role", ["approver", "executive", "overseer", "administrator"])
def test_those_who_write_nothing_make_no_release(open_office: Office, role: str):
    with pytest.raises(PermissionDenied):
        create_release("ไม่ได้", "", getattr(open_office, role).user)


def test_run_of_one_item_cancelled_in_its_editor_ends_the_round(open_office: Office, pair: list):
    release = signed_by(open_office, submitted(open_office, *pair), "reporter", "approver")

    open_office.fresh(pair[0]).current_workflow_state.cancel(user=open_office.reporter.user)

    assert fresh(release).state == Release.State.PREPARING
    assert fresh(release).notice
    assert waiting_roles(*pair) == ["", ""]
    refused(release, open_office, lambda: open_office.publisher.sign_release(release))


def test_item_deleted_meanwhile_ends_the_round(open_office: Office, pair: list):
    release = signed_by(open_office, submitted(open_office, *pair), "reporter", "approver")
    words = None
    open_office.fresh(pair[0]).delete()

    assert sign_release(release, open_office.publisher.user, "approve", words or "") is None

    assert fresh(release).state == Release.State.PREPARING
    assert not is_public(pair[1])


def test_item_belongs_to_one_open_release(open_office: Office, pair: list):
    release = release_of(open_office, *pair)
    other = release_of(open_office)

    refused(other, open_office, lambda: add_item(other, pair[0], open_office.reporter.user))
    kind, pk = pair[0].get_base_content_type(), str(pair[0].pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseItem.objects.create(release=other, content_type=kind, object_id=pk)

    cancel_release(release, open_office.reporter.user)
    add_item(other, pair[0], open_office.reporter.user)


def test_item_that_is_signed_alone_cannot_be_added(open_office: Office, pair: list):
    release = release_of(open_office)
    open_office.reporter.submit(pair[0])

    item = open_office.fresh(pair[0])
    refused(release, open_office, lambda: add_item(release, item, open_office.reporter.user))


def test_item_that_was_returned_alone_can_be_added(open_office: Office, pair: list):
    open_office.reporter.submit(pair[0])
    open_office.reporter.sign(pair[0], action="reject", comment="แก้")

    release = submitted(open_office, open_office.fresh(pair[0]), pair[1])

    signed_by(open_office, release, "reporter", "approver", "publisher")
    assert all(map(is_public, pair))


def test_what_somebody_may_not_edit_they_may_not_release(open_office: Office):
    release = create_release("ของผู้แปล", "", open_office.translator.user)
    department = open_office.department()
    stranger = open_office.clerk(f"stranger-{uuid.uuid4().hex[:4]}")

    add_item(release, department, open_office.translator.user)
    refused(release, open_office, lambda: remove_item(release.items.first(), stranger.user))


def test_release_of_one_item_is_refused(open_office: Office, pair: list):
    release = release_of(open_office, pair[0])

    refused(release, open_office, lambda: submit_release(release, open_office.reporter.user))


def test_incomplete_draft_keeps_all_from_being_sent(open_office: Office, pair: list):
    open_office.edit(pair[1], lead_image=image(), lead_image_is_decorative=False)
    release = release_of(open_office, *pair)

    refused(release, open_office, lambda: submit_release(release, open_office.reporter.user))
    assert waiting_roles(*pair) == ["", ""]


def counted(office: Office, count: int) -> list[int]:
    """How many queries each act on a release of `count` items costs."""
    release = submitted(office, *[office.draft() for _number in range(count)])
    found = []
    for role in ("reporter", "approver", "publisher"):
        with CaptureQueriesContext(connection) as captured:
            getattr(office, role).sign_release(release)
        found.append(len(captured))
    return found


def test_each_further_item_costs_the_same(open_office: Office):
    counted(open_office, 2)  # content types and the like are known from here on
    two, three, six = (counted(open_office, count) for count in (2, 3, 6))

    one = [more - fewer for more, fewer in zip(three, two, strict=True)]
    assert [many - few for many, few in zip(six, three, strict=True)] == [3 * n for n in one]
    assert max(one) < 150
