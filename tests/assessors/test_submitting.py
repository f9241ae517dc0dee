"""Submitting freezes a whole year, by whom it may, or nothing at all."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.assessors.answers import place_of
from cms.assessors.checking import own_comparisons, places_of
from cms.assessors.freezing import Draft
from cms.assessors.models import Submission
from cms.assessors.submitting import NotReady, submit
from cms.assessors.verify_submissions import verify_submissions
from cms.oversight.models import Assessment
from cms.publication.chain_head import heads
from cms.publication.verify_releases import RecordBroken
from cms.signoff.chain import ChainBroken
from tests.assessors.answering import address_of, answered, submitted, token_of, year_list
from tests.office import Office
from tests.publication.tampering import drop_triggers, remove
from tests.publication.withdrawing import latest, withdraw


def test_what_stands_at_an_address_is_frozen_with_its_hash_and_the_way_there(open_office: Office):
    page = open_office.show(open_office.draft(title="แผนพัฒนา", slug="plan"))
    assessment = year_list("O1", "O2")
    answered(open_office, assessment, "O1", address_of(page), "https://example.org/", th="ดูหน้า 3")
    answered(open_office, assessment, "O2")

    row = submitted(open_office, assessment)

    one, other = row.data["items"]
    own, external = one["addresses"]
    assert (own["contentHash"], own["publication"]) == (
        latest(page).content_hash,
        latest(page).sequence,
    )
    assert [step["title"] for step in own["clickPath"]] == ["หน้าแรก", "ข่าว", "แผนพัฒนา"]
    assert own["url"].endswith("/th/news/plan/")
    assert external == {"url": "https://example.org/"}
    assert one["explanations"]["th"] == "ดูหน้า 3"
    assert (other["answer"], other["addresses"]) == ("no", [])
    assert Assessment.objects.get().submitted_at == row.submitted_at


def test_frozen_words_stay_when_the_page_is_published_anew(open_office: Office):
    page = open_office.show(open_office.draft(title="เดิม", slug="old"))
    assessment = year_list("O1")
    answered(open_office, assessment, "O1", address_of(page))
    row = submitted(open_office, assessment)

    open_office.show(open_office.edit(page, title="ใหม่"))

    assert Submission.objects.get().content == row.content
    assert Draft.read(assessment).content_hash != row.content_hash


def test_later_submission_is_a_further_one(open_office: Office):
    assessment = year_list("O1")
    answered(open_office, assessment, "O1")
    first = submitted(open_office, assessment)
    answered(open_office, assessment, "O1", "https://example.org/")

    second = submitted(open_office, assessment, open_office.approver)

    assert (first.number, second.number) == (1, 2)
    assert json.loads(Submission.objects.get(number=1).content)["items"][0]["answer"] == "no"


def test_second_click_submits_nothing(open_office: Office):
    assessment = year_list("O1")
    answered(open_office, assessment, "O1")
    token = token_of(open_office.administrator, assessment)
    submit(assessment, open_office.administrator.user, token)

    with pytest.raises(NotReady):
        submit(assessment, open_office.administrator.user, token)
    assert Submission.objects.count() == 1


def test_part_of_a_page_is_frozen_with_the_page(open_office: Office):
    page = open_office.show(open_office.draft(title="แผนพัฒนา", slug="plan"))
    assessment = year_list("O1")
    answered(open_office, assessment, "O1", place_of("/th/news/plan/?page=2#files"))

    row = submitted(open_office, assessment)

    ((frozen,),) = (item["addresses"] for item in row.data["items"])
    assert frozen["url"].endswith("/th/news/plan/?page=2#files")
    assert frozen["publication"] == latest(page).sequence
    assert [found.state for _one, found in own_comparisons(places_of(row))] == ["same"]


def test_everything_in_the_way_is_told_and_nothing_is_written(open_office: Office):
    page = open_office.show(open_office.draft(slug="gone"))
    gone = address_of(page)
    assessment = year_list("O1", "O2", "O3", "O4")
    answered(open_office, assessment, "O2", gone)
    answered(open_office, assessment, "O3", "https://example.org/")
    answered(open_office, assessment, "O4", "http://localhost/th/nowhere/at-all")
    item = assessment.items.get(code="O3")
    item.answer.value = "no"
    item.answer.save()
    withdraw(open_office, page)

    with pytest.raises(NotReady) as refused:
        submit(assessment, open_office.administrator.user, "")

    assert [one.code for one in refused.value.problems] == ["O1", "O2", "O3", "O4"]
    assert not Submission.objects.exists()
    assert Assessment.objects.get().submitted_at is None


def test_others_may_not_submit(open_office: Office):
    assessment = year_list("O1")
    answered(open_office, assessment, "O1")
    for clerk in (open_office.reporter, open_office.overseer, open_office.publisher):
        with pytest.raises(PermissionDenied):
            submitted(open_office, assessment, clerk)
    assert not Submission.objects.exists()


def test_password_is_for_the_content_that_was_read(open_office: Office):
    page = open_office.show(open_office.draft(slug="moving"))
    assessment = year_list("O1")
    answered(open_office, assessment, "O1", address_of(page))
    token = token_of(open_office.administrator, assessment)
    open_office.show(open_office.edit(page, summary="อื่น"))

    with pytest.raises(PermissionDenied):
        submit(assessment, open_office.administrator.user, token)
    assert not Submission.objects.exists()


def test_database_refuses_to_change_or_delete_it(open_office: Office):
    assessment = year_list("O1")
    answered(open_office, assessment, "O1")
    row = submitted(open_office, assessment)

    for act in (
        lambda: Submission.objects.update(content="{}"),
        lambda: Submission.objects.all()._raw_delete("default"),
        row.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert Submission.objects.get().content == row.content


def test_sound_submissions_are_verified(open_office: Office):
    page = open_office.show(open_office.draft(slug="sound"))
    assessment = year_list("O1")
    answered(open_office, assessment, "O1", address_of(page))
    submitted(open_office, assessment)

    assert [row.number for row in verify_submissions()] == [1]


@pytest.mark.parametrize("column", ["content", "full_name", "number"])
def test_changed_row_is_noticed(open_office: Office, column: str):
    assessment = year_list("O1")
    answered(open_office, assessment, "O1")
    submitted(open_office, assessment)
    drop_triggers()
    Submission.objects.update(**{column: 7})

    with pytest.raises(ChainBroken):
        list(verify_submissions())


def test_missing_submission_is_noticed(open_office: Office):
    assessment = year_list("O1")
    answered(open_office, assessment, "O1")
    submitted(open_office, assessment)
    drop_triggers()
    Submission.objects.all()._raw_delete("default")

    with pytest.raises(RecordBroken):
        list(verify_submissions())


def test_cut_end_of_the_chain_is_noticed(open_office: Office):
    assessment = year_list("O1")
    answered(open_office, assessment, "O1")
    submitted(open_office, assessment)
    answered(open_office, assessment, "O1", "https://example.org/")
    submitted(open_office, assessment)
    drop_triggers()
    Submission.objects.filter(number=2)._raw_delete("default")

    with pytest.raises(RecordBroken):
        list(verify_submissions())


def test_list_submitted_during_the_verification_is_no_alarm(open_office: Office):
    first, second = year_list("O1", year=2565), year_list("O1")
    answered(open_office, first, "O1")
    answered(open_office, second, "O1")
    submitted(open_office, first)
    found = verify_submissions()
    next(found)
    # As if it were submitted now, behind the rows that the loop will see.
    Assessment.objects.filter(pk=second.pk).update(submitted_at=timezone.now())

    assert list(found) == []


def test_reading_costs_the_same_for_many_items(open_office: Office):
    pages = [open_office.show(open_office.draft(slug=f"p-{number}")) for number in range(3)]
    assessment = year_list("O1", "O2", "O3")
    counts = []
    for number in range(1, 4):
        others = [f"https://{number}.example/{one}" for one in range(number)]
        answered(open_office, assessment, f"O{number}", *map(address_of, pages[:number]), *others)
        with CaptureQueriesContext(connection) as captured:
            draft = Draft.read(Assessment.objects.select_related("framework").get())
            if number == 3:
                assert draft.problems == []
                assert draft.content
            else:
                assert draft.problems
        counts.append(len(captured))

    assert len(set(counts)) == 1, counts


def test_a_tail_of_the_chain_that_was_cut_is_noticed_by_its_head(open_office: Office):
    page = open_office.show(open_office.draft())
    assessment = year_list("O1")
    answered(open_office, assessment, "O1", address_of(page))
    submitted(open_office, assessment)
    open_office.show(open_office.edit(page, title="ฉบับใหม่"))
    last = submitted(open_office, assessment)
    (head,) = [one for one in heads() if one.chain == "submissions"]
    remove(last)

    with pytest.raises(RecordBroken, match="missing"):
        head.check()
