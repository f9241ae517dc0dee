"""Webhooks in the admin: for administrators; secrets are shown once."""

import datetime
import re
from typing import Any

import pytest
from django.urls import reverse

from cms.webhooks.messages import ping
from cms.webhooks.models import Delivery, Endpoint
from tests.admin import browser
from tests.office import Office
from tests.webhooks.receiving import endpoint

ENDPOINTS = reverse("webhooks:index")
DELIVERIES = reverse("webhook_deliveries:index")
FORM = {"description": "แอปมือถือ", "url": "https://app.example/hook", "is_active": "on"}


def shown_secret(html: str) -> str:
    found = re.search(r"whsec_[A-Za-z0-9+/]+=*", html)
    return found.group() if found else ""


def test_administrator_makes_an_endpoint_and_sees_its_secret_once(open_office: Office):
    client = browser(open_office.administrator)
    response = client.post(reverse("webhooks:add"), FORM)
    row = Endpoint.objects.get()
    edit = client.get(reverse("webhooks:edit", args=[row.pk])).content.decode()

    assert shown_secret(response.content.decode())
    assert "no-store" in response["Cache-Control"]
    assert not shown_secret(edit)


def test_changes_leave_the_secret(open_office: Office):
    row, _secret = endpoint(FORM["url"])
    form = {**FORM, "description": "ใหม่", "event_types": ["publication.published"]}
    browser(open_office.administrator).post(reverse("webhooks:edit", args=[row.pk]), form)

    changed = Endpoint.objects.get()
    assert (changed.description, changed.event_types) == ("ใหม่", ["publication.published"])
    assert changed.secret == row.secret


def test_new_secret_is_shown_once_and_the_old_one_kept_for_a_day(open_office: Office):
    row, _secret = endpoint(FORM["url"])
    url = reverse("webhooks:secret", args=[row.pk])
    client = browser(open_office.administrator)

    assert not shown_secret(client.get(url).content.decode())
    assert shown_secret(client.post(url).content.decode())
    assert Endpoint.objects.get().former_secret == row.secret


@pytest.mark.parametrize(
    "url", ["http://app.example/", "https://name:word@app.example/", "ftp://app.example/", "x"]
)
def test_unsafe_address_is_refused(open_office: Office, url: str):
    browser(open_office.administrator).post(reverse("webhooks:add"), {**FORM, "url": url})

    assert not Endpoint.objects.exists()


def test_test_message_waits_after_the_button(open_office: Office):
    row, _secret = endpoint(FORM["url"])
    response = browser(open_office.administrator).post(reverse("webhooks:ping", args=[row.pk]))

    assert response.url == f"{DELIVERIES}?endpoint={row.pk}"
    assert Delivery.objects.get().event_type == "ping"


def test_log_says_why_a_message_failed(open_office: Office):
    row, _secret = endpoint(FORM["url"])
    ping(row)
    Delivery.objects.update(state="failed", problem="timeout", status_code=None)
    html = browser(open_office.administrator).get(DELIVERIES).content.decode()

    assert str(Delivery.Problem.TIMEOUT.label) in html
    assert FORM["description"] in html


def test_log_says_when_a_message_is_sent_next(open_office: Office):
    row, _secret = endpoint(FORM["url"])
    ping(row)
    Delivery.objects.update(send_after=datetime.datetime(2026, 12, 1, 3, 30, tzinfo=datetime.UTC))
    html = browser(open_office.administrator).get(DELIVERIES).content.decode()

    assert re.search(r"1 \S+ (2569|2026) 10:30", html)


def test_button_sends_again(open_office: Office):
    row, _secret = endpoint(FORM["url"])
    delivery = ping(row)
    Delivery.objects.update(state="failed", attempts=10)
    url = reverse("webhook_deliveries:again", args=[delivery.pk])
    browser(open_office.administrator).post(url)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 0)


@pytest.mark.parametrize("role", ["reporter", "publisher", "overseer"])
def test_others_see_and_do_nothing(open_office: Office, role: str):
    row, _secret = endpoint(FORM["url"])
    delivery = ping(row)
    client = browser(getattr(open_office, role))

    for url in (ENDPOINTS, DELIVERIES, reverse("webhooks:secret", args=[row.pk])):
        assert FORM["url"] not in client.get(url).content.decode()
    client.post(reverse("webhooks:ping", args=[row.pk]))
    client.post(reverse("webhooks:secret", args=[row.pk]))
    client.post(reverse("webhook_deliveries:again", args=[delivery.pk]))
    assert Delivery.objects.count() == 1
    assert Endpoint.objects.get().secret == row.secret


def test_switching_on_again_forgets_the_failures(open_office: Office):
    from django.utils import timezone

    row, _secret = endpoint(FORM["url"], is_active=False, failing_since=timezone.now())
    browser(open_office.administrator).post(reverse("webhooks:edit", args=[row.pk]), FORM)

    changed: Any = Endpoint.objects.get()
    assert (changed.is_active, changed.failing_since) == (True, None)


def test_lists_cost_the_same_for_many_rows(open_office: Office, django_assert_num_queries: Any):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    row, _secret = endpoint(FORM["url"])
    ping(row)
    client = browser(open_office.administrator)
    client.get(DELIVERIES)
    with CaptureQueriesContext(connection) as few:
        client.get(DELIVERIES)
    for _number in range(5):
        ping(row)

    with django_assert_num_queries(len(few)):
        client.get(DELIVERIES)
