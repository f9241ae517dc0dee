"""Every night each address is looked at: does it answer, and show at least what it showed?"""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.assessors import checking
from cms.assessors.checking import check_evidence, own_comparisons, places_of
from cms.assessors.models import AddressCheck
from cms.mail.models import OutgoingMail
from cms.oversight.models import Assessment
from cms.watching.models import Finding, open_findings
from tests.assessors.answering import address_of, answered, submitted, year_list
from tests.office import Office, document
from tests.oversight.conftest import Site, site  # noqa: F401  # a fixture
from tests.publication.withdrawing import withdraw
from tests.watching.conftest import give_address
from tests.website.reading import block


@pytest.fixture
def proved(open_office: Office) -> Any:
    """A page with a file, in both languages, that was given to assessors."""
    attachments = json.dumps([block("document", document(b"plan", "plan.pdf").pk)])
    body = json.dumps([block("heading", "หนึ่ง"), block("heading", "สอง")])
    page = open_office.show(
        open_office.draft(
            title="แผน", slug="plan", summary="สรุป", body=body, attachments=attachments
        )
    )
    english = page.copy_for_translation(open_office.english)
    english.save_revision(user=open_office.translator.user)
    page.english = open_office.show(english)
    assessment = year_list("O1")
    answered(open_office, assessment, "O1", address_of(page))
    submitted(open_office, assessment)
    return page


def found() -> tuple[str, list[str]]:
    """The state of the one address, and the keys of its remarks."""
    check_evidence(delay=0)
    check = AddressCheck.objects.get()
    return check.state, [key for key, _words in check.remarks]


def test_what_stands_there_as_it_did_is_the_same(proved: Any):
    assert found() == ("same", [])
    assert not open_findings().exists()


def test_page_that_says_more_is_changed_and_no_finding(open_office: Office, proved: Any):
    open_office.show(open_office.edit(proved, summary="สรุปที่ยาวกว่า"))

    assert found() == ("changed", ["words"])
    assert not open_findings().exists()


def test_file_that_is_gone_is_less(open_office: Office, proved: Any):
    other = json.dumps([block("document", document(b"other", "other.pdf").pk)])
    open_office.show(open_office.edit(proved, attachments=other))

    assert found() == ("less", ["file"])
    assert ".pdf" in open_findings().get(problem="evidence").detail


def test_emptied_field_is_less(open_office: Office, proved: Any):
    open_office.show(open_office.edit(proved, summary=""))

    assert found() == ("less", ["field"])


def test_shorter_body_is_less(open_office: Office, proved: Any):
    body = json.dumps([block("heading", "หนึ่งและสอง")])
    open_office.show(open_office.edit(proved, body=body))

    assert found() == ("less", ["field"])


def test_english_that_is_gone_is_less(open_office: Office, proved: Any):
    withdraw(open_office, proved.english)

    assert found() == ("less", ["language"])


def test_withdrawn_page_is_lost_and_the_administrators_are_told_once(
    open_office: Office, proved: Any
):
    give_address(open_office.administrator)
    withdraw(open_office, proved)

    assert found() == ("lost", ["gone"])
    found()

    told = OutgoingMail.objects.filter(kind="watching_alarm").values_list("user", flat=True)
    assert open_findings().count() == 1
    assert open_office.administrator.user.pk in told
    assert len(told) == len(set(told))


def test_page_that_became_private_is_lost(open_office: Office, proved: Any):
    PageViewRestriction.objects.create(page=proved, restriction_type="login")

    assert found()[0] == "lost"


def test_moved_page_answers_at_its_former_address(open_office: Office, proved: Any):
    open_office.show(open_office.edit(proved, slug="new-plan"))

    assert found() == ("changed", ["words"])  # the former address leads on


def test_other_page_at_the_frozen_address_is_lost(open_office: Office, proved: Any):
    open_office.show(open_office.edit(proved, slug="moved"))
    open_office.show(open_office.draft(title="อื่น", slug="plan"))

    assert found() == ("lost", ["other-page"])


def test_renamed_section_is_told_as_another_way(open_office: Office, proved: Any):
    open_office.show(open_office.edit(open_office.news, title="ข่าวสาร"))

    assert found() == ("changed", ["path"])


def test_finding_ends_when_it_is_right_again(open_office: Office, proved: Any):
    page = open_office.show(open_office.edit(proved, summary=""))
    found()
    open_office.show(open_office.edit(page, summary="สรุปอีกครั้ง"))

    assert found() == ("changed", ["words"])
    assert Finding.objects.get(problem="evidence").over_at is not None


def test_addresses_of_other_sites_are_asked(open_office: Office, site: Site):  # noqa: F811
    assessment = year_list("O1")
    answered(open_office, assessment, "O1", f"{site.url}/", f"{site.url}/404/")
    submitted(open_office, assessment)

    check_evidence(delay=0)

    states = AddressCheck.objects.order_by("place").values_list("state", flat=True)
    assert list(states) == ["same", "lost"]


def test_killed_pass_goes_on_with_what_is_left(open_office: Office, monkeypatch: Any):
    assessment = year_list("O1", "O2")
    answered(open_office, assessment, "O1", "https://one.example/")
    answered(open_office, assessment, "O2", "https://two.example/")
    submitted(open_office, assessment)
    asked: list[str] = []

    def ask(url: str, pace: Any) -> Any:
        asked.append(url)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return checking.LinkCheck(state="ok")

    monkeypatch.setattr(checking, "ask", ask)
    with pytest.raises(KeyboardInterrupt):
        check_evidence(delay=0)
    check_evidence(delay=0)

    assert asked == ["https://one.example/", "https://two.example/", "https://two.example/"]


def test_only_the_latest_submission_of_a_year_is_watched(open_office: Office, proved: Any):
    assessment = Assessment.objects.get()
    withdraw(open_office, proved)
    check_evidence(delay=0)
    answered(open_office, assessment, "O1")
    submitted(open_office, assessment)

    check_evidence(delay=0)

    assert not open_findings().filter(problem="evidence").exists()


def test_own_addresses_cost_the_same_for_many(open_office: Office):
    pages = [open_office.show(open_office.draft(slug=f"p-{number}")) for number in range(3)]
    counts = []
    for year, number in ((2565, 1), (2566, 3)):
        assessment = year_list("O1", year=year)
        answered(open_office, assessment, "O1", *map(address_of, pages[:number]))
        row = submitted(open_office, assessment)
        with CaptureQueriesContext(connection) as captured:
            states = [one.state for _place, one in own_comparisons(places_of(row))]
        assert states == ["same"] * number
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts
