"""The outbox: written with the act, sent once, tried again, never lost."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from cms.mail import outbox, sending
from cms.mail.models import OutgoingMail
from cms.mail.outbox import queue_mail
from tests.mail.mailbox import Mailbox, free_port, send_to
from tests.office import Office

State = OutgoingMail.State
SOMYING = "somying@example.com"


def queue(to: Any = SOMYING, kind: str = "citizen", **options: Any) -> OutgoingMail:
    mail = queue_mail(kind, to, "เรื่อง", "เนื้อความ", **options)
    assert mail
    return mail


def test_mail_reaches_the_server_with_its_subject_and_text(mailbox: Mailbox, db: Any):
    sending.send_now(queue().pk)

    ((subject, text),) = mailbox.to(SOMYING)
    assert (subject, text.strip()) == ("เรื่อง", "เนื้อความ")
    assert OutgoingMail.objects.get().state == State.SENT


def test_mail_to_a_member_of_the_office_names_the_page_of_choices(mailbox: Mailbox, somchai: Any):
    sending.send_now(queue(somchai, "news").pk)

    ((_subject, text),) = mailbox.to(somchai.email)
    assert "/admin/account/" in text


def test_act_that_is_undone_sends_nothing(mailbox: Mailbox, db: Any):
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)

    sending.send_due.call()
    assert (mailbox.mails, OutgoingMail.objects.count()) == ([], 0)


def test_commit_hands_the_mail_to_the_queue(db: Any, django_capture_on_commit_callbacks: Any):
    with django_capture_on_commit_callbacks(execute=True):
        mail = queue()
        assert not DBTaskResult.objects.exists()

    job = DBTaskResult.objects.get()
    assert (job.task_path, job.args_kwargs["args"]) == (sending.send.module_path, [mail.pk])


def test_mail_sent_twice_over_is_sent_once(mailbox: Mailbox, db: Any):
    mail = queue()

    sending.send.call(mail.pk)
    sending.send.call(mail.pk)

    assert len(mailbox.mails) == 1


def test_server_that_refuses_and_then_accepts_gets_the_mail(
    mailbox: Mailbox, db: Any, travel: Callable
):
    mailbox.refusals += ["451 busy", "554 no"]
    mail = queue()

    for _try in range(3):
        sending.send_now(mail.pk)
        travel(hours=1)

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, len(mailbox.mails)) == (State.SENT, 3, 1)


def test_failed_try_waits_longer_each_time_up_to_four_hours(
    settings: Any, db: Any, monkeypatch: Any, travel: Callable
):
    send_to(settings, free_port())
    mail = queue()
    waits = []
    for _try in range(11):
        sending.send_now(mail.pk)
        mail.refresh_from_db()
        waits.append(round((mail.send_after - sending.timezone.now()).total_seconds() / 60))
        travel(minutes=waits[-1] + 1)

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240]
    assert mail.last_error == "ConnectionRefusedError"


def test_failed_try_leaves_a_job_for_the_next(settings: Any, db: Any):
    send_to(settings, free_port())
    mail = queue()

    sending.send_now(mail.pk)

    mail.refresh_from_db()
    assert DBTaskResult.objects.get().run_after == mail.send_after


def test_mail_is_not_given_up_before_three_days(settings: Any, db: Any, travel: Callable):
    send_to(settings, free_port())
    mail = queue()

    for _try in range(18):
        sending.send_now(mail.pk)
        travel(hours=4, seconds=1)

    mail.refresh_from_db()
    assert mail.state == State.WAITING
    sending.send_now(mail.pk)
    mail.refresh_from_db()
    assert mail.state == State.FAILED


def test_worker_that_slept_for_days_gives_nothing_up(settings: Any, db: Any, travel: Callable):
    send_to(settings, free_port())
    mail = queue()
    travel(days=10)

    sending.send_now(mail.pk)

    mail.refresh_from_db()
    assert mail.state == State.WAITING


def test_mail_that_was_given_up_can_be_tried_again(mailbox: Mailbox, open_office: Office):
    mail = queue()
    OutgoingMail.objects.update(state=State.FAILED)

    assert sending.try_again(mail, open_office.root.user)
    sending.send_now(mail.pk)

    assert len(mailbox.mails) == 1


def test_neither_address_nor_words_reach_the_log(
    settings: Any, mailbox: Mailbox, db: Any, caplog: Any
):
    caplog.set_level(logging.DEBUG)
    mailbox.refusals.append(f"550 <{SOMYING}> เนื้อความ is unknown")
    sending.send_now(queue().pk)

    words = caplog.text + OutgoingMail.objects.get().last_error
    mine = "\n".join(line for line in words.splitlines() if "mail.log" not in line)
    assert "could not be sent" in mine
    assert not [word for word in (SOMYING, "เรื่อง", "เนื้อความ") if word in mine]


def test_worker_that_is_told_to_stop_puts_the_mail_back(db: Any, monkeypatch: Any):
    mail = queue()

    def stopped(*args: Any) -> None:
        raise SystemExit(1)

    monkeypatch.setattr(sending, "_message", stopped)
    with pytest.raises(SystemExit):
        sending.send_now(mail.pk)

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.WAITING, 0)


def test_sweeper_finds_what_no_job_waits_for(mailbox: Mailbox, db: Any):
    queue()

    sending.sweep()
    sending.sweep()

    assert DBTaskResult.objects.get().task_path == sending.send_due.module_path
    sending.send_due.call()
    assert len(mailbox.mails) == 1


def test_sweeper_frees_the_mail_of_a_killed_worker(mailbox: Mailbox, db: Any, travel: Callable):
    mail = queue()
    OutgoingMail.objects.update(state=State.SENDING, claimed_at=sending.timezone.now())

    sending.sweep()
    assert OutgoingMail.objects.get().state == State.SENDING  # it may still live
    travel(minutes=6)
    sending.sweep()
    sending.send_due.call()

    assert OutgoingMail.objects.get().state == State.SENT
    assert mailbox.ids == [f"<{mail.uuid}@127.0.0.1>"]


def test_mail_that_is_sent_again_has_the_same_id(mailbox: Mailbox, db: Any):
    mail = queue()
    sending.send_now(mail.pk)
    OutgoingMail.objects.update(state=State.WAITING)  # its worker died before it noted this

    sending.send_now(mail.pk)

    assert len(mailbox.ids) == 2
    assert len(set(mailbox.ids)) == 1


def test_texts_of_old_mails_are_deleted(mailbox: Mailbox, db: Any, travel: Callable):
    sending.send_now(queue().pk)
    waiting = queue()

    travel(days=91)
    sending.forget_texts()

    sent = OutgoingMail.objects.get(state=State.SENT)
    assert (sent.to, sent.subject, sent.body) == ("", "", "")
    waiting.refresh_from_db()
    assert waiting.body == "เนื้อความ"


def test_nobody_is_written_to_without_an_address_or_account(somchai: Any):
    somchai.email = ""
    assert queue_mail("news", somchai, "s", "b") is None
    somchai.email, somchai.is_active = "somchai@office.example", False
    assert queue_mail("news", somchai, "s", "b") is None


def test_unknown_kind_is_refused(db: Any):
    with pytest.raises(LookupError):
        queue_mail("nonsense", SOMYING, "s", "b")


def test_nothing_is_written_while_the_demonstration_loads(db: Any):
    with outbox.no_mails():
        assert queue_mail("citizen", SOMYING, "s", "b") is None

    assert queue_mail("citizen", SOMYING, "s", "b")


def test_subject_is_one_line(db: Any):
    mail = queue_mail("citizen", SOMYING, "a\r\nBcc: x@example.com", "b")

    assert mail
    assert mail.subject == "a Bcc: x@example.com"
