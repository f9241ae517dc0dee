"""Watching in the admin: the report, the banner, the settings, and who sees them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.schedule.jobs import periodic_jobs
from cms.watching.drift import watch_drift
from cms.watching.findings import end_finding, note_finding
from cms.watching.models import Finding, WatchingSettings
from cms.watching.sampling import note_sample
from cms.watching.views import JOBS
from tests.admin import browser
from tests.office import Office
from tests.publication.withdrawing import latest
from tests.website.reading import published, thai

REPORT = reverse("watching:report")
HOME = reverse("wagtailadmin_home")
SETTINGS = reverse("wagtailsettings:edit", args=["watching", "watchingsettings"])


def settings_url(client: Client) -> str:
    """Where the form is: Wagtail sends there."""
    return client.get(SETTINGS, follow=True).redirect_chain[-1][0]


@pytest.fixture
def finding(open_office: Office) -> Finding:
    """One thing that is wrong."""
    note_finding(Finding.Problem.ROW_TITLE, "1", "น้ำท่วม", "/th/news/flood/")
    return Finding.objects.get()


@pytest.mark.parametrize("role", ["administrator", "overseer"])
def test_report_shows_what_is_wrong(open_office: Office, finding: Finding, role: str):
    html = browser(getattr(open_office, role)).get(REPORT).content.decode()

    assert "น้ำท่วม" in html
    assert "/th/news/flood/" in html


@pytest.mark.parametrize("role", ["reporter", "approver", "publisher", "translator"])
def test_others_see_neither_report_nor_banner(open_office: Office, finding: Finding, role: str):
    client = browser(getattr(open_office, role))

    assert client.get(REPORT).status_code == 302
    assert "น้ำท่วม" not in client.get(HOME).content.decode()


def test_banner_stands_on_the_dashboard_until_it_is_over(open_office: Office, finding: Finding):
    client = browser(open_office.administrator)
    assert "น้ำท่วม" in client.get(HOME).content.decode()

    end_finding([finding.problem], finding.key)

    assert "watching-banner" not in client.get(HOME).content.decode()
    assert "น้ำท่วม" in client.get(REPORT).content.decode()  # what was


def test_report_names_every_job_of_the_schedule():
    mine = {job.name for job in periodic_jobs() if job.run.__module__.startswith("cms.watching")}

    assert mine | {"check_links", "check_evidence"} == set(JOBS)  # those of others beside ours


def test_report_costs_the_same_for_many_findings(open_office: Office, finding: Finding):
    client = browser(open_office.administrator)
    client.get(REPORT)
    with CaptureQueriesContext(connection) as few:
        client.get(REPORT)
    for number in range(10):
        note_finding(Finding.Problem.ROW_TITLE, f"many-{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(REPORT)

    assert len(few) == len(many)


def test_administrator_sets_the_days(open_office: Office):
    client = browser(open_office.administrator)
    values = {
        "days_before": "60, 10",
        "days_after": "1",
        "escalation_days": "20",
        "soon_days": "14",
        "sample_size": "5",
    }

    client.post(settings_url(client), values)

    assert WatchingSettings.load().stages == [-60, -10, 1]


def test_settings_that_are_wrong_keep_what_was_typed(open_office: Office):
    client = browser(open_office.administrator)

    html = client.post(settings_url(client), {"days_before": "สามสิบวัน"}).content.decode()

    assert "สามสิบวัน" in html
    assert WatchingSettings.load().days_before == "30, 7, 0"


def test_page_of_a_record_shows_its_samples(open_office: Office):
    page = published(open_office)
    note_sample(latest(page).address, True, "")
    url = reverse("publications:record", args=[latest(page).pk])

    html = browser(open_office.administrator).get(url).content.decode()

    assert thai("Samples over the network") in html


def test_office_as_it_opens_has_nothing_wrong(open_office: Office, settings: Any):
    watch_drift()

    assert not Finding.objects.exists()
