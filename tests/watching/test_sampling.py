"""Samples over the network: which addresses, what is counted, and three failures in a row."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.evidence.certificate import certificate_pdf, certified
from cms.evidence.continuity import Span
from cms.publication.models import Address
from cms.watching import sampling
from cms.watching.models import Finding, SampleDay, WatchingSettings, open_findings
from cms.watching.proofs import facts_of_record
from cms.watching.sampling import answers, chosen_addresses, sample
from tests.evidence.papers import text_of
from tests.mail.mailbox import free_port
from tests.office import Office
from tests.oversight.conftest import Site
from tests.publication.withdrawing import latest, withdraw
from tests.website.reading import published


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "PAUSE", 0)


@pytest.fixture
def online(site: Site, settings: Any) -> Site:
    """Our own site, as the network shows it."""
    settings.BASE_URL = site.url
    return site


def choose(number: int) -> None:
    chosen = WatchingSettings.load()
    chosen.sample_size = number
    chosen.save()


def paths(addresses: list[Address]) -> set[str]:
    return {str(address) for address in addresses}


def test_front_pages_and_the_newest_are_asked_every_hour(mailed_office: Office, online: Site):
    choose(0)
    page = published(mailed_office, slug="newest")

    sample()

    assert {path for _method, path in online.asked} == {"/th/", "/en/", "/th/news/newest/"}
    assert SampleDay.objects.get(address=latest(page).address).answered == 1


def test_others_come_in_their_turn_and_then_again(mailed_office: Office):
    pages = [published(mailed_office, slug=f"n-{number}") for number in range(5)]
    everything = Address.objects.count()
    turns = [list(sampling._turn(2)) for _hour in range(-(-everything // 2))]

    asked = [str(address) for turn in turns for address in turn]
    assert len(asked) == len(set(asked)) == everything
    assert {str(latest(page).address) for page in pages} <= set(asked)
    while not (again := list(sampling._turn(2))):
        pass
    assert str(again[0]) == asked[0]


def test_what_is_not_for_everybody_is_not_asked(mailed_office: Office):
    withdrawn = published(mailed_office, slug="withdrawn")
    withdraw(mailed_office, withdrawn)
    private = published(mailed_office, slug="private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    chosen = paths(chosen_addresses(100))

    assert not chosen & {"/th/news/withdrawn/", "/th/news/private/"}


def test_days_are_added_up(mailed_office: Office, online: Site, settings: Any):
    choose(0)
    sample()
    sample()
    settings.BASE_URL = f"http://127.0.0.1:{free_port()}"
    sample()

    day = SampleDay.objects.get(address__path="/", address__locale="th")
    assert (day.answered, day.failed) == (2, 1)
    assert day.first_answer_at <= day.last_answer_at


@pytest.mark.parametrize("name", ["404", "503", "302", "not-http"])
def test_anything_but_the_page_is_no_answer(online: Site, name: str):
    assert answers(f"{online.url}/200/")
    assert not answers(f"{online.url}/{name}/")


def test_site_that_does_not_exist_is_no_answer(db: Any):
    assert not answers("http://nowhere.invalid/th/")


def test_administrators_are_told_after_three_failures_in_a_row(
    mailed_office: Office, online: Site, settings: Any, received: Callable
):
    choose(0)
    settings.BASE_URL = f"http://127.0.0.1:{free_port()}"
    for _hour in range(2):
        sample()
    assert received("administrator") == []

    sample()
    sample()

    assert len(received("administrator")) == 1
    assert open_findings().filter(problem=Finding.Problem.UNREACHABLE).count() >= 2


def test_answer_in_between_begins_anew_and_ends_the_finding(
    mailed_office: Office, online: Site, settings: Any, received: Callable
):
    choose(0)
    for is_up in (False, False, True, False, False):
        settings.BASE_URL = online.url if is_up else f"http://127.0.0.1:{free_port()}"
        sample()
    assert not open_findings().exists()

    settings.BASE_URL = f"http://127.0.0.1:{free_port()}"
    sample()
    settings.BASE_URL = online.url
    sample()

    assert len(received("administrator")) == 2
    assert not open_findings().exists()


def test_address_that_failed_is_asked_again_the_next_hour(mailed_office: Office):
    page = published(mailed_office, slug="failed")
    published(mailed_office, slug="newer")
    sampling.note_sample(latest(page).address, False, "")

    assert str(latest(page).address) in paths(chosen_addresses(0))


def test_failure_of_what_was_withdrawn_is_over(
    mailed_office: Office, online: Site, received: Callable
):
    choose(0)
    page = published(mailed_office)
    for _hour in range(3):
        sampling.note_sample(latest(page).address, False, "")
    assert open_findings().count() == 1
    withdraw(mailed_office, page)

    sample()

    assert not open_findings().exists()


def certificate_of(page: Any, office: Office, language: str) -> str:
    address = latest(page).address
    start = latest(page).effective_from
    found = certified(address, Span(start, timezone.now()))
    return " ".join(text_of(certificate_pdf(found, office.publisher.user, language)).split())


def test_certificate_says_what_the_samples_say(mailed_office: Office):
    page = published(mailed_office)
    for has_answered in (True, True, False):
        sampling.note_sample(latest(page).address, has_answered, "")

    text = certificate_of(page, mailed_office, "en")

    assert "3 samples, of which 2 answered" in text
    assert "nothing is known of the time between two of them" in text


def test_certificate_without_samples_says_so(mailed_office: Office):
    assert "none in this period" in certificate_of(published(mailed_office), mailed_office, "en")


def test_record_counts_only_the_samples_of_its_time(mailed_office: Office, travel: Callable):
    page = published(mailed_office)
    sampling.note_sample(latest(page).address, True, "")
    travel(days=3)
    page = mailed_office.show(mailed_office.edit(page, title="ฉบับแก้ไข"))
    sampling.note_sample(latest(page).address, False, "")
    travel(hours=1)

    (_label, words), *rest = facts_of_record(latest(page))

    assert rest == []
    assert "1" in words
    assert latest(page).effective_from - timezone.now() <= datetime.timedelta(0)
