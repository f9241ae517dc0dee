"""The daily digest: one mail on working days with what waited, in the person's language."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import ngettext, override
from wagtail.users.models import UserProfile

from cms.mail import sending
from cms.mail.digest import DIGEST_KIND, send_digests
from cms.mail.models import MailPreference, OutgoingMail
from cms.mail.outbox import queue_mail
from cms.schedule.models import Holiday
from tests.mail.mailbox import Mailbox

State = OutgoingMail.State
BANGKOK = timezone.get_default_timezone()
TUESDAY = datetime.datetime(2026, 11, 24, 8, 30, tzinfo=BANGKOK)


@pytest.fixture(autouse=True)
def on(monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Sets the day; it is Tuesday."""

    def go(days: int) -> None:
        moment = TUESDAY + datetime.timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    go(0)
    return go


@pytest.fixture
def reader(somchai: Any) -> Any:
    """Wants news in the digest."""
    MailPreference.objects.create(user=somchai, kind="news", delivery="digest")
    return somchai


def test_what_waits_is_held_until_the_digest(mailbox: Mailbox, reader: Any):
    queue_mail("news", reader, "หนึ่ง", "ข้อความ")
    sending.send_due.call()

    assert OutgoingMail.objects.get().state == State.HELD
    assert mailbox.mails == []


def test_digest_is_one_mail_grouped_by_kind(mailbox: Mailbox, reader: Any):
    MailPreference.objects.create(user=reader, kind="duty", delivery="digest")
    for kind, subject in (("news", "หนึ่ง"), ("duty", "สอง"), ("news", "สาม")):
        queue_mail(kind, reader, subject, f"ข้อความ{subject}")

    send_digests()
    sending.send_due.call()

    ((_subject, text),) = mailbox.to(reader.email)
    places = [text.index(word) for word in ("News", "* หนึ่ง", "ข้อความสาม", "Duty", "* สอง")]
    assert places == sorted(places)
    assert OutgoingMail.objects.filter(state=State.BUNDLED).count() == 3


def test_second_digest_does_not_repeat_the_first(mailbox: Mailbox, reader: Any):
    queue_mail("news", reader, "หนึ่ง", "ข้อความ")

    send_digests()
    send_digests()

    assert OutgoingMail.objects.filter(kind=DIGEST_KIND).count() == 1


def test_nothing_comes_on_weekends_and_holidays(reader: Any, on: Callable):
    Holiday.objects.create(date=datetime.date(2026, 11, 25), name_th="วันหยุด")
    queue_mail("news", reader, "หนึ่ง", "ข้อความ")

    for days in (1, 4, 5):
        on(days)
        send_digests()
    assert OutgoingMail.objects.get().state == State.HELD

    on(6)
    send_digests()
    assert OutgoingMail.objects.filter(kind=DIGEST_KIND).exists()


@pytest.mark.parametrize("language", ["th", "en"])
def test_digest_is_in_the_language_of_the_reader(mailbox: Mailbox, reader: Any, language: str):
    UserProfile.objects.create(user=reader, preferred_language=language)
    reader.refresh_from_db()
    queue_mail("news", reader, "หนึ่ง", "ข้อความ")

    with override("en" if language == "th" else "th"):
        send_digests()

    digest = OutgoingMail.objects.get(kind=DIGEST_KIND)
    with override(language):
        subject = ngettext(
            "%(count)s message since the last digest", "%(count)s messages since the last digest", 1
        )
    assert (digest.language, digest.subject) == (language, subject % {"count": 1})


def test_digest_of_somebody_who_left_is_not_sent(reader: Any):
    queue_mail("news", reader, "หนึ่ง", "ข้อความ")
    reader.is_active = False
    reader.save()

    send_digests()

    assert not OutgoingMail.objects.exists()
