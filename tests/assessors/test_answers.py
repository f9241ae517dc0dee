"""Answers are written by whom may, addresses understood, and proposed from what is public."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.assessors.answers import dead_addresses, place_of, prefill, save_answer
from cms.assessors.forms import initial_of
from cms.assessors.models import Answer
from cms.oversight.addresses import MAX_LENGTH
from cms.oversight.models import Assessment
from pages.models import PlanPage
from tests.assessors.answering import address_of, answered, asking_for, year_list
from tests.office import Office
from tests.oversight.duties import owe, show


@pytest.mark.parametrize(
    "typed", ["/th/news/plan/", "/th/news/plan", "http://localhost/th/news/plan/", "permanent"]
)
def test_address_of_a_page_is_kept_as_the_page_however_it_is_written(
    open_office: Office, typed: str
):
    address = address_of(open_office.show(open_office.draft(slug="plan")))
    if typed == "permanent":
        typed = f"/id/{address.short_id}/th/"

    assert place_of(typed) == address


def test_former_address_means_the_page_that_moved(open_office: Office):
    page = open_office.show(open_office.draft(slug="before"))
    open_office.show(open_office.edit(page, slug="after"))

    assert place_of("/th/news/before/") == address_of(page)


def test_other_sites_and_the_sites_own_forms_stay_addresses(open_office: Office, settings):
    assert place_of("https://Example.org") == "https://Example.org"
    assert place_of("/th/verify/") == f"{settings.BASE_URL}/th/verify/"


@pytest.mark.parametrize("host", ["", "http://localhost"])
def test_query_and_fragment_of_the_sites_own_address_are_kept(
    open_office: Office, settings, host: str
):
    asked = "/th/search/?q=แผน#results"

    assert place_of(f"{host}{asked}") == f"{settings.BASE_URL}{asked}"
    assert dead_addresses([f"{settings.BASE_URL}{asked}"]) == set()


def test_part_of_a_page_stays_with_the_page_when_it_moves(open_office: Office):
    page = open_office.show(open_office.draft(slug="plan"))
    assessment = year_list("O1")
    answered(open_office, assessment, "O1", place_of("/th/news/plan/?page=2#files"))
    open_office.show(open_office.edit(page, slug="after"))

    (place,) = Answer.objects.get().addresses.all()
    assert (place.address, str(place)) == (address_of(page), "/th/news/after/?page=2#files")
    assert initial_of([place]) == [{"typed": "/th/news/after/?page=2#files"}]


def test_other_sites_keep_what_was_typed_but_for_passwords(db):
    typed = "https://example.org/แผน?a=ข#หน้า3"

    assert place_of(typed) == typed
    assert place_of("https://me:secret@example.org/#a") == "https://example.org/#a"


@pytest.mark.parametrize(
    "typed", ["/th/?q={}", "/th/search/?q={}", "https://example.org/{}", "https://example.org/#{}"]
)
def test_what_is_too_long_for_its_column_is_refused(open_office: Office, typed: str):
    with pytest.raises(ValidationError, match=str(MAX_LENGTH)):
        place_of(typed.format("x" * MAX_LENGTH))


@pytest.mark.parametrize("typed", ["/th/nowhere/", "/nothing-at-all", "plan", "ftp://example.org/"])
def test_what_leads_nowhere_is_refused(open_office: Office, typed: str):
    with pytest.raises(ValidationError):
        place_of(typed)


def test_others_than_administrators_write_nothing(open_office: Office):
    assessment = year_list("O1")
    for clerk in (open_office.approver, open_office.overseer):
        with pytest.raises(PermissionDenied):
            save_answer(assessment.items.get(), clerk.user, "yes", {"th": "", "en": ""}, [])
        with pytest.raises(PermissionDenied):
            prefill(assessment, clerk.user)
    assert not Answer.objects.exists()


def test_addresses_keep_their_order_and_stand_once(open_office: Office):
    assessment = year_list("O1")
    answered(open_office, assessment, "O1", "https://b.org/", "https://a.org/", "https://b.org/")

    urls = Answer.objects.get().addresses.values_list("url", flat=True)
    assert list(urls) == ["https://b.org/", "https://a.org/"]


def test_proposal_names_what_meets_the_components(open_office: Office):
    plan = owe(open_office, "1", period="fiscal-year", first_fiscal_year=2560)
    page, _other = (
        open_office.show(
            open_office.page(
                open_office.home, PlanPage, kind="other", fiscal_year=year, disclosure_item=plan
            )
        )
        for year in (2566, 2565)
    )
    assessment = year_list("O1", "O2", "O3")
    asking_for(assessment, "O1", "1")
    asking_for(assessment, "O2", "99")
    asking_for(assessment, "O3", "1")
    asking_for(assessment, "O3", "99")

    assert prefill(assessment, open_office.administrator.user) == 3

    found = {answer.item.code: answer for answer in Answer.objects.all()}
    assert {code: answer.value for code, answer in found.items()} == {
        "O1": "yes",
        "O2": "no",
        "O3": "",  # in part: a person decides
    }
    assert [one.address for one in found["O1"].addresses.all()] == [address_of(page)]
    assert found["O3"].addresses.count() == 1
    assert not found["O2"].addresses.exists()


def test_of_many_pages_the_section_is_proposed(open_office: Office):
    news = owe(open_office, "1")
    for number in range(4):
        show(open_office, news, slug=f"many-{number}")
    assessment = year_list("O1")
    asking_for(assessment, "O1", "1")

    prefill(assessment, open_office.administrator.user)

    assert [one.address for one in Answer.objects.get().addresses.all()] == [
        address_of(open_office.news)
    ]


def test_proposal_leaves_what_somebody_wrote(open_office: Office):
    assessment = year_list("O1", "O2")
    answered(open_office, assessment, "O1", "https://example.org/", th="ของเรา")

    assert prefill(assessment, open_office.administrator.user) == 1
    assert prefill(assessment, open_office.administrator.user) == 0
    assert Answer.objects.get(item__code="O1").explanation_th == "ของเรา"


def test_list_is_locked_before_answers_are_read_or_written(open_office: Office):
    assessment = year_list("O1")
    table = f'FROM "{Assessment._meta.db_table}"'
    for act in (
        lambda: prefill(assessment, open_office.administrator.user),
        lambda: answered(open_office, assessment, "O1"),
    ):
        with CaptureQueriesContext(connection) as captured:
            act()
        asked = [query["sql"] for query in captured]
        locks = next(number for number, sql in enumerate(asked) if table in sql)
        reads = next(number for number, sql in enumerate(asked) if "assessors_answer" in sql)
        assert locks < reads
        assert ("FOR UPDATE" in asked[locks]) is connection.features.has_select_for_update


def test_proposing_pages_costs_the_same_for_many_items(open_office: Office):
    from cms.assessors.proposals import proposed_pages
    from cms.oversight.coverage import coverage

    item = owe(open_office, "1")
    show(open_office, item)
    assessment = year_list("O1", "O2", "O3")
    counts = []
    for code in ("O1", "O2", "O3"):
        asking_for(assessment, code, "1")
        found = coverage()
        with CaptureQueriesContext(connection) as captured:
            proposed_pages(assessment, found)
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts


def test_words_are_kept_in_one_form(open_office: Office):
    assessment = year_list("O1")
    answered(open_office, assessment, "O1", "https://a.org/", en="  cafe\u0301\r\nline ")

    assert Answer.objects.get().explanation_en == "caf\u00e9\nline"
