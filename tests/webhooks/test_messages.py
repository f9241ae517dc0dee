"""What endpoints are told: what the public can see, when it can see it."""

import datetime
import json
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.publication.models import Address, Publication
from cms.webhooks.messages import tell_of_time
from cms.webhooks.models import Delivery, Endpoint
from tests.office import Office
from tests.publication.withdrawing import withdraw
from tests.webhooks.receiving import endpoint


def told() -> list[dict[str, Any]]:
    """Every message, the oldest first."""
    return [json.loads(row.payload) for row in Delivery.objects.order_by("pk")]


def types() -> list[str]:
    return [message["type"] for message in told()]


@pytest.fixture(autouse=True)
def _listening(db) -> None:
    endpoint("https://app.example/hook")


def test_publication_is_told_with_its_paths(open_office: Office, settings: Any):
    page = open_office.show(open_office.draft(slug="flood"))

    [message] = told()
    row = Publication.objects.latest("sequence")
    assert message["type"] == "publication.published"
    assert message["data"] == {
        "type": "NewsPage",
        "id": f"{page.translation_key}:th",
        "subject": str(page.translation_key),
        "permanentId": row.address.short_id,
        "locale": "th",
        "path": "/th/news/flood/",
        "formerPath": None,
        "paths": ["/th/news/flood/", "/th/news/"],
        "origins": [settings.BASE_URL],
        "tags": message["data"]["tags"],
        "contentHash": row.content_hash,
    }
    assert datetime.datetime.fromisoformat(message["timestamp"]) <= timezone.now()


def test_draft_is_not_told(open_office: Office):
    open_office.reporter.submit(open_office.draft())

    assert told() == []


def test_translations_show_the_change_too(open_office: Office):
    open_office.show(open_office.edit(open_office.news, title="ข่าวสาร"))

    assert "/en/news/" in told()[0]["data"]["paths"]


def test_move_tells_of_what_moved_with_it(open_office: Office):
    open_office.show(open_office.draft(slug="flood"))
    Delivery.objects.all().delete()
    open_office.show(open_office.edit(open_office.news, slug="press"))

    messages = {(one["type"], one["data"]["path"]): one["data"] for one in told()}
    moved = messages["publication.moved", "/th/press/flood/"]
    assert moved["formerPath"] == "/th/news/flood/"
    assert messages["publication.published", "/th/press/"]["formerPath"] == "/th/news/"


def test_withdrawal_is_told_with_the_path_that_is_gone(open_office: Office):
    page = open_office.show(open_office.draft(slug="flood"))
    Delivery.objects.all().delete()
    withdraw(open_office, page)

    [message] = told()
    assert message["type"] == "publication.withdrawn"
    assert (message["data"]["path"], message["data"]["formerPath"]) == (None, "/th/news/flood/")


def test_what_begins_later_is_told_when_it_begins(open_office: Office, travel):
    tell_of_time()
    later = timezone.now() + datetime.timedelta(hours=1)
    open_office.show(open_office.draft(slug="later", go_live_at=later))
    tell_of_time()
    before = types()
    travel(hours=2)
    tell_of_time()
    tell_of_time()

    assert before == []
    assert types() == ["publication.began"]
    assert told()[0]["data"]["path"] == "/th/news/later/"


def test_end_of_a_time_window_is_told_once(open_office: Office, travel):
    tell_of_time()
    until = timezone.now() + datetime.timedelta(hours=1)
    open_office.show(open_office.draft(slug="short", expire_at=until))
    travel(hours=2)
    tell_of_time()
    tell_of_time()

    assert types() == ["publication.published", "publication.expired"]


def test_what_was_replaced_has_not_expired(open_office: Office, travel):
    tell_of_time()
    page = open_office.show(open_office.draft())
    open_office.show(open_office.edit(page, title="ใหม่"))
    travel(minutes=5)
    tell_of_time()

    assert types() == ["publication.published", "publication.published"]


def test_withdrawal_of_what_never_began_is_not_told(open_office: Office):
    later = timezone.now() + datetime.timedelta(hours=1)
    page = open_office.show(open_office.draft(go_live_at=later))
    withdraw(open_office, page)

    assert told() == []


def test_endpoint_hears_only_what_it_asked_for(open_office: Office):
    Endpoint.objects.update(event_types=["publication.withdrawn"])
    page = open_office.show(open_office.draft())
    withdraw(open_office, page)

    assert types() == ["publication.withdrawn"]


def test_endpoint_that_is_off_hears_nothing(open_office: Office):
    Endpoint.objects.update(is_active=False)
    open_office.show(open_office.draft())

    assert told() == []


def test_what_is_rolled_back_is_not_told(open_office: Office):
    with transaction.atomic():
        open_office.show(open_office.draft())
        transaction.set_rollback(True)

    assert told() == []


def test_failure_of_the_messages_does_not_undo_the_publication(open_office: Office, monkeypatch):
    def fail(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("cms.webhooks.messages.addresses_of", fail)
    monkeypatch.setattr("cms.webhooks.messages._payload", fail)
    open_office.show(open_office.draft(slug="flood"))

    assert Address.objects.filter(path="/news/flood/").exists()
    assert told() == []


def test_of_what_is_for_some_readers_only_nobody_is_told(open_office: Office):
    page = open_office.draft()
    PageViewRestriction.objects.create(
        page=page, restriction_type="password", password="correct horse"
    )
    open_office.show(page)

    assert told() == []
