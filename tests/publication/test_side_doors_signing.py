"""Hand-made requests and tokens at the last signature: nothing is signed, nothing published."""

import time
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Revision

from cms.publication.models import Publication
from cms.signoff.models import Signature
from cms.signoff.signing import TOKEN_MAX_AGE, issue_token
from cms.snapshot.snapshot import latest_snapshot
from pages.models import NewsPage
from tests.admin import browser, edit_url, filled_in
from tests.office import Office, image, png
from tests.publication.conftest import NEW_TITLE

WORDS = {"full_name": "publisher", "position": "publisher", "checklist": [], "comment": ""}


def action_url(item: NewsPage, action: str = "approve") -> str:
    state = item.current_workflow_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[item.pk, action, state.pk])


def dialog(open_office: Office, item: NewsPage, **changes: str) -> dict[str, str]:
    clerk = open_office.publisher
    task = item.current_workflow_task
    task.get_actions(item, clerk.user)
    return {
        "content_hash": task.get_form_for_action("approve")()["content_hash"].initial,
        "full_name": clerk.user.get_full_name(),
        "position": clerk.user.position,
        "password": clerk.password,
        "check_reviewed": "on",
        "check_displayed": "on",
        **changes,
    }


def test_signing_dialog_filled_in_rightly_does_publish(open_office: Office, half_signed: NewsPage):
    data = dialog(open_office, half_signed)

    browser(open_office.publisher).post(action_url(half_signed), data)

    assert Publication.objects.filter(subject=half_signed.translation_key).exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"password": "wrong"},
        {"password": ""},
        {"full_name": "somebody else"},
        {"content_hash": "0" * 64},
        {"check_displayed": ""},
        {"token": "forged", "password": ""},
        {"workflow-action-extra-data": '{"token": "forged"}', "password": ""},
    ],
)
def test_signing_dialog_filled_in_wrongly(
    open_office: Office, half_signed: NewsPage, changes: dict
):
    data = dialog(open_office, half_signed, **changes)
    before, signatures = open_office.public(), Signature.objects.count()

    browser(open_office.publisher).post(action_url(half_signed), data)

    assert Signature.objects.count() == signatures
    assert open_office.public() == before


@pytest.mark.parametrize("role", ["root", "approver", "reporter"])
def test_signing_dialog_of_somebody_else(open_office: Office, half_signed: NewsPage, role: str):
    data = dialog(open_office, half_signed)
    before, signatures = open_office.public(), Signature.objects.count()

    response = browser(getattr(open_office, role)).post(action_url(half_signed), data)

    assert response.status_code == 302
    assert Signature.objects.count() == signatures
    assert open_office.public() == before


@pytest.mark.parametrize("extra", ["{}", '{"token": "forged"}', '{"comment": "ok", "x": 1}'])
def test_workflow_button_of_the_editor(open_office: Office, half_signed: NewsPage, extra: str):
    client = browser(open_office.publisher)
    button = {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": extra,
    }
    data = filled_in(client, edit_url(half_signed), **button)
    before, signatures = open_office.public(), Signature.objects.count()

    client.post(edit_url(half_signed), data)

    assert Signature.objects.count() == signatures
    assert open_office.fresh(half_signed).current_workflow_task.role == "publisher"
    assert open_office.public() == before


def token(item: NewsPage, user: object, action: str = "approve") -> str:
    """What the dialog would issue to `user` for the present step of `item`."""
    purpose = [item.current_workflow_task_state.pk, action]
    return issue_token(user, purpose, latest_snapshot(item).content_hash, WORDS)


def present(item: NewsPage, user: object, *, token: str, action: str = "approve") -> None:
    """Carries out the present step as the workflow views do, with a token from anywhere."""
    state = item.current_workflow_task_state
    state.task.specific.on_action(state, user, action, token=token)


def test_token_from_the_dialog_does_publish(open_office: Office, half_signed: NewsPage):
    publisher = open_office.publisher.user

    present(half_signed, publisher, token=token(half_signed, publisher))

    assert Publication.objects.filter(subject=half_signed.translation_key).exists()


def assert_refused(open_office: Office, item: NewsPage, **act: str) -> None:
    """The publisher presents a token; nothing is signed and no public word changes."""
    before, signatures = open_office.public(), Signature.objects.count()
    with pytest.raises(PermissionDenied):
        present(item, open_office.publisher.user, **act)
    assert Signature.objects.count() == signatures
    assert open_office.public() == before


@pytest.mark.parametrize("forged", ["", "forged", "eyJ1c2VyIjoxfQ:1abcde:x"])
def test_forged_token(open_office: Office, half_signed: NewsPage, forged: str):
    assert_refused(open_office, half_signed, token=forged)


def test_token_with_one_letter_changed(open_office: Office, half_signed: NewsPage):
    real = token(half_signed, open_office.publisher.user)
    other = "A" if real[-2] != "A" else "B"

    assert_refused(open_office, half_signed, token=real[:-2] + other + real[-1])


def test_token_for_another_item(open_office: Office, half_signed: NewsPage):
    other = open_office.draft()
    open_office.reporter.submit(other)
    other = open_office.fresh(other)

    assert_refused(open_office, half_signed, token=token(other, open_office.publisher.user))


def test_token_for_another_person(open_office: Office, half_signed: NewsPage):
    assert_refused(open_office, half_signed, token=token(half_signed, open_office.approver.user))


def test_token_for_another_action(open_office: Office, half_signed: NewsPage):
    rejection = token(half_signed, open_office.publisher.user, action="reject")

    assert_refused(open_office, half_signed, token=rejection)


def test_token_for_another_content(open_office: Office, half_signed: NewsPage):
    purpose = [half_signed.current_workflow_task_state.pk, "approve"]
    other = issue_token(open_office.publisher.user, purpose, "0" * 64, WORDS)

    assert_refused(open_office, half_signed, token=other)


def test_token_that_is_too_old(open_office: Office, half_signed: NewsPage, monkeypatch):
    old = token(half_signed, open_office.publisher.user)
    later = time.time() + TOKEN_MAX_AGE + 1

    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    assert_refused(open_office, half_signed, token=old)


def test_used_token_at_the_same_step(open_office: Office, half_signed: NewsPage):
    publisher = open_office.publisher.user
    state, used = half_signed.current_workflow_task_state, token(half_signed, publisher)
    present(half_signed, publisher, token=used)
    before, signatures = open_office.public(), Signature.objects.count()

    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, publisher, "approve", token=used)

    assert Signature.objects.count() == signatures
    assert open_office.public() == before


def test_used_token_at_the_next_publication(open_office: Office, half_signed: NewsPage):
    used = token(half_signed, open_office.publisher.user)
    present(half_signed, open_office.publisher.user, token=used)
    open_office.reporter.submit(open_office.fresh(half_signed))
    open_office.reporter.sign(half_signed)
    open_office.approver.sign(half_signed)

    assert_refused(open_office, open_office.fresh(half_signed), token=used)


def assert_begins_again(open_office: Office, item: NewsPage, before: list) -> None:
    """The publisher signs in the dialog; the item is back at the reporter, unpublished."""
    open_office.publisher.sign(item)

    assert open_office.fresh(item).current_workflow_task.role == "reporter"
    assert not open_office.fresh(item).live
    assert open_office.public() == before


def test_autosave_after_the_second_signature(open_office: Office, half_signed: NewsPage):
    before, revision = open_office.public(), half_signed.get_latest_revision()

    draft = half_signed.get_latest_revision_as_object()
    draft.title = NEW_TITLE
    draft.save_revision(user=open_office.reporter.user, overwrite_revision=revision)

    assert open_office.fresh(half_signed).latest_revision_id == revision.pk
    assert_begins_again(open_office, half_signed, before)


def test_revision_row_rewritten_after_the_second_signature(
    open_office: Office, half_signed: NewsPage
):
    before, revision = open_office.public(), half_signed.get_latest_revision()

    content = {**revision.content, "title": NEW_TITLE}
    Revision.objects.filter(pk=revision.pk).update(content=content)

    assert_begins_again(open_office, half_signed, before)


def test_page_moved_after_the_second_signature(open_office: Office, half_signed: NewsPage):
    other = open_office.publish(open_office.section(open_office.home, title="อื่น", slug="other"))
    before = open_office.public()

    half_signed.move(other, pos="last-child")

    assert_begins_again(open_office, half_signed, before)


def test_image_replaced_after_the_second_signature(open_office: Office):
    picture = image("teal")
    page = open_office.draft(lead_image=picture)
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    open_office.approver.sign(page)
    before = open_office.public()

    Path(picture.file.path).write_bytes(png("red"))

    assert_begins_again(open_office, page, before)


def test_image_lost_after_the_second_signature(open_office: Office):
    picture = image("teal")
    page = open_office.draft(lead_image=picture)
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    open_office.approver.sign(page)
    before, signatures = open_office.public(), Signature.objects.count()

    Path(picture.file.path).unlink()

    with pytest.raises(PermissionDenied):
        open_office.publisher.sign(page)
    assert Signature.objects.count() == signatures
    assert open_office.public() == before


def test_draft_changed_between_the_dialog_and_the_act(open_office: Office, half_signed: NewsPage):
    publisher, before = open_office.publisher.user, open_office.public()
    opened = token(half_signed, publisher)
    open_office.edit(half_signed, title=NEW_TITLE)

    present(open_office.fresh(half_signed), publisher, token=opened)

    assert open_office.fresh(half_signed).current_workflow_task.role == "reporter"
    assert open_office.public() == before


def test_saved_draft_sends_the_item_back_at_once(
    open_office: Office, half_signed: NewsPage, django_capture_on_commit_callbacks
):
    before = open_office.public()

    with django_capture_on_commit_callbacks(execute=True):
        open_office.edit(half_signed, title=NEW_TITLE)

    assert open_office.fresh(half_signed).current_workflow_task.role == "reporter"
    assert open_office.public() == before
