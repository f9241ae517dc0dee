"""What an approver confirms about sections 14 and 15 of the Official Information Act (1.2 (1))."""

from typing import Any

import pytest

from cms.signoff.models import Signature
from cms.signoff.roles import CHECKLISTS, Role
from tests.admin import browser
from tests.office import PASSWORD, Office

DISCLOSURE = "check_disclosure"


def dialog(office: Office, item: Any, role: str) -> Any:
    """The form class of the step that waits, as the person of this role gets it."""
    item = office.fresh(item)
    task = item.current_workflow_task_state.task.specific
    task.get_actions(item, getattr(office, role).user)
    return task.get_form_for_action("approve")


@pytest.fixture
def waiting(open_office: Office) -> Any:
    """An item that waits for the approver."""
    page = open_office.draft()
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    return page


def typed(office: Office, form_class: Any) -> dict[str, Any]:
    """Everything that the approver fills in."""
    return {
        "content_hash": form_class()["content_hash"].initial,
        "full_name": office.approver.user.get_full_name(),
        "position": office.approver.user.position,
        "password": PASSWORD,
        **{f"check_{key}": "on" for key in CHECKLISTS[Role.APPROVER]},
    }


def test_question_says_what_the_sections_are(open_office: Office, waiting):
    field = dialog(open_office, waiting, "approver")().fields[DISCLOSURE]

    assert "14" in str(field.label)
    assert "15" in str(field.label)
    assert str(field.help_text).count("15") == 1
    assert len(str(field.help_text)) > 100


def test_approver_cannot_sign_without_it(open_office: Office, waiting):
    form_class = dialog(open_office, waiting, "approver")
    values = typed(open_office, form_class)
    del values[DISCLOSURE]

    form = form_class(values)
    assert not form.is_valid()
    assert list(form.errors) == [DISCLOSURE]


def test_approver_signs_with_it(open_office: Office, waiting):
    form_class = dialog(open_office, waiting, "approver")

    assert form_class(typed(open_office, form_class)).is_valid()


def test_admin_refuses_the_signature_without_it(open_office: Office, waiting):
    from django.urls import reverse

    form_class = dialog(open_office, waiting, "approver")
    values = typed(open_office, form_class)
    del values[DISCLOSURE]
    state = open_office.fresh(waiting).current_workflow_task_state
    before = Signature.objects.count()
    url = reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", state.pk])

    browser(open_office.approver).post(url, values)

    assert Signature.objects.count() == before
    assert open_office.fresh(waiting).current_workflow_task.role == "approver"


def test_signature_keeps_what_was_confirmed(open_office: Office, waiting):
    open_office.approver.sign(waiting)

    assert "14" in Signature.objects.order_by("-sequence").first().checklist


def test_others_are_not_asked(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)

    assert DISCLOSURE not in dialog(open_office, page, "reporter")().fields
