"""Each division edits its own records: every view asks for the record, not for its kind."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.permissions import policy_registry
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.divisions.models import Appointment
from pages.models import Banner, Department, DisclosureItem, ManagedRedirect, Position, WebLink
from tests.admin import browser, edit_url, filled_in
from tests.divided import Divisions

OFFICE_ONLY = [Banner, WebLink, ManagedRedirect, DisclosureItem]
VIEWS = [
    "edit",
    "copy",
    "delete",
    "history",
    "usage",
    "lock",
    "unlock",
    "unpublish",
    "preview_on_edit",
    "workflow_history",
]


def post_of(divisions: Divisions, department: Department | None, **fields: Any) -> Position:
    """A draft position of a division."""
    values = {"title": "ตำแหน่ง", "group": "administration", **fields}
    return divisions.office.record(Position, department=department, **values)


def url_of(record: Any, name: str, *args: Any) -> str:
    model = record._meta.model_name
    return reverse(f"wagtailsnippets_pages_{model}:{name}", args=[record.pk, *args])


def state_of(record: Any) -> tuple:
    row = type(record).objects.get(pk=record.pk)
    return (
        row.title,
        getattr(row, "department_id", None),
        row.revisions.count(),
        row.latest_revision_id,
        row.locked,
    )


def test_member_edits_records_of_the_own_division(divisions: Divisions):
    client = browser(divisions.finance_reporter)
    for record in (post_of(divisions, divisions.finance), divisions.finance):
        data = filled_in(client, edit_url(record), title="ใหม่")
        client.post(edit_url(record), data)

        assert divisions.office.fresh(record).get_latest_revision_as_object().title == "ใหม่"


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("kind", ["position", "division"])
def test_no_view_opens_another_divisions_record(divisions: Divisions, name: str, kind: str):
    record = post_of(divisions, divisions.works) if kind == "position" else divisions.works
    before = state_of(record)
    # With the right to delete: the groups have none, an administrator may give it.
    client = browser(with_every_permission(divisions, divisions.finance_reporter))
    owner = browser(divisions.office.reporter)
    data = filled_in(owner, edit_url(record), title="ยึดมา")
    url = url_of(record, name)

    assert client.get(url).status_code in (302, 405)
    client.post(url, data)

    assert state_of(record) == before
    assert type(record).objects.filter(title="ยึดมา").count() == 0


def with_every_permission(divisions: Divisions, clerk: Any) -> Any:
    """The clerk with Django's permissions for every record, as an administrator may give them."""
    from django.contrib.auth.models import Permission

    clerk.user.user_permissions.set(Permission.objects.filter(content_type__app_label="pages"))
    return clerk


@pytest.mark.parametrize("name", ["revisions_view", "revisions_revert"])
def test_revisions_of_another_division_stay_closed(divisions: Divisions, name: str):
    record = post_of(divisions, divisions.works)
    before = state_of(record)
    url = url_of(record, name, record.latest_revision_id)

    client = browser(divisions.finance_reporter)
    assert client.get(url).status_code == 302
    client.post(url, {"title": "ยึดมา"})

    assert state_of(record) == before


def test_comparing_revisions_of_another_division_is_refused(divisions: Divisions):
    record = post_of(divisions, divisions.works)
    url = url_of(record, "revisions_compare", "earliest", "latest")

    assert browser(divisions.finance_reporter).get(url).status_code == 302
    assert browser(divisions.works_reporter).get(url).status_code == 200


def test_bulk_deletion_leaves_other_divisions_records_alone(divisions: Divisions):
    own, other = post_of(divisions, divisions.finance), post_of(divisions, divisions.works)
    client = browser(with_every_permission(divisions, divisions.finance_reporter))
    url = reverse("wagtail_bulk_action", args=["pages", "position", "delete"])

    client.post(f"{url}?id={own.pk}&id={other.pk}", {"next": "/admin/"})

    assert list(Position.objects.all()) == [other]


def test_workflow_of_another_divisions_record_is_refused(divisions: Divisions):
    record = post_of(divisions, divisions.works)
    divisions.works_reporter.submit(record)
    state = divisions.office.fresh(record).current_workflow_task_state
    client = browser(divisions.finance_reporter)
    for name in ("workflow_action", "collect_workflow_action_data"):
        url = url_of(record, name, "approve", state.pk)
        assert client.get(url).status_code == 302
        client.post(url, {"full_name": "x", "password": "x"})
    client.get(url_of(record, "confirm_workflow_cancellation"))

    state.refresh_from_db()
    assert state.status == "in_progress"


def test_member_gives_no_record_away(divisions: Divisions):
    record = post_of(divisions, divisions.finance)
    before = state_of(record)
    client = browser(divisions.finance_reporter)
    data = filled_in(client, edit_url(record), department=str(divisions.works.pk))

    client.post(edit_url(record), data)

    assert state_of(record) == before


def test_model_refuses_what_the_form_would(divisions: Divisions):
    record = post_of(divisions, divisions.finance)
    before = state_of(record)
    record.department = divisions.works

    with pytest.raises(PermissionDenied):
        record.save_revision(user=divisions.finance_reporter.user)
    assert state_of(record) == before


@pytest.mark.parametrize("chosen", ["works", "none"])
def test_member_adds_no_record_for_another_division(divisions: Divisions, chosen: str):
    client = browser(divisions.finance_reporter)
    url = reverse("wagtailsnippets_pages_position:add")
    department = str(divisions.works.pk) if chosen == "works" else ""
    data = filled_in(client, url, title="ใหม่", group="administration", department=department)

    client.post(url, data)

    assert not Position.objects.exists()


def test_member_adds_a_record_of_the_own_division(divisions: Divisions):
    client = browser(divisions.finance_reporter)
    url = reverse("wagtailsnippets_pages_position:add")

    client.post(url, filled_in(client, url, title="ใหม่", group="administration"))

    assert Position.objects.get().department == divisions.finance


def test_list_shows_the_own_divisions_records(divisions: Divisions):
    own = post_of(divisions, divisions.finance, title="ผู้อำนวยการกองคลัง")
    post_of(divisions, divisions.works, title="ผู้อำนวยการกองช่าง")
    url = reverse("wagtailsnippets_pages_position:list")

    html = browser(divisions.finance_reporter).get(url).content.decode()

    assert edit_url(own) in html
    assert "ผู้อำนวยการกองช่าง" not in html
    assert "ผู้อำนวยการกองช่าง" in browser(divisions.office.publisher).get(url).content.decode()


@pytest.mark.parametrize("model", OFFICE_ONLY)
def test_records_without_a_division_are_the_whole_offices(divisions: Divisions, model: type):
    policy = policy_registry.get_by_type(model)
    for action in ("add", "change", "view"):
        assert not policy.user_has_permission(divisions.finance_reporter.user, action)
        assert policy.user_has_permission(divisions.office.reporter.user, action)
    client = browser(divisions.finance_reporter)
    name = f"wagtailsnippets_pages_{model._meta.model_name}"

    assert client.get(reverse(f"{name}:list")).status_code == 302
    assert client.get(reverse(f"{name}:add")).status_code == 302


def test_new_division_is_made_by_the_whole_office(divisions: Divisions):
    url = reverse("wagtailsnippets_pages_department:add")

    assert browser(divisions.finance_reporter).get(url).status_code == 302
    assert browser(divisions.office.reporter).get(url).status_code == 200


@pytest.mark.parametrize("model", [*OFFICE_ONLY, Department, Position])
def test_nobody_publishes_a_record_directly(divisions: Divisions, model: type):
    policy = policy_registry.get_by_type(model)

    for user in (divisions.office.root.user, divisions.office.publisher.user):
        assert not policy.user_has_permission(user, "publish")


def test_acting_head_opens_a_record_to_sign_it(divisions: Divisions):
    record = post_of(divisions, divisions.finance)
    divisions.finance_reporter.submit(record)
    divisions.finance_reporter.sign(record)
    divisions.office.appoint(divisions.works_head, divisions.finance)
    state = divisions.office.fresh(record).current_workflow_task_state
    before = state_of(record)
    client = browser(divisions.works_head)

    assert client.get(edit_url(record)).status_code == 200
    dialog = client.get(url_of(record, "workflow_action", "approve", state.pk))
    assert dialog.status_code == 200
    assert "12/2570" in dialog.json()["html"]
    client.post(edit_url(record), filled_in(client, edit_url(record), title="แก้"))

    assert state_of(record) == before


def test_translation_editor_of_records_obeys_too(divisions: Divisions):
    record = post_of(divisions, divisions.works)
    source, _created = TranslationSource.update_or_create_from_instance(record)
    translation = Translation.objects.create(source=source, target_locale=divisions.office.english)
    translation.save_target(user=divisions.office.translator.user, publish=False)
    target = translation.get_target_instance()
    segment = source.stringsegment_set.first()
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    client = browser(divisions.finance_reporter)

    client.put(url, "value=Taken", content_type="application/x-www-form-urlencoded")
    client.post(edit_url(target), {"action": "submit-for-signing"})

    assert not StringTranslation.objects.exists()
    assert divisions.office.fresh(target).current_workflow_state is None


def test_another_divisions_record_is_not_sent_to_be_translated(divisions: Divisions):
    record = post_of(divisions, divisions.works)
    url = reverse(
        "wagtail_localize:submit_snippet_translation", args=["pages", "position", record.pk]
    )

    browser(divisions.finance_reporter).post(url, {"locales": [divisions.office.english.pk]})

    assert not Translation.objects.exists()


def test_division_with_members_is_not_deleted(divisions: Divisions):
    from django.db.models import ProtectedError

    divisions.office.appoint(divisions.works_head, divisions.finance)
    with pytest.raises(ProtectedError):
        divisions.finance.delete()

    assert Appointment.objects.exists()
