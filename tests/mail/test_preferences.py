"""What each person chooses, and what nobody can choose."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail as django_mail
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.users.models import UserProfile

from cms.mail import sending
from cms.mail.models import MailPreference, OutgoingMail
from cms.mail.outbox import language_of, queue_mail
from tests.admin import browser
from tests.mail.mailbox import Mailbox, free_port, send_to
from tests.office import Office

ACCOUNT = reverse("wagtailadmin_account")


def account_form(client: Client) -> dict[str, Any]:
    """What the account page would send as it stands."""
    page = BeautifulSoup(client.get(ACCOUNT).content, "html.parser")
    field = page.find("select", attrs={"name": "mail-news"})
    assert field
    form = field.find_parent("form")
    return querydict_from_html(f"<body>{form}</body>").dict()


def choose(user: Any, kind: str, delivery: str) -> None:
    MailPreference.objects.create(user=user, kind=kind, delivery=delivery)


def test_what_was_turned_off_is_not_even_written(somchai: Any):
    choose(somchai, "news", "never")

    assert queue_mail("news", somchai, "s", "b") is None
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("delivery", ["never", "digest"])
def test_what_is_urgent_comes_at_once_whatever_was_chosen(somchai: Any, delivery: str):
    choose(somchai, "news", delivery)

    mail = queue_mail("news", somchai, "s", "b", urgent=True)

    assert mail
    assert mail.state == OutgoingMail.State.WAITING


def test_duty_cannot_be_turned_off_behind_the_form(somchai: Any):
    choose(somchai, "duty", "never")

    mail = queue_mail("duty", somchai, "s", "b")

    assert mail
    assert mail.state == OutgoingMail.State.WAITING


def test_language_is_that_of_the_reader_and_not_of_the_writer(somchai: Any):
    assert language_of(somchai) == "th"
    UserProfile.objects.create(user=somchai, preferred_language="en")
    somchai.refresh_from_db()

    with translation.override("th"):
        mail = queue_mail("news", somchai, "s", "b")

    assert mail
    assert mail.language == "en"


def test_choice_is_made_on_the_account_page(somchai: Any, open_office: Office):
    client = browser(open_office.reporter)
    typed = account_form(client)
    typed |= {"mail-news": "digest"}

    assert client.post(ACCOUNT, typed).status_code == 302

    assert MailPreference.objects.get(user=somchai, kind="news").delivery == "digest"


def test_account_page_offers_staff_kinds_alone_and_duty_without_never(
    somchai: Any, open_office: Office
):
    page = BeautifulSoup(browser(open_office.reporter).get(ACCOUNT).content, "html.parser")

    options = {
        select["name"]: [option["value"] for option in select.find_all("option")]
        for select in page.find_all("select", attrs={"name": lambda name: name and "mail-" in name})
    }
    assert options["mail-news"] == ["at_once", "digest", "never"]
    assert options["mail-duty"] == ["at_once", "digest"]
    assert "mail-citizen" not in options


def test_duty_cannot_be_turned_off_with_a_forged_form(somchai: Any, open_office: Office):
    client = browser(open_office.reporter)
    typed = account_form(client)

    client.post(ACCOUNT, typed | {"mail-duty": "never"})

    assert not MailPreference.objects.filter(kind="duty", delivery="never").exists()


def test_choices_about_wagtails_replaced_mails_are_gone(open_office: Office):
    html = browser(open_office.root).get(ACCOUNT).content.decode()

    assert "submitted_notifications" not in html
    assert "updated_comments_notifications" in html


@pytest.fixture
def outbox_backend(settings: Any) -> None:
    """As in the settings; the test runner puts Django's own there."""
    settings.EMAIL_BACKEND = "cms.mail.backend.OutboxBackend"


@pytest.mark.usefixtures("outbox_backend")
def test_new_password_needs_no_mail_server_while_somebody_waits(
    settings: Any, somchai: Any, client: Any
):
    send_to(settings, free_port())

    response = client.post(reverse("wagtailadmin_password_reset"), {"email": somchai.email})

    assert response.status_code == 302
    assert OutgoingMail.objects.get().to == somchai.email


@pytest.mark.usefixtures("outbox_backend")
def test_link_for_a_new_password_does_not_stay_in_the_database(
    mailbox: Mailbox, somchai: Any, client: Any
):
    client.post(reverse("wagtailadmin_password_reset"), {"email": somchai.email})
    sending.send_due.call()

    ((_subject, text),) = mailbox.to(somchai.email)
    assert "/password_reset/" in text
    assert OutgoingMail.objects.get().body == ""


@pytest.mark.usefixtures("outbox_backend")
def test_attachments_are_refused(db: Any):
    message = django_mail.EmailMessage("s", "b", to=["a@example.com"])
    message.attach("a.txt", "a")

    with pytest.raises(ValueError):
        message.send()
