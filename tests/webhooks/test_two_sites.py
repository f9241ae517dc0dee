"""Several sites in one installation: caches and front ends are told at whose origin it changed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from wagtail.models import Page, Site

from cms.publication.models import PublicSettings
from cms.publication.sites import forget_sites, origins_of
from cms.webhooks.models import PURGE, Delivery
from pages.models import HomePage
from tests.office import Office
from tests.publication.withdrawing import withdraw
from tests.webhooks.receiving import Receiver, endpoint, send_all

MAIN, CLINIC = "https://www.office.test", "https://clinic.test"


@pytest.fixture
def clinic(open_office: Office, settings: Any) -> Iterator[HomePage]:
    """The front page of a second site, whose section stands at the path of the first one's."""
    settings.BASE_URL = MAIN
    settings.WAGTAILFRONTENDCACHE = {
        "proxy": {
            "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
            "LOCATION": "http://127.0.0.1:9",
        }
    }
    home = HomePage(title="คลินิก", slug="clinic", locale=open_office.thai, live=False)
    Page.get_first_root_node().add_child(instance=home)
    home.save_revision(user=open_office.reporter.user)
    home = open_office.show(home)
    Site.objects.create(hostname="clinic.test", root_page=home, site_name="Clinic")
    yield home
    forget_sites()


@pytest.fixture
def section(open_office: Office, clinic: HomePage) -> Any:
    """A public section of the second site; nothing was told so far."""
    found = open_office.show(open_office.section(clinic, title="ข่าวคลินิก", slug="news"))
    Delivery.objects.all().delete()
    return found


def purged() -> set[str]:
    """Every address that the caches were to drop."""
    rows = Delivery.objects.filter(event_type=PURGE)
    return {address for row in rows for address in json.loads(row.payload)["addresses"]}


def origins(addresses: set[str]) -> set[str]:
    return {"/".join(address.split("/", 3)[:3]) for address in addresses}


def test_item_of_the_second_site_is_purged_there_alone(open_office: Office, section: Any):
    open_office.show(open_office.draft(section, slug="flood"))

    assert origins(purged()) == {CLINIC}
    paths = {"/th/news/flood/", "/th/news/", "/sitemap.xml", "/th/feeds/news.rss"}
    paths.add("/graphql/page/?path=%2Fnews%2Fflood%2F&locale=TH")
    assert {f"{CLINIC}{path}" for path in paths} <= purged()


def test_item_of_the_first_site_is_purged_there_alone(open_office: Office, section: Any):
    open_office.show(open_office.draft(slug="flood"))

    assert origins(purged()) == {MAIN}


def test_withdrawal_is_purged_on_its_own_site(open_office: Office, section: Any):
    page = open_office.show(open_office.draft(section, slug="flood"))
    Delivery.objects.all().delete()
    withdraw(open_office, page)

    assert f"{CLINIC}/th/news/flood/" in purged()
    assert origins(purged()) == {CLINIC}


def test_record_without_a_page_is_purged_on_every_site(open_office: Office, section: Any):
    open_office.show(open_office.department())

    assert origins(purged()) == {MAIN, CLINIC}


def test_page_that_goes_to_another_site_is_purged_on_both(open_office: Office, section: Any):
    page = open_office.show(open_office.draft(slug="flood"))
    Delivery.objects.all().delete()
    open_office.fresh(page).move(open_office.fresh(section), pos="last-child")
    open_office.show(open_office.edit(page, title="ย้ายแล้ว"))

    assert {f"{MAIN}/th/news/flood/", f"{CLINIC}/th/news/flood/"} <= purged()


def test_setting_of_the_office_purges_every_site(open_office: Office, section: Any):
    site = Site.objects.get(is_default_site=True)
    PublicSettings.objects.update_or_create(site=site, defaults={"show_signer_names": True})

    assert purged() == {f"{MAIN}/", f"{CLINIC}/"}


def test_front_ends_are_told_the_origin(open_office: Office, section: Any):
    endpoint("https://app.example/hook")
    open_office.show(open_office.draft(section))
    open_office.show(open_office.draft())

    rows = Delivery.objects.exclude(event_type=PURGE).order_by("pk")
    told = [json.loads(row.payload)["data"]["origins"] for row in rows]
    assert told == [[CLINIC], [MAIN]]


def test_cache_is_told_only_of_the_hosts_that_it_serves(
    open_office: Office, section: Any, receiver: Receiver, settings: Any
):
    settings.WAGTAILFRONTENDCACHE["proxy"] |= {
        "LOCATION": receiver.url,
        "HOSTNAMES": ["clinic.test"],
    }
    open_office.show(open_office.draft())
    open_office.show(open_office.draft(section, slug="flood"))
    send_all()

    assert {one.headers["host"] for one in receiver.requests} == {"clinic.test"}
    assert "/th/news/flood/" in {one.path for one in receiver.requests}


@pytest.mark.parametrize(
    ("base", "port", "origin"),
    [
        ("https://www.office.test", 80, "https://clinic.test"),
        ("https://www.office.test", 443, "https://clinic.test"),
        ("http://127.0.0.1:8000", 80, "http://clinic.test"),
        ("http://127.0.0.1:8000", 8000, "http://clinic.test:8000"),
    ],
)
def test_origin_of_a_site(clinic: HomePage, settings: Any, base: str, port: int, origin: str):
    settings.BASE_URL = base
    Site.objects.filter(hostname="clinic.test").update(port=port)
    forget_sites()

    assert origins_of([clinic.translation_key]) == (origin,)
    assert origins_of([None]) == (base, origin)
