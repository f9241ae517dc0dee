"""The screens: upload, check, start, progress, result."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from cms.importing.jobs import work_now
from cms.importing.models import ImportRun
from cms.importing.progress import Teller
from tests.admin import browser
from tests.importing.uploads import ROW, checked, imported, sent, uploaded, xlsx
from tests.office import Office

State = ImportRun.State


def shown(client, run: ImportRun) -> str:
    """The page of a run."""
    return client.get(reverse("importing:run", args=[run.pk])).content.decode()


def test_upload_is_checked_and_started_from_the_screens(open_office: Office):
    client = browser(open_office.reporter)

    answer = sent(client, xlsx([ROW]))
    run = ImportRun.objects.get()
    assert answer.url == reverse("importing:run", args=[run.pk])
    work_now(run.pk)
    assert reverse("importing:start", args=[run.pk]) in shown(client, run)
    client.post(reverse("importing:start", args=[run.pk]))
    work_now(run.pk)

    page_id = run.items.get().page_id
    assert reverse("wagtailadmin_pages:edit", args=[page_id]) in shown(client, run)


def test_errors_are_shown_in_the_language_of_the_reader(open_office: Office):
    run = checked(open_office.reporter, xlsx([{**ROW, "section": "/nowhere/"}]))
    user = open_office.reporter.user
    client = browser(open_office.reporter)
    words = {}
    for language in ("th", "en"):
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = language
        profile.save()
        words[language] = shown(client, run)

    assert "There is no section “/nowhere/”." in words["en"]
    with translation.override("th"):
        assert run.listed_problems[0].words in words["th"]


def test_progress_tells_how_many_rows_are_done(open_office: Office):
    run = uploaded(open_office.reporter, xlsx([ROW]), state=State.IMPORTING)
    Teller(run.storage_name)(320, 1000)
    client = browser(open_office.reporter)

    part = client.get(reverse("importing:progress", args=[run.pk])).content.decode()

    assert 'max="1000"' in part
    assert 'value="320"' in part
    assert "data-url" in part


def test_progress_stops_asking_when_the_work_has_ended(open_office: Office):
    run = checked(open_office.reporter, xlsx([ROW]))
    client = browser(open_office.reporter)

    part = client.get(reverse("importing:progress", args=[run.pk])).content.decode()

    assert "data-url" not in part


def test_correction_begins_with_what_was_chosen_before(open_office: Office):
    run = checked(open_office.reporter, xlsx([{**ROW, "title": ""}]), section=open_office.news)
    client = browser(open_office.reporter)

    html = client.get(f"{reverse('importing:upload')}?again={run.pk}").content.decode()

    assert 'value="เว็บไซต์เดิม"' in html
    assert f'value="{open_office.news.pk}" selected' in html


@pytest.mark.parametrize(("name", "content"), [("rows.exe", b"MZ"), ("rows.csv", b"")])
def test_wrong_file_is_refused_at_the_form(open_office: Office, name: str, content: bytes):
    answer = sent(browser(open_office.reporter), content, name)

    assert answer.status_code == 200
    assert not ImportRun.objects.exists()


def test_uploaded_file_can_be_deleted(open_office: Office):
    run = imported(open_office.reporter, xlsx([ROW]))

    browser(open_office.reporter).post(reverse("importing:forget", args=[run.pk]))

    assert not ImportRun.storage().exists(run.storage_name)
    run.refresh_from_db()
    assert (run.state, run.items.count()) == (State.DONE, 1)


def test_result_costs_the_same_queries_for_one_draft_and_for_many(
    open_office: Office, django_assert_num_queries: Any
):
    rows = [{**ROW, "code": str(number)} for number in range(12)]
    one = imported(open_office.reporter, xlsx(rows[:1]), source="ทะเบียนหนึ่ง")
    many = imported(open_office.reporter, xlsx(rows))
    client = browser(open_office.reporter)
    shown(client, one)
    with CaptureQueriesContext(connection) as captured:
        shown(client, one)

    with django_assert_num_queries(len(captured)):
        shown(client, many)


def test_templates_are_files_to_download(open_office: Office):
    client = browser(open_office.reporter)

    for name, start in (("template_xlsx", b"PK"), ("template_csv", b"\xef\xbb\xbf")):
        answer = client.get(reverse(f"importing:{name}"))
        assert answer.content.startswith(start)
        assert "attachment" in answer["Content-Disposition"]
