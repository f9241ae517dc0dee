"""Checklists in versions: who writes them, what a signature keeps of them."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils.translation import override

from cms.signoff.checklists import Checklist, Statement, change_checklist, current_checklist
from cms.signoff.models import Signature
from cms.signoff.roles import CHECKLISTS
from tests.admin import browser
from tests.office import Office

NEW = [Statement("checked", th="ข้าพเจ้าตรวจแล้ว", en="I have checked it")]


@pytest.fixture
def administrator(open_office: Office) -> Any:
    """Who writes checklists."""
    return open_office.administrator.user


@pytest.fixture
def waiting(open_office: Office) -> Any:
    """An item that waits for the approver."""
    page = open_office.draft()
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    return page


def form_of(office: Office, item: Any, data: dict[str, Any] | None = None) -> Any:
    """The approver's form, as it is opened, or sent with `data`."""
    item = office.fresh(item)
    task = item.current_workflow_task_state.task.specific
    task.get_actions(item, office.approver.user)
    return task.get_form_for_action("approve")(data)


def filled_in(office: Office, item: Any) -> dict[str, Any]:
    """Everything that the approver sends."""
    form = form_of(office, item)
    return {
        "content_hash": form["content_hash"].initial,
        "checklist_version": form["checklist_version"].initial,
        "full_name": office.approver.user.get_full_name(),
        "position": "หัวหน้า",
        "password": office.approver.password,
        **{name: "on" for name in form.fields if name.startswith("check_")},
    }


@pytest.mark.parametrize("role", CHECKLISTS)
def test_version_0_is_the_one_that_came_with_prakat(open_office: Office, role: str):
    checklist = current_checklist(role)

    assert checklist.version == 0
    assert [statement.key for statement in checklist.items] == list(CHECKLISTS[role])
    assert all(statement.en for statement in checklist.items)


def test_administrator_makes_the_next_version(administrator: Any):
    change_checklist(administrator, "approver", NEW, 0)

    assert current_checklist("approver").version == 1
    assert current_checklist("approver").items == NEW
    assert current_checklist("publisher").version == 0


@pytest.mark.parametrize("name", ["reporter", "approver", "publisher", "overseer"])
def test_nobody_else_does(open_office: Office, name: str):
    with pytest.raises(PermissionDenied):
        change_checklist(getattr(open_office, name).user, "approver", NEW, 0)


@pytest.mark.parametrize(
    "statements", [[], [Statement("a", th=" ", en="English alone")], [NEW[0], NEW[0]]]
)
def test_incomplete_checklist_is_refused(administrator: Any, statements: list[Statement]):
    with pytest.raises(ValidationError):
        change_checklist(administrator, "approver", statements, 0)


def test_two_administrators_do_not_overwrite_each_other(administrator: Any):
    change_checklist(administrator, "approver", NEW, 0)

    with pytest.raises(PermissionDenied):
        change_checklist(administrator, "approver", NEW, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE signoff_checklist SET version = 9",
        "DELETE FROM signoff_checklist",
        "UPDATE signoff_checklist SET statements = '[]'",
    ],
)
def test_database_refuses_to_change_a_version(administrator: Any, statement: str):
    change_checklist(administrator, "approver", NEW, 0)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_signature_keeps_texts_in_thai_and_the_version(
    open_office: Office, administrator: Any, waiting: Any
):
    change_checklist(administrator, "approver", NEW, 0)
    with override("en"):
        open_office.approver.sign(waiting)

    signature = Signature.objects.latest("sequence")
    assert json.loads(signature.checklist) == ["ข้าพเจ้าตรวจแล้ว"]
    assert signature.checklist_version == 1


def test_english_that_is_missing_falls_back_to_thai():
    with override("en"):
        assert Statement("a", th="ไทย").text == "ไทย"
        assert Statement("a", th="ไทย", en="English").text == "English"
    with override("th"):
        assert Statement("a", th="ไทย", en="English").text == "ไทย"


def test_dialog_of_an_earlier_version_is_refused(
    open_office: Office, administrator: Any, waiting: Any
):
    values = filled_in(open_office, waiting)
    change_checklist(administrator, "approver", NEW, 0)

    form = form_of(open_office, waiting, values)
    assert not form.is_valid()
    assert form.non_field_errors()
    assert form["checklist_version"].value() == 1


def test_token_of_an_earlier_version_is_refused(
    open_office: Office, administrator: Any, waiting: Any
):
    form = form_of(open_office, waiting, filled_in(open_office, waiting))
    assert form.is_valid()
    before = Signature.objects.count()
    change_checklist(administrator, "approver", NEW, 0)

    step = open_office.fresh(waiting).current_workflow_task_state
    with pytest.raises(PermissionDenied):
        form.task.on_action(step, open_office.approver.user, "approve", **form.cleaned_data)
    assert Signature.objects.count() == before


def test_item_can_be_returned_whatever_the_version(
    open_office: Office, administrator: Any, waiting: Any
):
    change_checklist(administrator, "approver", NEW, 0)

    open_office.approver.sign(waiting, action="reject", comment="แก้")
    assert Signature.objects.latest("sequence").checklist_version == 0


# --- the administrator's screen ------------------------------------------------------------


def rows(*texts: str) -> dict[str, str]:
    """The form with these statements in Thai, and nothing in the rows for new ones."""
    count = len(texts) + 1
    values = {"statements-TOTAL_FORMS": str(count), "statements-INITIAL_FORMS": "0", "version": "0"}
    for number, text in enumerate([*texts, ""]):
        values[f"statements-{number}-th"] = text
        values[f"statements-{number}-ORDER"] = str(number + 1) if text else ""
    return values


def test_screen_shows_the_statements_in_force(open_office: Office):
    address = reverse("moderation:checklist", args=["approver"])
    html = browser(open_office.administrator).get(address).content.decode()

    assert current_checklist("approver").items[0].th in html


def test_screen_makes_a_version_and_lists_who_made_it(open_office: Office):
    client = browser(open_office.administrator)
    address = reverse("moderation:checklist", args=["approver"])
    answer = client.post(address, rows("ข้อหนึ่ง", "ข้อสอง"))

    assert answer.status_code == 302
    assert [s.th for s in current_checklist("approver").items] == ["ข้อหนึ่ง", "ข้อสอง"]
    html = client.get(address).content.decode()
    assert open_office.administrator.user.get_full_name() in html


def test_screen_keeps_what_was_typed_where_something_is_wrong(open_office: Office):
    values = {**rows("ข้อหนึ่ง", ""), "statements-1-en": "English without Thai"}
    address = reverse("moderation:checklist", args=["approver"])
    html = browser(open_office.administrator).post(address, values).content.decode()

    assert Checklist.objects.count() == 0
    assert "English without Thai" in html


@pytest.mark.parametrize("name", ["checklists", "checklist"])
def test_screen_is_the_administrators_alone(open_office: Office, name: str):
    args = ["approver"] if name == "checklist" else []
    address = reverse(f"moderation:{name}", args=args)

    for clerk in (open_office.approver, open_office.overseer):
        client = browser(clerk)
        assert client.get(address).status_code == 302
        client.post(address, rows("ข้อหนึ่ง"))
    assert Checklist.objects.count() == 0
