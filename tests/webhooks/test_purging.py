"""Caches in front of the site are purged when what is public changes, by tags or by addresses."""

import json
from typing import Any

import pytest
from wagtail.models import Site

from cms.publication.models import PublicSettings
from cms.publication.tags import list_tag, subject_tag
from cms.webhooks import sending
from cms.webhooks.models import PURGE, Delivery
from tests.office import Office
from tests.publication.withdrawing import withdraw
from tests.webhooks.receiving import Receiver, send_all

State, Problem = Delivery.State, Delivery.Problem
OURS = "cms.webhooks.backends"


@pytest.fixture
def varnish(receiver: Receiver, settings: Any) -> Receiver:
    """A Varnish with vmod xkey."""
    backend = {"BACKEND": f"{OURS}.VarnishTagsBackend", "LOCATION": receiver.url}
    settings.WAGTAILFRONTENDCACHE = {"varnish": backend}
    return receiver


def purged(receiver: Receiver) -> set[str]:
    """Every tag that Varnish was told."""
    return {tag for one in receiver.requests for tag in one.headers["xkey-purge"].split()}


def test_publication_purges_its_tags(open_office: Office, varnish: Receiver):
    page = open_office.show(open_office.draft())
    [delivery] = send_all()

    assert (delivery.event_type, delivery.state) == (PURGE, State.DELIVERED)
    assert varnish.requests[0].method == "PURGE"
    assert {subject_tag(page.translation_key), list_tag("NewsPage"), "list"} <= purged(varnish)
    assert "layout" not in purged(varnish)


def test_change_of_the_menus_purges_the_layout(open_office: Office, varnish: Receiver):
    open_office.show(open_office.edit(open_office.news, title="ข่าวสาร"))
    send_all()

    assert "layout" in purged(varnish)


def test_section_that_leaves_the_menus_purges_the_layout(open_office: Office, varnish: Receiver):
    open_office.show(open_office.edit(open_office.news, show_in_menus=False))
    send_all()

    assert "layout" in purged(varnish)


def test_withdrawal_purges_what_it_was_read_in(open_office: Office, varnish: Receiver):
    page = open_office.show(open_office.draft())
    Delivery.objects.all().delete()
    withdraw(open_office, page)
    send_all()

    assert subject_tag(page.translation_key) in purged(varnish)


def test_refusal_is_tried_again_and_shown(open_office: Office, varnish: Receiver, travel):
    varnish.answers = [503]
    open_office.show(open_office.draft())
    [first] = send_all()
    travel(seconds=6)
    [second] = send_all()

    assert (first.state, first.problem) == (State.WAITING, Problem.CACHE)
    assert "varnish: HTTPError: HTTP Error 503" in first.finding
    assert second.state == State.DELIVERED


def test_cache_that_knows_no_tags_is_told_addresses(
    open_office: Office, receiver: Receiver, settings: Any
):
    backend = {
        "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
        "LOCATION": receiver.url,
    }
    settings.WAGTAILFRONTENDCACHE = {"proxy": backend}
    open_office.show(open_office.draft(slug="flood"))
    send_all()

    paths = {one.path for one in receiver.requests}
    assert {"/th/news/flood/", "/th/news/", "/th/feeds/news.rss", "/sitemap.xml"} <= paths
    assert "/graphql/page/?path=%2Fnews%2Fflood%2F&locale=TH" in paths


def test_failure_that_wagtail_only_logs_is_noticed(
    open_office: Office, receiver: Receiver, settings: Any
):
    backend = {
        "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
        "LOCATION": receiver.url,
    }
    settings.WAGTAILFRONTENDCACHE = {"proxy": backend}
    receiver.answers = [500]
    open_office.show(open_office.draft())
    [delivery] = send_all()

    assert (delivery.state, delivery.problem) == (State.WAITING, Problem.CACHE)


def test_fastly_is_told_surrogate_keys(open_office: Office, receiver: Receiver, settings: Any):
    settings.WAGTAILFRONTENDCACHE = {
        "fastly": {
            "BACKEND": f"{OURS}.FastlyBackend",
            "SERVICE_ID": "s1",
            "TOKEN": "t1",
            "ENDPOINT": receiver.url,
        }
    }
    open_office.show(open_office.draft())
    send_all()

    [request] = receiver.requests
    assert (request.method, request.path) == ("POST", "/service/s1/purge")
    assert request.headers["fastly-key"] == "t1"
    assert "list" in request.headers["surrogate-key"].split()


def test_cloudflare_is_told_tags(open_office: Office, receiver: Receiver, settings: Any):
    receiver.answer_body = b'{"success": true}'
    settings.WAGTAILFRONTENDCACHE = {
        "cloudflare": {
            "BACKEND": f"{OURS}.CloudflareTagsBackend",
            "ZONEID": "z1",
            "BEARER_TOKEN": "t1",
            "ENDPOINT": receiver.url,
        }
    }
    open_office.show(open_office.draft())
    [delivery] = send_all()

    [request] = receiver.requests
    assert delivery.state == State.DELIVERED
    assert request.path == "/zones/z1/purge_cache"
    assert "list" in json.loads(request.body)["tags"]


def test_refusal_in_cloudflares_answer_is_noticed(
    open_office: Office, receiver: Receiver, settings: Any
):
    receiver.answer_body = b'{"success": false}'
    settings.WAGTAILFRONTENDCACHE = {
        "cloudflare": {
            "BACKEND": f"{OURS}.CloudflareTagsBackend",
            "ZONEID": "z1",
            "BEARER_TOKEN": "t1",
            "ENDPOINT": receiver.url,
        }
    }
    open_office.show(open_office.draft())

    assert send_all()[0].problem == Problem.CACHE


def test_setting_of_the_office_purges_everything(open_office: Office, varnish: Receiver):
    site = Site.objects.get(is_default_site=True)
    PublicSettings.objects.update_or_create(site=site, defaults={"show_signer_names": True})
    send_all()

    assert purged(varnish) == {"prakat"}


def test_without_caches_nothing_is_purged(open_office: Office):
    open_office.show(open_office.draft())

    assert not Delivery.objects.exists()


def test_purge_is_given_up_after_its_last_try(open_office: Office, varnish: Receiver, travel):
    varnish.answers = [503] * 20
    open_office.show(open_office.draft())
    for wait in (*sending.WAITS, sending.WAITS[0]):
        [delivery] = send_all()
        travel(seconds=wait.total_seconds() + 1)

    assert delivery.state == State.FAILED
