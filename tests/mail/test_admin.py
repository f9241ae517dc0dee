"""The outbox in the admin: for administrators, without texts, with another try."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cms.mail import sending
from cms.mail.models import OutgoingMail
from cms.mail.outbox import queue_mail
from tests.admin import browser
from tests.office import Office

INDEX = reverse("mails:index")
State = OutgoingMail.State


@pytest.fixture
def failed(somchai: Any) -> OutgoingMail:
    """A mail that was given up."""
    mail = queue_mail("news", somchai, "หัวเรื่อง", "ความลับ")
    assert mail
    OutgoingMail.objects.update(state=State.FAILED, last_error="SMTPRecipientsRefused", attempts=9)
    return mail


def test_administrator_sees_what_failed_and_no_text(open_office: Office, failed: OutgoingMail):
    html = browser(open_office.administrator).get(INDEX).content.decode()

    assert "SMTPRecipientsRefused" in html
    assert "somchai@office.example" in html
    assert "ความลับ" not in html


def test_confidential_mail_shows_neither_recipient_nor_subject(open_office: Office):
    queue_mail("citizen", "somying@example.com", "เรื่องลับ", "ความลับ")

    html = browser(open_office.administrator).get(INDEX).content.decode()

    assert "To citizens" in html
    assert not [word for word in ("somying", "เรื่องลับ", "ความลับ") if word in html]


def test_administrator_sends_again(open_office: Office, failed: OutgoingMail):
    url = reverse("mails:try_again", args=[failed.pk])

    browser(open_office.administrator).post(url)

    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == (State.WAITING, 0)


@pytest.mark.parametrize("role", ["reporter", "publisher", "overseer"])
def test_others_see_and_do_nothing(open_office: Office, failed: OutgoingMail, role: str):
    client = browser(getattr(open_office, role))

    assert "SMTPRecipientsRefused" not in client.get(INDEX).content.decode()
    client.post(reverse("mails:try_again", args=[failed.pk]))
    with pytest.raises(PermissionDenied):
        sending.try_again(failed, getattr(open_office, role).user)

    failed.refresh_from_db()
    assert failed.state == State.FAILED


def test_mail_that_was_sent_is_not_sent_again(open_office: Office, failed: OutgoingMail):
    OutgoingMail.objects.update(state=State.SENT)

    assert not sending.try_again(failed, open_office.root.user)


def test_list_costs_the_same_for_many_mails(
    open_office: Office, failed: OutgoingMail, django_assert_num_queries: Any
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browser(open_office.administrator)
    client.get(INDEX)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(INDEX)
    for number in range(10):
        queue_mail("citizen", f"c{number}@example.com", "s", "b")

    with django_assert_num_queries(len(few)):
        client.get(INDEX)
