"""What the office owes and shows, counted over small worlds whose numbers are written by hand."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.oversight.coverage import State, coverage, months_after, rows_for, totals
from cms.oversight.models import LinkCheck
from cms.publication.models import Publication
from cms.thai.dates import BUDDHIST_ERA_OFFSET, fiscal_year
from pages.models import ReportPage, WebLink
from tests.oversight.duties import owe, show, standing, traveller
from tests.publication.withdrawing import latest, withdraw
from tests.website.reading import in_english

DAY = datetime.timedelta(days=1)


@pytest.fixture
def travel(monkeypatch):
    return traveller(monkeypatch)


def test_what_nobody_published_is_missing(open_office):
    owe(open_office, "1.1(1)")

    assert standing(coverage(), "1.1(1)").state == State.MISSING


def test_a_publication_that_names_the_item_fulfils_it(open_office):
    show(open_office, owe(open_office, "1.1(1)"))

    found = standing(coverage(), "1.1(1)")

    assert (found.state, found.is_fulfilled) == (State.FRESH, True)


def test_a_draft_fulfils_nothing(open_office):
    open_office.draft(disclosure_item=owe(open_office, "1.1(1)"))

    assert standing(coverage(), "1.1(1)").state == State.MISSING


def test_a_draft_of_an_obligation_is_not_owed(open_office):
    from pages.models import DisclosureItem

    open_office.record(DisclosureItem, code="9.9", title="ร่าง")

    assert [one.obligation.code for one in coverage().standings] == []


def test_an_item_that_must_be_there_in_english_too_is_incomplete_without(open_office):
    item = owe(open_office, "1.1(1)", languages=["th", "en"])
    page = show(open_office, item)
    before = standing(coverage(), "1.1(1)")

    in_english(open_office, page, "English")
    after = standing(coverage(), "1.1(1)")

    assert (before.state, before.missing_languages) == (State.INCOMPLETE, ["en"])
    assert after.state == State.FRESH


def test_a_translation_behind_its_original_is_counted(open_office, travel):
    item = owe(open_office, "1.1(1)", languages=["th", "en"])
    page = show(open_office, item)
    in_english(open_office, page, "English")
    travel(DAY)
    open_office.show(open_office.edit(page, title="ใหม่"))

    found = standing(coverage(), "1.1(1)")

    assert (found.state, found.outdated, found.is_fulfilled) == (State.FRESH, 1, False)


def test_a_part_is_fulfilled_by_its_kind_below_the_item_that_the_page_names(open_office):
    whole = owe(open_office, "1.1(1)")
    owe(open_office, "1.1(1).1", parent=whole, counts="ReportPage/annual")
    owe(open_office, "1.1(1).2", parent=whole, counts="ReportPage/six-months")
    report = open_office.page(
        open_office.home, ReportPage, kind="annual", disclosure_item=whole, fiscal_year=2569
    )
    open_office.show(report)

    found = coverage()

    assert standing(found, "1.1(1).1").state == State.FRESH
    assert standing(found, "1.1(1).2").state == State.MISSING
    assert [one.obligation.code for one in found.standings] == ["1.1(1).1", "1.1(1).2"]


def test_records_that_cannot_name_an_item_count_by_their_type(open_office):
    owe(open_office, "1.1(6)", counts="WebLink")
    link = open_office.record(WebLink, title="เว็บ", url="https://example.org/", kind="external")
    open_office.show(link)

    assert standing(coverage(), "1.1(6)").state == State.FRESH


def test_a_yearly_item_is_owed_for_each_year_since_the_first(open_office):
    this_year = fiscal_year(timezone.localdate())
    item = owe(
        open_office,
        "1.1(1).9",
        period="fiscal-year",
        first_fiscal_year=this_year - 1,
        counts="ReportPage",
    )
    open_office.show(
        open_office.page(
            open_office.home,
            ReportPage,
            kind="annual",
            disclosure_item=item,
            fiscal_year=this_year - 1,
        )
    )

    found = coverage()

    assert standing(found, "1.1(1).9", this_year - 1).state == State.FRESH
    assert standing(found, "1.1(1).9", this_year).state == State.MISSING


def test_a_report_is_not_owed_before_its_month(open_office):
    this_year = fiscal_year(timezone.localdate())
    owe(
        open_office,
        "1.1(1).9",
        period="fiscal-year",
        first_fiscal_year=this_year,
        owed_after_months=12,
    )
    ended = datetime.datetime(this_year - BUDDHIST_ERA_OFFSET, 10, 1, 1, tzinfo=datetime.UTC)

    assert coverage().standings == []
    assert [one.duty.fiscal_year for one in coverage(ended).standings] == [this_year]


def test_fewer_than_it_takes_is_incomplete(open_office):
    item = owe(open_office, "1.4(1)", minimum=2)
    show(open_office, item)
    one = standing(coverage(), "1.4(1)").state
    show(open_office, item)

    assert (one, standing(coverage(), "1.4(1)").state) == (State.INCOMPLETE, State.FRESH)


def test_after_its_interval_a_review_is_due_and_then_overdue(open_office, travel):
    show(open_office, owe(open_office, "1.1(1)", review_months=3))
    due_on = months_after(timezone.localdate(), 3)

    travel((due_on - timezone.localdate()) - 10 * DAY)
    soon = standing(coverage(), "1.1(1)")
    travel(11 * DAY)
    late = standing(coverage(), "1.1(1)")

    assert (soon.state, soon.due_on, soon.is_fulfilled) == (State.DUE, due_on, True)
    assert (late.state, late.is_fulfilled) == (State.OVERDUE, False)


def test_an_interval_of_nothing_is_never_due(open_office, travel):
    show(open_office, owe(open_office, "1.4(1)", review_months=0))
    travel(3000 * DAY)

    assert standing(coverage(), "1.4(1)").state == State.FRESH


def test_links_that_do_not_answer_are_counted(open_office):
    page = show(open_office, owe(open_office, "1.1(6)"))
    check = LinkCheck.objects.create(url="https://example.org/", failing_since=timezone.now())
    check.publications.add(latest(page))

    found = standing(coverage(), "1.1(6)")

    assert (found.broken_links, found.is_fulfilled, found.is_public) == (1, False, True)


def test_what_is_withdrawn_is_missing_now_and_was_there_then(open_office, travel):
    page = show(open_office, owe(open_office, "1.1(1)"))
    then = travel(DAY)
    travel(DAY)
    withdraw(open_office, page)
    travel(DAY)

    assert standing(coverage(), "1.1(1)").state == State.MISSING
    assert standing(coverage(then), "1.1(1)").state == State.FRESH


def test_what_only_some_may_read_is_not_public(open_office):
    page = show(open_office, owe(open_office, "1.1(1)"))
    address = latest(page).address
    address.restricted_by = str(page.translation_key)
    address.save()

    assert standing(coverage(), "1.1(1)").state == State.MISSING


def test_a_division_is_that_of_the_nearest_item_above(open_office):
    finance = open_office.show(open_office.department())
    whole = owe(open_office, "1.1", responsible_division=finance)
    owe(open_office, "1.1(1)", parent=whole)

    found = standing(coverage(), "1.1(1)").obligation

    assert found.division == finance.translation_key
    assert found.chapter.code == "1.1"


def test_totals_of_every_state_are_those_counted_by_hand(open_office, travel):
    show(open_office, owe(open_office, "a", review_months=1))  # overdue in the end
    travel(10 * DAY)
    show(open_office, owe(open_office, "b", review_months=1))  # due
    travel(25 * DAY)
    show(open_office, owe(open_office, "c"))  # fresh
    broken = show(open_office, owe(open_office, "d"))  # fresh, with a broken link
    show(open_office, owe(open_office, "e", languages=["th", "en"]))  # incomplete
    owe(open_office, "f")  # missing
    check = LinkCheck.objects.create(url="https://example.org/", failing_since=timezone.now())
    check.publications.add(latest(broken))

    found = totals(coverage().standings)

    assert vars(found) == {
        "owed": 6,
        "public": 4,
        "fulfilled": 2,
        "missing": 1,
        "incomplete": 1,
        "overdue": 1,
        "due": 1,
        "fresh": 2,
        "published_th": 5,
        "published_en": 0,
        "outdated": 0,
        "broken": 1,
    }
    assert found.percent == 66


def test_the_rows_of_a_duty_are_told(open_office):
    item = owe(open_office, "1.1(1)")
    page = show(open_office, item)
    show(open_office, owe(open_office, "1.1(2)"))
    found = coverage()

    rows = rows_for(standing(found, "1.1(1)").duty, found.at, found.obligations)

    assert [row.subject for row in Publication.objects.filter(pk__in=rows)] == [
        page.translation_key
    ]


def test_queries_do_not_grow_with_items_and_publications(open_office):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            coverage()
        return len(caught)

    for number in range(2):
        show(open_office, owe(open_office, f"1.{number}"))
    few = queries()
    for number in range(2, 6):
        show(open_office, owe(open_office, f"1.{number}"))

    assert queries() == few <= 6
