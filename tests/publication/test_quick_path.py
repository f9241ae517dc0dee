"""The quick path of alerts: two people, and no other way or other type through it."""

import json
import time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from wagtail.models import Revision, Workflow, WorkflowPage

from cms.publication.models import Publication
from cms.publication.publish import NotSigned, check_signatures
from cms.publication.verify import RecordBroken, verify_publications
from cms.signoff.models import Signature
from cms.signoff.roles import ALERT_WORKFLOW_NAME, Role, required_roles
from cms.signoff.signing import TOKEN_MAX_AGE, issue_token
from cms.snapshot.snapshot import Snapshot, canonical_json, latest_snapshot, sha256
from pages.models import Alert
from tests.alerts.alerting import changed, draft, message_of, released
from tests.office import Office
from tests.publication.tampering import drop_triggers
from tests.publication.withdrawing import withdraw

WORDS = {"full_name": "x", "position": "x", "checklist": [], "comment": ""}


@pytest.fixture
def issued(open_office: Office) -> Alert:
    """An alert that awaits the releaser."""
    alert = draft(open_office)
    open_office.reporter.submit(alert)
    open_office.reporter.sign(alert)
    return open_office.fresh(alert)


def assert_nothing_happens(office: Office, act: Any) -> None:
    """`act` raises `PermissionDenied` and leaves record and chain as they were."""
    before, signatures = office.public(), Signature.objects.count()
    with pytest.raises(PermissionDenied):
        act()
    assert (office.public(), Signature.objects.count()) == (before, signatures)


def present(alert: Alert, user: Any, token: str) -> None:
    state = alert.current_workflow_task_state
    state.task.specific.on_action(state, user, "approve", token=token)


def token_for(alert: Alert, user: Any, content_hash: str = "") -> str:
    purpose = [alert.current_workflow_task_state.pk, "approve"]
    return issue_token(user, purpose, content_hash or latest_snapshot(alert).content_hash, WORDS)


def test_two_people_make_an_alert_public(open_office: Office):
    message = message_of(released(open_office))

    signatures = Signature.objects.filter(sequence__in=message.signature_sequences)
    assert [signature.role for signature in signatures] == ["alert-issuer", "alert-releaser"]
    assert len({signature.user_id for signature in signatures}) == 2
    call_command("verify_publications")


def test_one_signature_is_not_enough(open_office: Office, issued: Alert):
    assert not Publication.objects.filter(subject=issued.translation_key).exists()


@pytest.mark.parametrize("role", ["approver", "publisher", "executive"])
def test_releasers_are_executives_approvers_and_publishers(
    open_office: Office, issued: Alert, role: str
):
    getattr(open_office, role).sign(issued)

    assert message_of(issued)


@pytest.mark.parametrize("role", ["translator", "overseer", "administrator", "root"])
def test_others_release_nothing(open_office: Office, issued: Alert, role: str):
    clerk = getattr(open_office, role)

    assert_nothing_happens(open_office, lambda: clerk.sign(issued))
    assert_nothing_happens(
        open_office, lambda: present(issued, clerk.user, token_for(issued, clerk.user))
    )


def test_one_person_in_both_groups_signs_once_only(open_office: Office):
    alert = draft(open_office)
    both = open_office.approver
    both.submit(alert)
    both.sign(alert)
    alert = open_office.fresh(alert)

    assert_nothing_happens(open_office, lambda: both.sign(alert))
    assert_nothing_happens(
        open_office, lambda: present(alert, both.user, token_for(alert, both.user))
    )


def test_releaser_cannot_come_first(open_office: Office):
    alert = draft(open_office)
    open_office.reporter.submit(alert)
    alert = open_office.fresh(alert)

    assert alert.current_workflow_task.role == Role.ALERT_ISSUER
    assert_nothing_happens(open_office, lambda: open_office.executive.sign(alert))


def test_who_wrote_the_words_does_not_release_them(open_office: Office):
    alert = open_office.edit(draft(open_office), user=open_office.approver.user)
    open_office.reporter.submit(alert)
    open_office.reporter.sign(alert)

    assert_nothing_happens(open_office, lambda: open_office.approver.sign(alert))


def test_word_changed_after_the_first_signature_voids_it(open_office: Office, issued: Alert):
    Revision.objects.filter(pk=issued.latest_revision_id).update(
        content={**issued.latest_revision.content, "instruction": "อยู่ในบ้าน"}
    )

    open_office.approver.sign(issued)

    alert = open_office.fresh(issued)
    assert alert.current_workflow_task.role == Role.ALERT_ISSUER
    assert not Publication.objects.filter(subject=alert.translation_key).exists()


def test_token_that_is_too_old(open_office: Office, issued: Alert, monkeypatch):
    user = open_office.approver.user
    old, later = token_for(issued, user), time.time() + TOKEN_MAX_AGE + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    assert_nothing_happens(open_office, lambda: present(issued, user, old))


@pytest.mark.parametrize("forged", ["", "forged"])
def test_forged_token(open_office: Office, issued: Alert, forged: str):
    user = open_office.approver.user

    assert_nothing_happens(open_office, lambda: present(issued, user, forged))


def test_wrong_password(open_office: Office, issued: Alert):
    clerk = type(open_office.approver)(open_office.approver.user, "wrong")

    assert_nothing_happens(open_office, lambda: clerk.sign(issued))


def test_half_an_alert_is_refused_at_the_signature(open_office: Office):
    alert = open_office.edit(draft(open_office), instruction_en="ไปที่สูง")
    open_office.reporter.submit(alert)

    assert_nothing_happens(open_office, lambda: open_office.reporter.sign(alert))


def test_ordinary_page_in_the_workflow_of_alerts_is_not_published(open_office: Office):
    """An administrator may attach a workflow to a page; the page's own path stays."""
    page = open_office.draft()
    workflow = Workflow.objects.get(name=ALERT_WORKFLOW_NAME)
    WorkflowPage.objects.create(page=page, workflow=workflow)
    open_office.reporter.submit(open_office.fresh(page))
    open_office.reporter.sign(page)

    with pytest.raises(NotSigned):
        open_office.approver.sign(page)
    assert not Publication.objects.filter(subject=page.translation_key).exists()


def test_ordinary_page_with_a_forged_quick_path_in_its_draft(open_office: Office):
    page = open_office.draft()
    revision = page.get_latest_revision()
    forged = {**revision.content, "quickPath": True, "takes_quick_path": True, "signing": {}}
    Revision.objects.filter(pk=revision.pk).update(content=forged)

    data = latest_snapshot(open_office.fresh(page)).data

    assert required_roles(data["signing"]) == [Role.REPORTER, Role.APPROVER, Role.PUBLISHER]


def test_forged_snapshot_of_an_ordinary_page_is_not_signed_for(open_office: Office):
    snapshot = latest_snapshot(open_office.draft())
    forged = Snapshot({**snapshot.data, "signing": {"needsExecutive": False, "quickPath": True}})

    with pytest.raises(NotSigned):
        check_signatures(forged, [])


def test_verification_finds_an_ordinary_page_on_the_quick_path(open_office: Office):
    message = message_of(released(open_office))
    data = {**message.data, "type": "NewsPage"}
    text = canonical_json(data)
    drop_triggers()
    message.snapshot, message.content_hash, message.type = text, sha256(text), "NewsPage"
    message.own_hash = message.expected_hash()
    message.__dict__.pop("data", None)
    message.save()

    with pytest.raises(RecordBroken, match="quick path"):
        list(verify_publications())


def test_alert_ends_by_itself(open_office: Office):
    message = message_of(released(open_office))
    end = message.effective_until

    assert end is not None
    assert Publication.objects.effective(at=message.effective_from).filter(pk=message.pk).exists()
    assert not Publication.objects.effective(at=end).filter(pk=message.pk).exists()


def test_update_takes_the_place_of_what_was_said(open_office: Office):
    alert = released(open_office)
    first = message_of(alert)

    second = message_of(changed(open_office, alert, message_type="update", severity="extreme"))

    first.refresh_from_db()
    assert first.effective_until == second.effective_from
    assert list(Publication.objects.effective().filter(type="Alert")) == [second]
    call_command("verify_publications")


def test_second_message_must_say_that_it_is_one(open_office: Office):
    alert = open_office.edit(released(open_office), severity="extreme")
    open_office.reporter.submit(alert)

    assert_nothing_happens(open_office, lambda: open_office.reporter.sign(alert))


def test_first_message_cannot_end_anything(open_office: Office):
    alert = open_office.edit(draft(open_office), message_type="cancel")
    open_office.reporter.submit(alert)

    assert_nothing_happens(open_office, lambda: open_office.reporter.sign(alert))


def test_alert_is_withdrawn_by_two_like_everything(open_office: Office):
    alert = released(open_office)

    withdraw(open_office, alert)

    assert not Publication.objects.effective().filter(subject=alert.translation_key).exists()
    call_command("verify_publications")


def test_deleted_signature_is_noticed(open_office: Office):
    message = message_of(released(open_office))
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE publication_publication SET signatures = %s WHERE id = %s",
            [json.dumps(message.signature_sequences[:1]), message.pk],
        )

    with pytest.raises(Exception, match="changed"):
        list(verify_publications())
