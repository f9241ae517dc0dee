"""Proofs in the admin: who gets them, and where they are found."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.evidence.models import STALE_AFTER, VerificationRun
from cms.evidence.subjects import form_url
from cms.evidence.verification import request_verification, run_verification, verify_now
from cms.signoff.models import Signature
from tests.admin import browser, edit_url
from tests.office import Office
from tests.publication.tampering import overwrite
from tests.publication.withdrawing import latest, withdraw
from tests.website.reading import published

State = VerificationRun.State


def is_pdf(response) -> bool:
    return response.status_code == 200 and response.content.startswith(b"%PDF")


# --- the request form -----------------------------------------------------------------------


@pytest.mark.parametrize("role", ["approver", "publisher", "executive", "overseer"])
def test_who_sees_the_record_gets_its_form(open_office: Office, role: str):
    record = latest(published(open_office))

    response = browser(getattr(open_office, role)).get(form_url(record))
    assert is_pdf(response)
    assert "no-store" in response["Cache-Control"]


def test_reporter_without_the_record_gets_the_form_of_the_draft(open_office: Office):
    page = open_office.draft()
    client = browser(open_office.reporter)

    assert is_pdf(client.get(form_url(page)))
    assert is_pdf(client.get(form_url(page, "en")))


def test_signer_gets_the_form_by_the_signing_step(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    step = open_office.fresh(page).current_workflow_task_state
    client = browser(open_office.approver)

    assert is_pdf(client.get(form_url(step)))
    screen = client.get(reverse("moderation:sign", args=[step.pk])).content.decode()
    assert f'href="{form_url(step)}"' in screen


def test_snippet_has_a_form(open_office: Office):
    assert is_pdf(browser(open_office.reporter).get(form_url(open_office.department())))


def test_stranger_gets_no_form(open_office: Office):
    page = published(open_office)
    stranger = open_office.clerk("stranger")

    for subject in (page, latest(page)):
        assert not is_pdf(browser(stranger).get(form_url(subject)))


def test_anonymous_reader_gets_nothing(open_office: Office, client):
    record = latest(published(open_office))
    address = [record.address_id]
    for url in (
        form_url(record),
        reverse("evidence:state"),
        reverse("evidence:history", args=address),
        reverse("evidence:certificate", args=address),
    ):
        assert client.get(url)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize(
    ("kind", "pk"),
    [
        ("publication", "999999"),
        ("publication", "x"),
        ("step", "999999"),
        ("accounts.user", "1"),
        ("nothing", "1"),
        ("pages.newspage", "x"),
    ],
)
def test_what_is_not_there_is_not_found(open_office: Office, kind: str, pk: str):
    url = reverse("evidence:request_form", args=[kind, pk])

    assert browser(open_office.publisher).get(url).status_code == 404


def test_note_of_a_withdrawal_has_no_form(open_office: Office):
    note = withdraw(open_office, published(open_office))

    assert browser(open_office.publisher).get(form_url(note)).status_code == 404


def test_record_offers_form_certificate_and_history(open_office: Office):
    record = latest(published(open_office))
    html = browser(open_office.publisher).get(f"/admin/publications/{record.pk}/").content.decode()

    for url in (
        form_url(record),
        form_url(record, "en"),
        reverse("evidence:certificate", args=[record.address_id]),
        reverse("evidence:history", args=[record.address_id]),
    ):
        assert f'href="{url}"' in html


def test_editors_offer_the_form(open_office: Office):
    client = browser(open_office.reporter)
    for item in (open_office.draft(), open_office.department()):
        assert form_url(item) in client.get(edit_url(item)).content.decode()


# --- certificate and history --------------------------------------------------------------------


def test_certificate_is_given_for_a_period(open_office: Office):
    record = latest(published(open_office))
    url = reverse("evidence:certificate", args=[record.address_id])
    client = browser(open_office.publisher)
    today = timezone.localdate().isoformat()

    assert client.get(url).status_code == 200
    sent = {"first_day": today, "last_day": today, "language": "th"}
    assert is_pdf(client.post(url, sent))


def test_certificate_of_the_future_is_refused_in_the_form(open_office: Office):
    record = latest(published(open_office))
    url = reverse("evidence:certificate", args=[record.address_id])
    today = timezone.localdate()
    tomorrow = today + datetime.timedelta(days=1)
    sent = {"first_day": today.isoformat(), "last_day": tomorrow.isoformat(), "language": "th"}

    response = browser(open_office.publisher).post(url, sent)
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()


def test_broken_record_gives_neither_certificate_nor_history(open_office: Office):
    record = latest(published(open_office))
    overwrite(record, title="อื่น")
    client = browser(open_office.publisher)
    today = timezone.localdate().isoformat()
    sent = {"first_day": today, "last_day": today, "language": "th"}

    certificate = client.post(reverse("evidence:certificate", args=[record.address_id]), sent)
    assert certificate.context["form"].non_field_errors()
    history = client.get(reverse("evidence:history", args=[record.address_id]))
    assert history["Location"] == reverse("evidence:state")


def test_history_is_for_those_who_see_the_record(open_office: Office):
    record = latest(published(open_office))
    url = reverse("evidence:history", args=[record.address_id])

    response = browser(open_office.overseer).get(url)
    assert b"".join(response).startswith(b"PK")
    assert "no-store" in response["Cache-Control"]
    refused = browser(open_office.reporter).get(url)
    assert refused.status_code == 302


@pytest.mark.parametrize("what", ["request form", "certificate", "sealed history"])
def test_what_leaves_the_system_is_logged(open_office: Office, what: str):
    record = latest(published(open_office, title="ประกาศ"))
    client = browser(open_office.publisher)
    today = timezone.localdate().isoformat()
    if what == "request form":
        client.get(form_url(record))
    elif what == "certificate":
        sent = {"first_day": today, "last_day": today, "language": "th"}
        client.post(reverse("evidence:certificate", args=[record.address_id]), sent)
    else:
        list(client.get(reverse("evidence:history", args=[record.address_id])))

    event = AuditEvent.objects.get(kind=AuditEvent.Kind.EXPORTED)
    assert (event.user, event.subject) == (open_office.publisher.user, "ประกาศ")
    assert event.detail.startswith(f"{what}: ")


def test_refused_export_is_not_logged_as_one(open_office: Office):
    record = latest(published(open_office))
    browser(open_office.reporter).get(reverse("evidence:history", args=[record.address_id]))

    assert not AuditEvent.objects.filter(kind=AuditEvent.Kind.EXPORTED).exists()


# --- the state of the record --------------------------------------------------------------------


def test_state_shows_the_heads_of_the_chains(open_office: Office):
    html = browser(open_office.overseer).get(reverse("evidence:state")).content.decode()

    assert Signature.objects.last().own_hash in html


def test_state_is_not_for_reporters(open_office: Office):
    client = browser(open_office.reporter)

    assert client.get(reverse("evidence:state")).status_code == 302
    client.post(reverse("evidence:verify"))
    assert not VerificationRun.objects.exists()


def test_run_that_holds_keeps_its_result(open_office: Office):
    run = run_verification()

    assert (run.state, run.failure, run.done) == (State.HOLDS, "", run.total)
    assert run.heads["signatures"]["hash"] == Signature.objects.last().own_hash
    assert run.seconds is not None


def test_run_that_fails_names_the_first_failure(open_office: Office):
    overwrite(Signature.objects.last(), full_name="ผู้อื่น")

    run = run_verification()
    assert (run.state, run.failure) == (
        State.BROKEN,
        f"Signature {Signature.objects.last().sequence} was changed",
    )
    page = browser(open_office.overseer).get(reverse("evidence:state"))
    assert run.failure in page.content.decode()


def test_button_asks_the_worker(open_office: Office, django_capture_on_commit_callbacks):
    client = browser(open_office.overseer)
    with django_capture_on_commit_callbacks() as callbacks:
        client.post(reverse("evidence:verify"))

    run = VerificationRun.objects.get()
    assert (run.state, run.requested_by) == (State.WAITING, open_office.overseer.user)
    assert len(callbacks) == 1
    assert client.get(reverse("evidence:state"))["Refresh"]


def test_second_request_gets_the_run_that_waits(open_office: Office):
    user = open_office.overseer.user

    assert request_verification(user) == request_verification(user)


def test_run_is_carried_out_once(open_office: Office):
    run = request_verification(open_office.overseer.user)
    verify_now(run.pk)
    run.refresh_from_db()
    finished = run.finished_at
    verify_now(run.pk)
    run.refresh_from_db()

    assert run.finished_at == finished


def test_dead_run_does_not_block_the_next(open_office: Office):
    user = open_office.overseer.user
    dead = request_verification(user)
    VerificationRun.objects.filter(pk=dead.pk).update(
        state=State.RUNNING, heartbeat_at=timezone.now() - 2 * STALE_AFTER
    )
    dead.refresh_from_db()

    assert request_verification(user) != dead
    assert dead.result == str(State.FAILED.label)
    assert "Refresh" in browser(open_office.overseer).get(reverse("evidence:state")).headers
