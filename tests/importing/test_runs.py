"""An import is done whole or not at all, and a second one does not double anything."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.audit.models import AuditEvent
from cms.importing import drafts as writing
from cms.importing import jobs
from cms.importing.models import ImportedItem, ImportRun
from cms.signoff.roles import GROUP_NAMES
from pages.models import NewsPage
from tests.importing.uploads import ROW, checked, drafts, imported, noted, uploaded, xlsx
from tests.office import Office

State = ImportRun.State
ROWS = [{**ROW, "code": str(number), "title": f"ข่าวเก่า {number}"} for number in range(1, 4)]


def titles() -> set[str]:
    """Of every page that an import of `ROWS` may have made."""
    return set(NewsPage.objects.filter(title__startswith="ข่าวเก่า").values_list("title", flat=True))


def test_check_writes_no_draft(open_office: Office):
    run = checked(open_office.reporter, xlsx(ROWS))

    assert (run.state, run.counts["new"]) == (State.READY, 3)
    assert titles() == set()


def test_start_leaves_word_for_the_worker(open_office: Office):
    run = checked(open_office.reporter, xlsx(ROWS))

    assert jobs.start(run)
    assert not jobs.start(run)

    assert DBTaskResult.objects.filter(task_path=jobs.work.module_path).count() == 1


def test_same_titles_get_addresses_of_their_own(open_office: Office):
    rows = [{**ROW, "code": str(number)} for number in range(3)]

    slugs = [page.slug for page in drafts(imported(open_office.reporter, xlsx(rows)))]

    assert len(set(slugs)) == 3
    assert all(slug.isascii() for slug in slugs)


def test_second_import_of_the_same_rows_changes_nothing(open_office: Office):
    first = imported(open_office.reporter, xlsx(ROWS))
    revisions = [page.latest_revision_id for page in drafts(first)]

    second = imported(open_office.reporter, xlsx(ROWS))

    assert (second.counts["unchanged"], second.counts["new"]) == (3, 0)
    assert ImportedItem.objects.count() == len(titles()) == 3
    assert [page.latest_revision_id for page in drafts(first)] == revisions


def test_same_codes_from_another_source_are_other_rows(open_office: Office):
    imported(open_office.reporter, xlsx(ROWS))

    run = imported(open_office.reporter, xlsx(ROWS), source="ทะเบียนกองช่าง")

    assert run.counts["new"] == 3


def test_changed_row_changes_the_draft_that_nobody_edited(open_office: Office):
    imported(open_office.reporter, xlsx(ROWS))
    changed = [{**ROWS[0], "title": "ข่าวแก้ไข"}, *ROWS[1:]]

    run = imported(open_office.reporter, xlsx(changed))

    assert (run.counts["changed"], run.counts["unchanged"]) == (1, 2)
    (page,) = drafts(run)
    assert page.title == "ข่าวแก้ไข"
    assert NewsPage.objects.get(pk=page.pk).draft_title == "ข่าวแก้ไข"


def test_draft_that_was_edited_since_is_left_alone_and_listed(open_office: Office):
    (page, *_others) = drafts(imported(open_office.reporter, xlsx(ROWS)))
    open_office.edit(page, summary="แก้ไขที่นี่")
    changed = [{**ROWS[0], "title": "ข่าวแก้ไข"}, *ROWS[1:]]

    run = imported(open_office.reporter, xlsx(changed))

    assert run.counts["left"] == 1
    assert (2, "edited") in noted(run)
    latest = open_office.fresh(page).get_latest_revision_as_object()
    assert (latest.title, latest.summary) == ("ข่าวเก่า 1", "แก้ไขที่นี่")


def test_edit_that_autosave_put_into_the_same_revision_counts(open_office: Office):
    (page, *_others) = drafts(imported(open_office.reporter, xlsx(ROWS)))
    page = open_office.fresh(page).get_latest_revision_as_object()
    page.summary = "แก้ไขที่นี่"
    page.save_revision(user=open_office.reporter.user, overwrite_revision=page.latest_revision)

    run = imported(open_office.reporter, xlsx([{**ROWS[0], "title": "ข่าวแก้ไข"}]))

    assert (2, "edited") in noted(run)


def test_draft_that_is_being_signed_is_left_alone(open_office: Office):
    (page, *_others) = drafts(imported(open_office.reporter, xlsx(ROWS)))
    open_office.reporter.submit(open_office.fresh(page))

    run = imported(open_office.reporter, xlsx([{**ROWS[0], "title": "ข่าวแก้ไข"}]))

    assert (2, "in_signing") in noted(run)


def test_published_page_gets_a_further_draft_and_the_public_reads_the_old_words(
    open_office: Office,
):
    (page, *_others) = drafts(imported(open_office.reporter, xlsx(ROWS)))
    open_office.show(open_office.fresh(page))
    public = open_office.public()

    run = imported(open_office.reporter, xlsx([{**ROWS[0], "summary": "สรุปใหม่"}]))

    assert run.counts["changed"] == 1
    assert open_office.public() == public


def test_deleted_draft_comes_again(open_office: Office):
    (page, *_others) = drafts(imported(open_office.reporter, xlsx(ROWS)))
    open_office.fresh(page).delete()

    run = imported(open_office.reporter, xlsx(ROWS))

    assert (run.counts["new"], run.counts["unchanged"]) == (1, 2)


def fail_at(number: int, error: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the writing of the drafts end at one row."""
    done: list[Any] = []

    def create(*arguments: Any) -> Any:
        if len(done) == number:
            raise error
        done.append(writing.create(*arguments))

    monkeypatch.setattr(jobs, "create", create)


def test_worker_that_is_ended_in_the_middle_leaves_nothing_and_another_goes_on(
    open_office: Office, monkeypatch: pytest.MonkeyPatch
):
    run = checked(open_office.reporter, xlsx(ROWS))
    jobs.start(run)
    fail_at(2, KeyboardInterrupt, monkeypatch)

    with pytest.raises(KeyboardInterrupt):
        jobs.work_now(run.pk)
    run.refresh_from_db()
    assert (run.state, titles(), ImportedItem.objects.count()) == (State.TO_IMPORT, set(), 0)

    monkeypatch.undo()
    jobs.work_now(run.pk)
    assert len(titles()) == 3


def test_import_that_fails_again_and_again_is_given_up_with_a_message(
    open_office: Office, monkeypatch: pytest.MonkeyPatch
):
    run = checked(open_office.reporter, xlsx(ROWS))
    jobs.start(run)
    fail_at(1, PermissionDenied, monkeypatch)

    for _attempt in range(3):
        jobs.work_now(run.pk)

    run.refresh_from_db()
    assert (run.state, titles()) == (State.FAILED, set())
    assert [problem.code for problem in run.listed_problems] == ["failed"]


def test_run_of_a_killed_worker_is_freed_and_done_by_the_next(open_office: Office):
    run = checked(open_office.reporter, xlsx(ROWS))
    long_ago = timezone.now() - datetime.timedelta(minutes=3)
    columns = {"state": State.IMPORTING, "claimed_at": long_ago, "attempts": 1}
    ImportRun.objects.filter(pk=run.pk).update(**columns)
    caches["shared"].clear()  # the last sign of life is long ago too

    assert jobs.free_stale() == 1
    jobs.work_now(run.pk)

    assert len(titles()) == 3


def test_rights_that_were_lost_since_the_check_stop_the_import(open_office: Office):
    run = checked(open_office.reporter, xlsx(ROWS))
    jobs.start(run)
    open_office.reporter.user.groups.remove(Group.objects.get(name=GROUP_NAMES["reporter"]))

    jobs.work_now(run.pk)

    run.refresh_from_db()
    assert (run.state, titles()) == (State.REFUSED, set())
    assert [problem.code for problem in run.listed_problems] == ["not_allowed"]


def test_import_stands_in_the_audit_log(open_office: Office):
    imported(open_office.reporter, xlsx(ROWS))

    event = AuditEvent.objects.get(kind=AuditEvent.Kind.IMPORTED)
    assert event.user == open_office.reporter.user
    assert "rows.xlsx" in event.subject
    assert "new: 3" in event.detail


def test_old_uploads_are_deleted_and_the_drafts_stay(open_office: Office):
    run = imported(open_office.reporter, xlsx(ROWS))
    waiting = uploaded(open_office.reporter, xlsx(ROWS))
    long_ago = timezone.now() - datetime.timedelta(days=31)
    ImportRun.objects.update(created_at=long_ago)

    assert jobs.forget_uploads() == 1

    assert not ImportRun.storage().exists(run.storage_name)
    assert ImportRun.storage().exists(waiting.storage_name)
    assert len(titles()) == 3
