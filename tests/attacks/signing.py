"""Ways to sign as someone else, twice, out of order, on other content, too late, or forged."""

import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.contrib.auth.models import Group
from django.core import signing as django_signing
from django.urls import reverse
from wagtail.models import (
    GroupApprovalTask,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.publication.publish import publish
from cms.publication.withdraw import confirm_withdrawal, request_withdrawal
from cms.signoff.models import SignedTask
from cms.signoff.signing import TOKEN_MAX_AGE, issue_token
from cms.snapshot.snapshot import latest_snapshot
from tests.attacks.stage import SECRET, WORDS, Stage
from tests.attacks.table import Refusal, attack
from tests.office import image
from tests.publication.withdrawing import ask, confirm, latest, withdrawal_token

ANSWERED, IN_VAIN = Refusal.ANSWERED, Refusal.IN_VAIN


# --- as someone else ------------------------------------------------------------------------
@attack("the approver presents the publisher's token")
def _(stage: Stage):
    item, token = stage.half_signed, stage.token(stage.half_signed, stage.office.publisher)
    return lambda: stage.act(item, stage.office.approver, token)


@attack("the publisher presents the approver's token")
def _(stage: Stage):
    item = stage.half_signed
    token = stage.token(item, stage.office.approver)
    return lambda: stage.act(item, stage.office.publisher, token)


@attack("a superuser signs with a token of their own")
def _(stage: Stage):
    item = stage.half_signed
    return lambda: stage.act(item, stage.office.root, stage.token(item, stage.office.root))


@attack("the overseer signs with a token of their own")
def _(stage: Stage):
    item = stage.half_signed
    return lambda: stage.act(item, stage.office.overseer, stage.token(item, stage.office.overseer))


@attack("the translator signs for the publisher in the dialog")
def _(stage: Stage):
    return lambda: stage.office.translator.sign(stage.half_signed)


@attack("a deactivated publisher signs with a token from before")
def _(stage: Stage):
    item, clerk = stage.half_signed, stage.office.publisher
    token = stage.token(item, clerk)
    clerk.user.is_active = False
    clerk.user.save()
    return lambda: stage.act(item, clerk, token)


@attack("somebody who left the role after opening the dialog signs")
def _(stage: Stage):
    item, clerk = stage.half_signed, stage.office.publisher
    token = stage.token(item, clerk)
    stage.leave(clerk, "Publisher")
    return lambda: stage.act(item, clerk, token)


def action_url(item: Any, action: str = "approve") -> str:
    """Wagtail's own address for an act on the present step."""
    state = item.current_workflow_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[item.pk, action, state.pk])


def dialog(stage: Stage, item: Any, **changes: str) -> dict[str, str]:
    """The publisher's dialog, filled in rightly but for `changes`."""
    clerk = stage.office.publisher
    return {
        "content_hash": latest_snapshot(item).content_hash,
        "full_name": clerk.user.get_full_name(),
        "position": clerk.user.position,
        "password": clerk.password,
        "check_reviewed": "on",
        "check_displayed": "on",
        "checklist_version": "0",
        **changes,
    }


@attack("nobody who is signed in posts the dialog", ANSWERED)
def _(stage: Stage):
    from django.test import Client

    url, data = action_url(stage.half_signed), dialog(stage, stage.half_signed)
    return lambda: Client().post(url, data)


@attack("a superuser posts the dialog with the publisher's name and password", ANSWERED)
def _(stage: Stage):
    web, url, data = stage.web("root"), action_url(stage.half_signed), None
    data = dialog(stage, stage.half_signed)
    return lambda: web.post(url, data)


@attack("the publisher's browser, left open, with another's password", ANSWERED)
def _(stage: Stage):
    web, url = stage.web("publisher"), action_url(stage.half_signed)
    data = dialog(stage, stage.half_signed, password="somebody-elses")
    return lambda: web.post(url, data)


@attack("the publisher signs under another name", ANSWERED)
def _(stage: Stage):
    web, url = stage.web("publisher"), action_url(stage.half_signed)
    data = dialog(stage, stage.half_signed, full_name="นายกองค์การบริหารส่วนตำบล")
    return lambda: web.post(url, data)


@attack("a box of the checklist is not ticked", ANSWERED)
def _(stage: Stage):
    web, url = stage.web("publisher"), action_url(stage.half_signed)
    data = dialog(stage, stage.half_signed, check_displayed="")
    return lambda: web.post(url, data)


# --- twice ----------------------------------------------------------------------------------
@attack("one person in every group signs a second time")
def _(stage: Stage):
    page = stage.office.draft(title=SECRET)
    stage.office.reporter.submit(page)
    stage.everybody.sign(page)
    page = stage.office.fresh(page)
    return lambda: stage.act(page, stage.everybody, stage.token(page, stage.everybody))


@attack("whoever wrote the draft approves it")
def _(stage: Stage):
    page = stage.office.edit(
        stage.office.draft(title=SECRET), user=stage.office.approver.user, summary="ก"
    )
    stage.office.reporter.submit(page)
    stage.office.reporter.sign(page)
    page = stage.office.fresh(page)
    token = stage.token(page, stage.office.approver)
    return lambda: stage.act(page, stage.office.approver, token)


@attack("a token is used a second time, at the step that is over")
def _(stage: Stage):
    item, clerk = stage.half_signed, stage.office.publisher
    state, token = item.current_workflow_task_state, stage.token(item, clerk)
    stage.act(item, clerk, token)
    return lambda: state.task.specific.on_action(state, clerk.user, "approve", token=token)


@attack("a token is used a second time, for the next version")
def _(stage: Stage):
    item, clerk = stage.half_signed, stage.office.publisher
    token = stage.token(item, clerk)
    stage.act(item, clerk, token)
    stage.office.reporter.submit(stage.office.fresh(item))
    stage.office.reporter.sign(item)
    stage.office.approver.sign(item)
    item = stage.office.fresh(item)
    return lambda: stage.act(item, clerk, token)


@attack("one person signs both signatures of a withdrawal")
def _(stage: Stage):
    withdrawal = ask(stage.office.approver, latest(stage.secret))
    return lambda: confirm(stage.office.approver, withdrawal)


# --- out of order ---------------------------------------------------------------------------
@attack("the publisher signs first")
def _(stage: Stage):
    item = stage.signed_by()
    task = SignedTask.objects.get(role="publisher")
    state, token = item.current_workflow_task_state, stage.token(item, stage.office.publisher)
    user = stage.office.publisher.user
    return lambda: task.on_action(state, user, "approve", token=token)


@attack("a step that is over is signed once more")
def _(stage: Stage):
    item = stage.half_signed
    first = item.current_workflow_state.task_states.order_by("pk").first()
    purpose, content = [first.pk, "approve"], latest_snapshot(item).content_hash
    user = stage.everybody.user
    token = issue_token(user, purpose, content, WORDS)
    return lambda: first.task.specific.on_action(first, user, "approve", token=token)


@attack("a step that has not begun is invented")
def _(stage: Stage):
    item, user = stage.signed_by(), stage.office.publisher.user
    task = SignedTask.objects.get(role="publisher")
    invented = TaskState.objects.create(
        workflow_state=item.current_workflow_state,
        revision=item.get_latest_revision(),
        task=task,
        status=TaskState.STATUS_IN_PROGRESS,
    )
    purpose = [invented.pk, "approve"]
    token = issue_token(user, purpose, latest_snapshot(item).content_hash, WORDS)
    return lambda: task.on_action(invented, user, "approve", token=token)


@attack("a script finishes the run without the last signature")
def _(stage: Stage):
    state = stage.half_signed.current_workflow_state
    return lambda: state.finish(user=stage.office.root.user)


@attack("a script approves the step as Wagtail would")
def _(stage: Stage):
    state = stage.half_signed.current_workflow_task_state
    return lambda: state.approve(user=stage.office.root.user)


@attack("a script calls the only door with what is there")
def _(stage: Stage):
    return lambda: publish(stage.half_signed.current_workflow_state)


@attack("a workflow with the publisher alone")
def _(stage: Stage):
    workflow = Workflow.objects.create(name="short")
    task = SignedTask.objects.get(role="publisher")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    page = stage.office.draft(title=SECRET)
    workflow.start(page, stage.office.reporter.user)
    return lambda: stage.office.publisher.sign(page)


@attack("a workflow of Wagtail's own kind, approved by a superuser")
def _(stage: Stage):
    workflow = Workflow.objects.create(name="stock")
    task = GroupApprovalTask.objects.create(name="stock")
    task.groups.set(Group.objects.all())
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=stage.office.news)
    page = stage.office.draft(title=SECRET)
    state = workflow.start(page, stage.office.root.user).current_task_state
    return lambda: task.on_action(state, stage.office.root.user, "approve")


@attack("the approver's step is renamed to the publisher's")
def _(stage: Stage):
    item = stage.signed_by("reporter")
    SignedTask.objects.filter(role="approver").update(role="publisher")
    item = stage.office.fresh(item)
    workflow = item.current_workflow_state.workflow
    workflow.workflow_tasks.exclude(task=item.current_workflow_task).exclude(
        task__in=TaskState.objects.filter(
            workflow_state=item.current_workflow_state, status="approved"
        ).values("task")
    ).delete()
    return lambda: stage.office.approver.sign(item)


@attack("the executive's step is taken out of the workflow of an urgent item")
def _(stage: Stage):
    WorkflowTask.objects.filter(task__signedtask__role="executive").delete()
    item = stage.signed_by(
        "reporter",
        "approver",
        is_urgent=True,
        **dict.fromkeys(("benefits", "harms", "after_effects"), "ตัวอย่าง"),
    )
    return lambda: stage.office.publisher.sign(item)


@attack("the publisher signs an urgent item before the executive")
def _(stage: Stage):
    return lambda: stage.office.publisher.sign(stage.urgent)


# --- on other content -----------------------------------------------------------------------
@attack("a token for another item")
def _(stage: Stage):
    other = stage.signed_by()
    token = stage.token(other, stage.office.publisher)
    return lambda: stage.act(stage.half_signed, stage.office.publisher, token)


@attack("a token for returning used for signing")
def _(stage: Stage):
    token = stage.token(stage.half_signed, stage.office.publisher, action="reject")
    return lambda: stage.act(stage.half_signed, stage.office.publisher, token)


@attack("a token for another content")
def _(stage: Stage):
    purpose = [stage.half_signed.current_workflow_task_state.pk, "approve"]
    token = issue_token(stage.office.publisher.user, purpose, "0" * 64, WORDS)
    return lambda: stage.act(stage.half_signed, stage.office.publisher, token)


@attack("the picture is lost between the signatures")
def _(stage: Stage):
    picture = image("teal")
    item = stage.signed_by("reporter", "approver", lead_image=picture)
    token = stage.token(item, stage.office.publisher)
    Path(picture.file.path).unlink()
    item.current_workflow_state.task_states.filter(status="approved").exists()
    return lambda: (
        stage.office.publisher.sign(item) or stage.act(item, stage.office.publisher, token)
    )


@attack("a withdrawal's reason is changed between the signatures")
def _(stage: Stage):
    withdrawal = ask(stage.office.approver, latest(stage.secret))
    type(withdrawal).objects.filter(pk=withdrawal.pk).update(reason="อย่างอื่น")
    withdrawal.refresh_from_db()
    return lambda: confirm(stage.office.publisher, withdrawal)


@attack("a withdrawal's token for another publication")
def _(stage: Stage):
    other = latest(stage.office.publish(stage.office.draft()))
    token = withdrawal_token(stage.office.approver, other)
    user = stage.office.approver.user
    return lambda: request_withdrawal(latest(stage.secret), "ข้อมูลคลาดเคลื่อน", user, token)


@attack("a withdrawal of a version that was superseded")
def _(stage: Stage):
    old = latest(stage.secret)
    withdrawal = ask(stage.office.approver, old)
    stage.office.publish(stage.secret)
    token = withdrawal_token(stage.office.publisher, old, withdrawal.reason)
    return lambda: confirm_withdrawal(withdrawal, stage.office.publisher.user, token)


# --- too late -------------------------------------------------------------------------------
@attack("a token that is too old")
def _(stage: Stage):
    token = stage.token(stage.half_signed, stage.office.publisher)
    later = time.time() + TOKEN_MAX_AGE + 1

    def act() -> None:
        with patch("django.core.signing.time.time", lambda: later):
            stage.act(stage.half_signed, stage.office.publisher, token)

    return act


@attack("a time window that is over")
def _(stage: Stage):
    import datetime

    past = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
    item = stage.signed_by("reporter", "approver", expire_at=past)
    return lambda: stage.office.publisher.sign(item)


# --- forged ---------------------------------------------------------------------------------
@attack("no token at all")
def _(stage: Stage):
    return lambda: stage.act(stage.half_signed, stage.office.publisher, "")


@attack("a token made up")
def _(stage: Stage):
    return lambda: stage.act(stage.half_signed, stage.office.publisher, "eyJ1c2VyIjoxfQ:1abcde:x")


@attack("a token with one letter changed")
def _(stage: Stage):
    real = stage.token(stage.half_signed, stage.office.publisher)
    bent = real[:-2] + ("A" if real[-2] != "A" else "B") + real[-1]
    return lambda: stage.act(stage.half_signed, stage.office.publisher, bent)


def forged(stage: Stage, **how: str) -> str:
    """A token with the right contents, signed in another way."""
    item, user = stage.half_signed, stage.office.publisher.user
    payload = {
        "user": user.pk,
        "purpose": [item.current_workflow_task_state.pk, "approve"],
        "hash": latest_snapshot(item).content_hash,
        "words": WORDS,
    }
    return django_signing.dumps(payload, compress=True, **how)


@attack("a token signed with another key")
def _(stage: Stage):
    token = forged(stage, key="another", salt="cms.signoff.signing")
    return lambda: stage.act(stage.half_signed, stage.office.publisher, token)


@attack("a token that another part of the program signed")
def _(stage: Stage):
    token = forged(stage, salt="cms.engagement.form")
    return lambda: stage.act(stage.half_signed, stage.office.publisher, token)


@attack("the workflow button of the editor with words of one's own", ANSWERED)
def _(stage: Stage):
    from tests.admin import edit_url, filled_in

    web, url = stage.web("publisher"), edit_url(stage.half_signed)
    button = {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": '{"token": "forged", "x": 1}',
    }
    data = filled_in(web, url, **button)
    return lambda: web.post(url, data)
