"""Every alert is reviewed by the chief executive or administrator, in time, with a signature."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from cms.alerts.models import AlertSettings
from cms.alerts.overdue import mail_overdue_reviews
from cms.alerts.reviews import Outcome, due_at, may_review, review, review_of, to_review
from cms.mail.models import OutgoingMail
from cms.schedule.working_time import working_hours_between
from cms.signoff.models import Decision, Signature
from tests.admin import browser
from tests.alerts.alerting import changed, draft, message_of, released, reviewed
from tests.office import PASSWORD, Office
from tests.publication.withdrawing import withdraw


def typed(office: Office, **changes: str) -> dict[str, str]:
    user = office.executive.user
    return {
        "outcome": "proper",
        "findings": "ถูกต้องและทันเวลา",
        "full_name": user.get_full_name(),
        "position": user.position,
        "password": PASSWORD,
        **changes,
    }


def test_every_message_awaits_its_review(open_office: Office):
    alert = released(open_office)
    first = message_of(alert)
    second = message_of(changed(open_office, alert, message_type="cancel"))

    assert list(to_review()) == [first, second]


def test_review_is_a_signature_on_the_content_that_was_public(open_office: Office):
    message = message_of(released(open_office))

    signature = reviewed(open_office, message, Outcome.CORRECT)

    assert signature.decision == Decision.REVIEW
    assert signature.content_hash == message.content_hash
    found = review_of(message)
    assert found
    assert found.outcome == Outcome.CORRECT
    assert not to_review().exists()
    call_command("verify_publications")


def test_review_is_signed_in_the_admin(open_office: Office):
    message = message_of(released(open_office))
    url = reverse("alerts:review", args=[message.pk])

    browser(open_office.executive).post(url, typed(open_office))

    assert review_of(message)


@pytest.mark.parametrize(
    "changes", [{"password": "wrong"}, {"findings": ""}, {"outcome": "fine"}, {"full_name": "x"}]
)
def test_wrong_review_is_not_signed(open_office: Office, changes: dict):
    message = message_of(released(open_office))
    url = reverse("alerts:review", args=[message.pk])

    browser(open_office.executive).post(url, typed(open_office, **changes))

    assert review_of(message) is None


@pytest.mark.parametrize("role", ["reporter", "approver", "publisher", "administrator", "root"])
def test_others_do_not_review(open_office: Office, role: str):
    message = message_of(released(open_office))
    clerk = getattr(open_office, role)
    url = reverse("alerts:review", args=[message.pk])
    own = {"full_name": clerk.user.get_full_name(), "position": clerk.user.position}

    browser(clerk).post(url, typed(open_office, **own))

    assert review_of(message) is None


def test_whoever_acts_for_the_executive_reviews_and_the_signature_says_so(open_office: Office):
    message = message_of(released(open_office))
    acting = open_office.clerk("acting")
    assert not may_review(message, acting.user)
    open_office.appoint(acting, None, post_title="นายก อบต.", order_number="7/2570")

    signature = reviewed(open_office, message, user=acting.user)

    assert "7/2570" in signature.capacity


def test_who_released_an_alert_does_not_review_it(open_office: Office):
    alert = _released_by_the_executive(open_office)
    message = message_of(alert)

    assert not may_review(message, open_office.executive.user)
    other = open_office.clerk("palad", "executive")
    assert may_review(message, other.user)


def _released_by_the_executive(office: Office) -> Any:
    alert = draft(office)
    office.reporter.submit(alert)
    office.reporter.sign(alert)
    office.executive.sign(alert)
    return office.fresh(alert)


def test_second_review_is_refused(open_office: Office):
    message = message_of(released(open_office))
    reviewed(open_office, message)
    before = Signature.objects.count()

    with pytest.raises(PermissionDenied):
        reviewed(open_office, message)
    assert Signature.objects.count() == before


@pytest.mark.parametrize("token", ["", "forged"])
def test_forged_review(open_office: Office, token: str):
    message = message_of(released(open_office))

    with pytest.raises(PermissionDenied):
        review(message, open_office.executive.user, token)
    assert review_of(message) is None


def test_withdrawn_alert_is_reviewed_all_the_same(open_office: Office):
    alert = released(open_office)
    message = message_of(alert)
    withdraw(open_office, alert)

    assert list(to_review()) == [message]
    reviewed(open_office, message)
    assert not to_review().exists()


def test_review_is_due_after_the_set_working_hours(open_office: Office):
    message = message_of(released(open_office))
    settings = AlertSettings.for_site(Site.objects.get(is_default_site=True))
    settings.review_hours = 4
    settings.save()

    due = due_at(message)

    assert due > message.published_at
    assert round(working_hours_between(message.published_at, due), 3) == 4


def test_dashboard_of_the_executive_names_what_must_be_reviewed(open_office: Office):
    message = message_of(released(open_office))
    url = reverse("alerts:review", args=[message.pk])
    home = reverse("wagtailadmin_home")

    assert url in browser(open_office.executive).get(home).content.decode()
    assert url not in browser(open_office.reporter).get(home).content.decode()


def test_overdue_review_is_mailed_once_to_each_reviewer(open_office: Office, monkeypatch):
    message = message_of(released(open_office))
    user = open_office.executive.user
    user.email = "executive@example.go.th"
    user.save()
    mail_overdue_reviews()
    assert not OutgoingMail.objects.exists()
    later = due_at(message) + datetime.timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)

    mail_overdue_reviews()
    mail_overdue_reviews()

    [mail] = OutgoingMail.objects.all()
    assert mail.to == user.email
    assert reverse("alerts:review", args=[message.pk]) in mail.body
    assert message.title in mail.subject


def test_nothing_is_mailed_about_a_reviewed_alert(open_office: Office, monkeypatch):
    message = message_of(released(open_office))
    reviewed(open_office, message)
    later = due_at(message) + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: later)

    mail_overdue_reviews()

    assert not OutgoingMail.objects.exists()
