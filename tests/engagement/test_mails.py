"""Mails through a real SMTP server; and what happens when there is none."""

from collections.abc import Iterator
from typing import Any

import pytest

from cms.engagement.handling import reply
from cms.engagement.models import Case, CaseEvent
from cms.engagement.retention import delete_all
from cms.mail import sending
from cms.mail.models import OutgoingMail
from tests.engagement.desk import handler
from tests.engagement.standing import EMAIL, Form
from tests.mail.mailbox import Mailbox, free_port, mail_server, send_to
from tests.office import Office

SENDER = "somying@example.com"


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """A mail server on this machine."""
    with mail_server(settings) as box:
        yield box


@pytest.fixture
def send() -> Any:
    """Sends a form, or does any act, and lets the worker send the mails."""

    def do(act: Any) -> Any:
        done = act()
        sending.send_due.call()
        return done

    return do


def desk_with_mail(office: Office, channel: str) -> Any:
    user = handler(office, channel).user
    user.email = f"{channel}@office.example"
    user.save()
    return user


def submit(form: Form, **typed: Any) -> Any:
    return lambda: form.send(form.typed(**{EMAIL["id"]: SENDER, **typed}))


def test_sender_gets_the_number_and_not_a_word_of_the_case(
    mailbox: Mailbox, send: Any, question_form: Form
):
    sent = send(submit(question_form))

    ((subject, text),) = mailbox.to(SENDER)
    assert sent.reference in subject
    assert sent.reference in text
    assert "/th/status/" in text
    assert not [word for word in ("สมหญิง", "ไฟถนน", sent.token) if word in subject + text]


def test_desk_hears_that_something_waits_and_nothing_else(
    mailbox: Mailbox, send: Any, open_office: Office, question_form: Form
):
    desk_with_mail(open_office, "question")
    desk_with_mail(open_office, "complaint")

    sent = send(submit(question_form))

    ((subject, text),) = mailbox.to("question@office.example")
    assert f"/admin/citizens/question/{sent.reference}/" in text
    assert not [word for word in ("สมหญิง", "ไฟถนน", SENDER) if word in subject + text]
    assert mailbox.to("complaint@office.example") == []


def test_answer_reaches_the_sender(
    mailbox: Mailbox, send: Any, open_office: Office, question_form: Form
):
    user = desk_with_mail(open_office, "question")
    send(submit(question_form))

    send(lambda: reply(Case.objects.get(), user, "ซ่อมแล้ว"))

    _received, (subject, text) = mailbox.to(SENDER)
    assert Case.objects.get().reference in subject
    assert "ซ่อมแล้ว" in text


def test_answer_to_a_corruption_complaint_is_not_mailed(
    mailbox: Mailbox, send: Any, open_office: Office, corruption_form: Form
):
    user = desk_with_mail(open_office, "corruption")
    send(submit(corruption_form))

    send(lambda: reply(Case.objects.get(), user, "ตรวจสอบแล้ว"))

    assert len(mailbox.to(SENDER)) == 2
    assert "ตรวจสอบแล้ว" not in str(mailbox.to(SENDER))


def test_who_stays_unknown_gets_no_mail(mailbox: Mailbox, send: Any, corruption_form: Form):
    send(submit(corruption_form, anonymous="on"))

    assert mailbox.mails == []


def test_mails_are_in_the_language_of_the_form(mailbox: Mailbox, send: Any, open_office: Office):
    send(submit(Form("question", locale="en")))

    ((subject, _text),) = mailbox.to(SENDER)
    assert subject.startswith("Received: ")


def test_server_that_fails_breaks_no_act_and_is_logged(
    settings: Any, send: Any, question_form: Form, caplog: Any
):
    send_to(settings, free_port())

    sent = send(submit(question_form))

    assert Case.objects.get().reference == sent.reference
    assert CaseEvent.objects.filter(reference=sent.reference, kind="mail_failed").exists()
    assert sent.reference in caplog.text
    assert SENDER not in caplog.text


def test_server_that_comes_back_gets_the_mail_and_the_log_says_so(
    mailbox: Mailbox, send: Any, question_form: Form, travel: Any
):
    mailbox.refusals.append("451 later")
    sent = send(submit(question_form))
    travel(seconds=3600)

    send(lambda: None)

    kinds = CaseEvent.objects.filter(reference=sent.reference, kind__startswith="mail")
    assert list(kinds.values_list("kind", flat=True)) == ["mail_failed", "mailed"]
    assert len(mailbox.to(SENDER)) == 1


def test_nobody_waits_for_the_mail_server(mailbox: Mailbox, question_form: Form):
    submit(question_form)()

    assert mailbox.mails == []
    assert OutgoingMail.objects.get().state == OutgoingMail.State.WAITING


def test_mails_about_a_case_are_deleted_with_it(
    mailbox: Mailbox, send: Any, open_office: Office, question_form: Form
):
    send(submit(question_form))
    Case.objects.update(delete_after="2026-01-01")

    delete_all()

    assert not OutgoingMail.objects.exists()


def test_refused_form_sends_no_mail(mailbox: Mailbox, send: Any, question_form: Form):
    send(submit(question_form, token=""))

    assert mailbox.mails == []
