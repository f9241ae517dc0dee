"""The list of conversions in the admin, and another try."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from cms.opendata.models import Conversion
from cms.publication.models import Publication
from tests.admin import browser
from tests.office import Office
from tests.opendata import datasets

Publish = Callable[..., Publication]


@pytest.fixture
def failed(publish: Publish) -> Publication:
    """A dataset whose file has a cell too many."""
    publication = publish(datasets.broken(), title="ชุดข้อมูลเสีย")
    datasets.convert_all()
    return publication


def test_list_shows_dataset_state_and_message(failed: Publication, open_office: Office):
    html = browser(open_office.publisher).get(reverse("conversions:index")).content.decode()

    assert "ชุดข้อมูลเสีย" in html
    assert str(Conversion.objects.first().problem_params["row"]) in html
    assert html.count("try-again/") == 5


def test_another_try_puts_the_conversion_back(failed: Publication, open_office: Office):
    conversion = Conversion.objects.first()

    url = reverse("conversions:try_again", args=[conversion.pk])
    browser(open_office.publisher).post(url)

    conversion.refresh_from_db()
    assert conversion.state == Conversion.State.WAITING


def test_another_try_is_refused_to_whoever_may_not_see_the_record(
    failed: Publication, open_office: Office
):
    url = reverse("conversions:try_again", args=[Conversion.objects.first().pk])

    browser(open_office.reporter).post(url)

    assert not Conversion.objects.exclude(state=Conversion.State.FAILED).exists()


def test_list_is_hidden_from_whoever_may_not_see_the_record(
    failed: Publication, open_office: Office
):
    response = browser(open_office.reporter).get(reverse("conversions:index"))

    assert response.status_code == 302


def test_another_try_by_a_link_is_refused(failed: Publication, open_office: Office):
    url = reverse("conversions:try_again", args=[Conversion.objects.first().pk])

    assert browser(open_office.publisher).get(url).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number(
    publish: Publish, open_office: Office, django_assert_max_num_queries: Any, count: int
):
    for number in range(count):
        publish(datasets.table(b"a\n%d\n" % number))
    client = browser(open_office.publisher)
    client.get(reverse("conversions:index"))

    # Some thirty of them count, for the menu, what waits for this person.
    with django_assert_max_num_queries(45):
        client.get(reverse("conversions:index"))
