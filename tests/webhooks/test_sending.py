"""Deliveries to a real server: signed, tried again, given up, switched off."""

import datetime
import re
import socket
import time

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from standardwebhooks import WebhookVerificationError

from cms.mail.models import OutgoingMail
from cms.webhooks import sending
from cms.webhooks.messages import ping
from cms.webhooks.models import Delivery, Endpoint
from cms.webhooks.signing import renew_secret
from tests.office import Office
from tests.webhooks.receiving import Receiver, endpoint, send_all

State, Problem = Delivery.State, Delivery.Problem


def test_message_arrives_signed(db, receiver: Receiver):
    row, secret = endpoint(f"{receiver.url}/hook?site=1")
    ping(row)
    [delivery] = send_all()

    assert (delivery.state, delivery.status_code) == (State.DELIVERED, 200)
    assert [message["type"] for message in receiver.verified(secret)] == ["ping"]
    assert receiver.requests[0].path == "/hook?site=1"
    assert receiver.requests[0].headers["content-type"] == "application/json"


def test_other_secret_does_not_verify(db, receiver: Receiver):
    row, _secret = endpoint(receiver.url)
    ping(row)
    send_all()
    _other, secret = endpoint(receiver.url)

    with pytest.raises(WebhookVerificationError):
        receiver.verified(secret)


def test_both_secrets_sign_during_a_change(db, receiver: Receiver):
    row, old = endpoint(receiver.url)
    new = renew_secret(row)
    row.save()
    ping(row)
    send_all()

    assert len(receiver.verified(old)) == len(receiver.verified(new)) == 1


def test_old_secret_signs_no_more_after_a_day(db, receiver: Receiver, travel):
    row, _old = endpoint(receiver.url)
    renew_secret(row)
    row.save()
    travel(hours=25)
    ping(row)
    send_all()

    assert len(receiver.requests[0].headers["webhook-signature"].split()) == 1


def test_secret_has_the_form_that_the_specification_asks_for(db):
    _row, secret = endpoint("https://app.example/")

    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", secret)


def test_secret_is_not_in_the_database_as_it_is(db):
    row, secret = endpoint("https://app.example/")

    assert secret.removeprefix("whsec_") not in Endpoint.objects.get(pk=row.pk).secret


def test_failure_is_tried_again_with_the_same_id(db, receiver: Receiver, travel):
    row, secret = endpoint(receiver.url)
    receiver.answers = [500]
    ping(row)
    [first] = send_all()
    travel(seconds=6)
    [second] = send_all()

    assert (first.state, first.status_code, first.problem) == (State.WAITING, 500, Problem.STATUS)
    assert (second.state, second.attempts) == (State.DELIVERED, 2)
    assert len({one.headers["webhook-id"] for one in receiver.requests}) == 1
    assert len(receiver.verified(secret)) == 2


def test_waits_grow_and_end(db, receiver: Receiver, travel):
    row, _secret = endpoint(receiver.url)
    receiver.answers = [503] * 20
    ping(row)
    waits = []
    for _try in range(10):
        before = timezone.now()
        [delivery] = send_all()
        waits.append(delivery.send_after - before)
        travel(seconds=waits[-1].total_seconds() + 1)

    assert delivery.state == State.FAILED
    assert [round(wait.total_seconds()) for wait in waits[:4]] == [5, 300, 1800, 7200]
    assert len(receiver.requests) == 10


def test_message_that_waits_is_not_sent_too_early(db, receiver: Receiver):
    row, _secret = endpoint(receiver.url)
    receiver.answers = [500]
    ping(row)
    send_all()
    send_all()

    assert len(receiver.requests) == 1


def test_redirect_is_not_followed(db, receiver: Receiver):
    row, _secret = endpoint(receiver.url)
    receiver.answers, receiver.location = [307], f"{receiver.url}/elsewhere"
    ping(row)
    [delivery] = send_all()

    assert (delivery.problem, len(receiver.requests)) == (Problem.REDIRECT, 1)


def test_silence_is_given_up(db, receiver: Receiver, monkeypatch):
    monkeypatch.setattr(sending, "TIMEOUT", 0.2)
    row, _secret = endpoint(receiver.url)
    receiver.delay = 2
    ping(row)
    began = time.monotonic()
    [delivery] = send_all()

    assert delivery.problem == Problem.TIMEOUT
    assert time.monotonic() - began < 2


def test_closed_port_is_noted(db, receiver: Receiver):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    row, _secret = endpoint(f"http://127.0.0.1:{port}/")
    ping(row)

    assert send_all()[0].problem == Problem.NO_CONNECTION


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "169.254.169.254", "[::1]", "10.0.0.1"])
def test_private_network_is_never_asked(db, receiver: Receiver, settings, host: str):
    settings.WEBHOOK_PRIVATE_ADDRESSES = False
    row, _secret = endpoint(f"http://{host}:{receiver.url.rpartition(':')[2]}/")
    ping(row)
    [delivery] = send_all()

    assert delivery.problem in (Problem.PRIVATE, Problem.NO_HOST)
    assert receiver.requests == []


def test_days_of_failures_switch_off_and_tell_the_administrators(
    open_office: Office, receiver: Receiver, travel
):
    administrator = open_office.administrator.user
    administrator.email = "admin@office.example"
    administrator.save()
    row, _secret = endpoint(receiver.url)
    receiver.answers = [500] * 9
    ping(row)
    send_all()
    travel(days=5, seconds=1)
    send_all()

    row.refresh_from_db()
    [mail] = OutgoingMail.objects.filter(kind="webhook_switched_off")
    assert not row.is_active
    assert mail.to == "admin@office.example"
    assert row.url in mail.body


def test_success_forgets_earlier_failures(db, receiver: Receiver, travel):
    row, _secret = endpoint(receiver.url)
    receiver.answers = [500]
    ping(row)
    send_all()
    travel(days=6)
    send_all()

    row.refresh_from_db()
    assert (row.is_active, row.failing_since) == (True, None)


def test_other_side_that_wants_no_more_is_left_alone(db, receiver: Receiver):
    row, _secret = endpoint(receiver.url)
    receiver.answers = [410]
    ping(row)
    [delivery] = send_all()

    row.refresh_from_db()
    assert (delivery.state, delivery.problem, row.is_active) == (State.FAILED, Problem.GONE, False)


def test_endpoint_that_was_switched_off_meanwhile_gets_nothing(db, receiver: Receiver):
    row, _secret = endpoint(receiver.url)
    ping(row)
    Endpoint.objects.update(is_active=False)
    [delivery] = send_all()

    assert (delivery.state, delivery.problem) == (State.FAILED, Problem.SWITCHED_OFF)
    assert receiver.requests == []


def test_delivered_message_is_sent_again_on_request(open_office: Office, receiver: Receiver):
    row, _secret = endpoint(receiver.url)
    ping(row)
    [delivery] = send_all()

    assert sending.try_again(delivery, open_office.administrator.user)
    send_all()
    assert len({one.headers["webhook-id"] for one in receiver.requests}) == 1
    assert len(receiver.requests) == 2


def test_others_may_not_have_it_sent_again(open_office: Office):
    row, _secret = endpoint("https://app.example/")
    delivery = ping(row)

    with pytest.raises(PermissionDenied):
        sending.try_again(delivery, open_office.publisher.user)


def test_half_made_try_of_a_killed_worker_is_made_again(db, receiver: Receiver):
    row, _secret = endpoint(receiver.url)
    delivery = ping(row)
    long_ago = timezone.now() - datetime.timedelta(hours=1)
    Delivery.objects.filter(pk=delivery.pk).update(state=State.SENDING, claimed_at=long_ago)
    sending.sweep()

    assert send_all()[0].state == State.DELIVERED


def test_secret_of_another_installation_is_told(db, receiver: Receiver, settings):
    row, _secret = endpoint(receiver.url)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", []
    ping(row)

    assert send_all()[0].problem == Problem.NO_SECRET
    assert receiver.requests == []


def test_old_deliveries_are_forgotten(db, receiver: Receiver, travel):
    row, _secret = endpoint(receiver.url)
    ping(row)
    send_all()
    travel(days=31)
    sending.forget()

    assert not Delivery.objects.exists()
