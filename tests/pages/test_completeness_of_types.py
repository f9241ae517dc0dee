"""Half-finished drafts of every type: saved without what a signature needs, later asked for it."""

import datetime

import pytest

from pages.completeness import signing_problems
from pages.models import (
    BudgetPage,
    EventPage,
    PlanPage,
    ProjectPage,
    QuestionAnswerPage,
    ReportPage,
    ServiceManualPage,
)
from tests.admin import browser, edit_url, filled_in
from tests.office import Office

NEEDED = {
    BudgetPage: ("fiscal_year", "total_budget"),
    EventPage: ("starts_at", "ends_at"),
    PlanPage: ("fiscal_year",),
    ProjectPage: ("fiscal_year", "budget"),
    QuestionAnswerPage: ("asked_on", "answered_on"),
    ReportPage: ("fiscal_year",),
    ServiceManualPage: ("last_reviewed",),
}


@pytest.mark.parametrize("model", NEEDED, ids=lambda model: model.__name__)
def test_row_of_a_draft_may_lack_what_a_signature_needs(model: type):
    for name in NEEDED[model]:
        field = model._meta.get_field(name)
        assert (field.null, field.blank) == (True, False), name


@pytest.mark.parametrize("model", NEEDED, ids=lambda model: model.__name__)
def test_signature_asks_for_what_the_draft_lacks(open_office: Office, model: type):
    problems = signing_problems(model(title="ก", slug="k", locale=open_office.thai))

    for name in NEEDED[model]:
        label = str(model._meta.get_field(name).verbose_name)
        assert any(problem.lower().startswith(label.lower()) for problem in problems), name


def test_half_finished_manual_is_saved_in_the_editor(open_office: Office):
    manual = open_office.page(
        open_office.news,
        ServiceManualPage,
        criteria="<p>ก</p>",
        last_reviewed=datetime.date(2026, 11, 1),
    )
    client = browser(open_office.reporter)
    changed = filled_in(client, edit_url(manual), title="คู่มือที่ยังไม่เสร็จ", last_reviewed="")

    client.post(edit_url(manual), changed)

    saved = ServiceManualPage.objects.get(pk=manual.pk).get_latest_revision_as_object()
    assert (saved.title, saved.last_reviewed) == ("คู่มือที่ยังไม่เสร็จ", None)
