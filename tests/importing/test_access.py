"""Who may import what: asked at the act, whatever the screen offered."""

import pytest
from django.urls import reverse

from cms.audit.models import AuditEvent
from cms.divisions.models import Membership
from cms.importing import jobs
from cms.importing.models import ImportRun
from pages.models import NewsPage
from tests.admin import browser
from tests.divided import Divisions
from tests.importing.uploads import ROW, checked, drafts, imported, said, sent, xlsx

State = ImportRun.State


def test_member_imports_for_the_own_division(divisions: Divisions):
    run = imported(divisions.finance_reporter, xlsx([ROW]), department=divisions.finance)

    assert [page.department for page in drafts(run)] == [divisions.finance]


def test_row_of_another_division_is_an_error(divisions: Divisions):
    row = {**ROW, "department": "กองช่าง"}

    run = checked(divisions.finance_reporter, xlsx([row]), department=divisions.finance)

    assert run.state == State.REFUSED
    assert said(run) == [(2, "department", "You do not work for the division “กองช่าง”.")]


def test_row_without_a_division_is_an_error_for_a_member(divisions: Divisions):
    run = checked(divisions.finance_reporter, xlsx([ROW]))

    assert [(row, column) for row, column, _words in said(run)] == [(2, "department")]


def test_form_of_a_member_takes_no_other_division(divisions: Divisions):
    client = browser(divisions.finance_reporter)

    answer = sent(client, xlsx([ROW]), department=divisions.works.pk)

    assert answer.status_code == 200
    assert not ImportRun.objects.exists()


def test_member_who_left_the_division_after_the_check_is_refused_at_the_act(divisions: Divisions):
    run = checked(divisions.finance_reporter, xlsx([ROW]), department=divisions.finance)
    assert jobs.start(run)
    Membership.objects.filter(user=run.user)._raw_delete("default")
    divisions.office.join(run.user, divisions.works)

    jobs.work_now(run.pk)

    run.refresh_from_db()
    assert run.state == State.REFUSED
    assert [column for _row, column, _words in said(run)] == ["department"]
    assert not NewsPage.objects.filter(title=ROW["title"]).exists()


def test_division_written_past_the_form_is_refused_at_the_act(divisions: Divisions):
    run = checked(divisions.finance_reporter, xlsx([ROW]), department=divisions.finance)
    ImportRun.objects.filter(pk=run.pk).update(department=divisions.works, state=State.TO_IMPORT)

    jobs.work_now(run.pk)

    run.refresh_from_db()
    assert run.state == State.REFUSED
    assert not NewsPage.objects.filter(title=ROW["title"]).exists()


def test_row_that_another_division_imported_before_is_not_changed(divisions: Divisions):
    (page,) = drafts(imported(divisions.works_reporter, xlsx([ROW]), department=divisions.works))

    changed = xlsx([{**ROW, "title": "ยึดครอง"}])
    run = checked(divisions.finance_reporter, changed, department=divisions.finance)

    assert [problem.code for problem in run.listed_problems] == ["other_division_before"]
    assert divisions.office.fresh(page).draft_title == ROW["title"]


@pytest.mark.parametrize("name", ["run", "progress", "start", "forget"])
def test_upload_of_somebody_else_is_not_there(divisions: Divisions, name: str):
    run = checked(divisions.finance_reporter, xlsx([ROW]), department=divisions.finance)
    client = browser(divisions.works_reporter)
    url = reverse(f"importing:{name}", args=[run.pk])

    answer = client.post(url) if name in ("start", "forget") else client.get(url)

    assert answer.status_code == 404
    run.refresh_from_db()
    assert (run.state, bool(run.storage_name)) == (State.READY, True)


def test_forged_start_of_an_upload_with_errors_does_nothing(divisions: Divisions):
    run = checked(divisions.finance_reporter, xlsx([ROW]))
    client = browser(divisions.finance_reporter)

    client.post(reverse("importing:start", args=[run.pk]))

    run.refresh_from_db()
    assert run.state == State.REFUSED


@pytest.mark.parametrize("name", ["index", "upload", "template_xlsx", "template_csv"])
def test_who_may_add_no_page_is_refused_and_the_refusal_is_logged(divisions: Divisions, name):
    client = browser(divisions.finance_head)

    answer = client.get(reverse(f"importing:{name}"))

    assert answer.status_code == 302
    event = AuditEvent.objects.filter(kind=AuditEvent.Kind.DENIED).latest("pk")
    assert event.path == reverse(f"importing:{name}")


def test_menu_shows_the_entry_to_those_who_may_import(divisions: Divisions):
    url = reverse("importing:index")

    may = browser(divisions.finance_reporter).get(reverse("wagtailadmin_home"))
    may_not = browser(divisions.finance_head).get(reverse("wagtailadmin_home"))

    assert url in may.content.decode()
    assert url not in may_not.content.decode()


def test_upload_lies_where_no_address_leads(divisions: Divisions):
    run = checked(divisions.finance_reporter, xlsx([ROW]), department=divisions.finance)

    answer = browser(divisions.finance_reporter).get(f"/admin/media/{run.storage_name}")

    assert answer.status_code == 404
