"""Reviews: somebody looked at what is public and signed that it is still right (4.3)."""

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cms.demonstration.clerk import Clerk
from cms.oversight.coverage import State, coverage, months_after
from cms.oversight.models import Review
from cms.oversight.reviews import PURPOSE, review, review_hash
from cms.publication.models import Publication
from cms.publication.verify import verify_publications
from cms.publication.verify_releases import RecordBroken
from cms.signoff.models import Decision, Signature
from cms.signoff.signing import issue_token
from cms.thai.typed_dates import write_date
from tests.admin import browser
from tests.office import PASSWORD, Office
from tests.oversight.duties import owe, show, standing, traveller
from tests.publication.withdrawing import latest, withdraw
from tests.website.reading import words

DAY = datetime.timedelta(days=1)
NOTE = "ตรวจแล้ว เบอร์โทรศัพท์ถูกต้อง"


@pytest.fixture
def travel(monkeypatch):
    return traveller(monkeypatch)


@pytest.fixture
def shown(open_office: Office) -> Any:
    """A page that is reviewed every third month."""
    return show(open_office, owe(open_office, "1.1", review_months=3))


def token_of(clerk: Clerk, row: Publication, day: datetime.date, note: str = NOTE) -> str:
    """What the dialog gives to a clerk who typed the right password."""
    typed = {
        "full_name": clerk.user.get_full_name(),
        "position": clerk.user.position,
        "checklist": [],
        "comment": note,
    }
    return issue_token(clerk.user, [PURPOSE, row.pk], review_hash(row, day, note), typed)


def in_days(number: int) -> datetime.date:
    return timezone.localdate() + number * DAY


def signed(clerk: Clerk, row: Publication, day: datetime.date) -> Review:
    return review(row, day, NOTE, clerk.user, token_of(clerk, row, day))


def typed(clerk: Clerk, **changes: str) -> dict[str, str]:
    """The form as a clerk fills it in."""
    return {
        "next_due": write_date(in_days(60), "th"),
        "note": NOTE,
        "full_name": clerk.user.get_full_name(),
        "position": clerk.user.position,
        "password": PASSWORD,
        **changes,
    }


def url_of(row: Publication) -> str:
    return reverse("review", args=[row.pk])


def test_a_review_moves_the_day_on_which_the_next_is_due(open_office, shown, travel):
    travel(120 * DAY)
    before = standing(coverage(), "1.1").state

    signed(open_office.reporter, latest(shown), in_days(90))
    after = standing(coverage(), "1.1")

    assert before == State.OVERDUE
    assert (after.state, after.due_on, after.is_fulfilled) == (State.FRESH, in_days(90), True)


def test_another_content_has_to_be_looked_at_anew(open_office, shown, travel):
    signed(open_office.reporter, latest(shown), in_days(1000))
    reviewed = standing(coverage(), "1.1").due_on
    travel(DAY)
    open_office.show(open_office.edit(shown, title="แก้ไขแล้ว"))

    assert reviewed == in_days(999)
    assert standing(coverage(), "1.1").due_on == months_after(timezone.localdate(), 3)


def test_an_earlier_day_knows_nothing_of_a_later_review(open_office, shown, travel):
    travel(120 * DAY)
    then = timezone.now()
    travel(DAY)
    signed(open_office.reporter, latest(shown), in_days(90))

    assert standing(coverage(then), "1.1").state == State.OVERDUE


@pytest.mark.parametrize("role", ["executive", "publisher", "translator", "overseer", "root"])
def test_others_than_reporter_and_approver_cannot_review(open_office, shown, role):
    clerk, row = getattr(open_office, role), latest(shown)

    with pytest.raises(PermissionDenied):
        signed(clerk, row, in_days(90))
    browser(clerk).post(url_of(row), typed(clerk))

    assert not Review.objects.exists()


def test_the_head_of_another_division_cannot_review(divisions):
    office = divisions.office
    divisions.finance = office.show(divisions.finance)
    page = show(office, owe(office, "1.1"), department=divisions.finance)
    row = latest(page)

    with pytest.raises(PermissionDenied):
        signed(divisions.works_head, row, in_days(90))
    browser(divisions.works_head).post(url_of(row), typed(divisions.works_head))
    assert not Review.objects.exists()

    signed(divisions.finance_head, row, in_days(90))
    assert Review.objects.count() == 1


def test_a_token_for_another_day_or_another_person_is_refused(open_office, shown):
    row = latest(shown)
    mine = token_of(open_office.reporter, row, in_days(90))

    for clerk, day, token in (
        (open_office.reporter, in_days(91), mine),
        (open_office.approver, in_days(90), mine),
        (open_office.reporter, in_days(90), "forged"),
    ):
        with pytest.raises(PermissionDenied):
            review(row, day, NOTE, clerk.user, token)
    assert not Review.objects.exists()


@pytest.mark.parametrize("number", [0, -1])
def test_the_next_review_lies_ahead(open_office, shown, number):
    with pytest.raises(PermissionDenied):
        signed(open_office.reporter, latest(shown), in_days(number))


def test_what_is_withdrawn_cannot_be_reviewed(open_office, shown):
    row = latest(shown)
    withdraw(open_office, shown)

    with pytest.raises(PermissionDenied):
        signed(open_office.reporter, row, in_days(90))
    answer = browser(open_office.reporter).get(url_of(row))
    assert answer.status_code == 302


def test_the_screen_offers_the_day_that_the_item_asks_for(open_office, shown):
    html = browser(open_office.reporter).get(url_of(latest(shown))).content
    field = BeautifulSoup(html, "html.parser").find("input", {"name": "next_due"})

    assert field["value"] == write_date(months_after(timezone.localdate(), 3), "th")


def test_the_screen_signs_and_the_record_tells_of_it(open_office, shown):
    row, clerk = latest(shown), open_office.approver

    browser(clerk).post(url_of(row), typed(clerk))
    record = browser(clerk).get(reverse("publications:record", args=[row.pk])).content.decode()

    kept = Review.objects.get()
    signature = Signature.objects.get(sequence=kept.signature)
    assert (kept.next_due, kept.note) == (in_days(60), NOTE)
    assert (signature.decision, signature.role) == (Decision.CONFIRM, "approver")
    assert NOTE in record
    assert clerk.user.get_full_name() in record
    assert url_of(row) in record


def test_who_may_not_review_finds_no_way_to_it_on_the_record(open_office, shown):
    row = latest(shown)
    url = reverse("publications:record", args=[row.pk])

    assert url_of(row) not in browser(open_office.publisher).get(url).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"password": "wrong"},
        {"next_due": "31/02/2570"},
        {"next_due": write_date(timezone.localdate(), "th")},
        {"full_name": "คนอื่น"},
    ],
)
def test_what_is_filled_in_wrongly_is_said_and_nothing_is_lost(open_office, shown, changes):
    clerk, row = open_office.reporter, latest(shown)

    page = BeautifulSoup(
        browser(clerk).post(url_of(row), typed(clerk, **changes)).content, "html.parser"
    )

    assert page.select(".error-message")
    assert words(page.find("textarea", {"name": "note"})) == NOTE
    assert not Review.objects.exists()


def test_a_reporter_who_sees_no_record_comes_back_to_the_report(open_office, shown):
    clerk = open_office.reporter

    answer = browser(clerk).post(url_of(latest(shown)), typed(clerk))

    assert answer["Location"] == reverse("coverage_report")


def test_reviews_are_verified_with_the_record(open_office, shown):
    kept = signed(open_office.reporter, latest(shown), in_days(90))

    assert kept in list(verify_publications())


@pytest.mark.parametrize(
    "changed",
    [
        {"next_due": datetime.date(2999, 1, 1)},
        {"note": "อย่างอื่น"},
        {"signature": 1},
        {"reviewed_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
    ],
)
def test_a_review_that_was_tampered_with_is_found(open_office, shown, changed):
    kept = signed(open_office.reporter, latest(shown), in_days(90))
    Review.objects.filter(pk=kept.pk).update(**changed)

    with pytest.raises(RecordBroken):
        list(verify_publications())


def test_a_review_that_was_deleted_is_found(open_office, shown):
    signed(open_office.reporter, latest(shown), in_days(90)).delete()

    with pytest.raises(RecordBroken):
        list(verify_publications())
