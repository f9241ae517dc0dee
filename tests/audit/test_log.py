"""What the audit log knows, and that nobody takes it away again."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.audit.log import record
from cms.audit.models import AuditEvent
from cms.audit.retention import delete_old_events
from cms.publication.models import Publication
from cms.publication.withdraw import request_withdrawal
from tests.admin import browser, edit_url
from tests.office import PASSWORD, Office

Kind = AuditEvent.Kind
REPORT = "/admin/reports/audit-log/"


def events(kind: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(kind=kind).order_by("pk"))


def newest(kind: str) -> AuditEvent:
    return events(kind)[-1]


@pytest.fixture(autouse=True)
def _from_here_on(db: Any) -> None:
    """Signing people in by force is an event too; each test looks at the newest."""


def sign_in(username: str, password: str, **meta: str) -> Client:
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (Test)", REMOTE_ADDR="203.0.113.5", **meta)
    client.post("/admin/login/", {"username": username, "password": password})
    return client


# --- signing in and out -----------------------------------------------------------------------


def test_sign_in_and_out_are_logged_with_address_and_browser(open_office: Office):
    client = sign_in("reporter", PASSWORD)
    event = newest(Kind.SIGNED_IN)
    assert event.user == open_office.reporter.user
    assert (event.username, event.address) == ("reporter", "203.0.113.5")
    assert event.user_agent == "Mozilla/5.0 (Test)"
    assert event.path == "/admin/login/"

    client.post("/admin/logout/")
    assert newest(Kind.SIGNED_OUT).username == "reporter"


def test_address_is_the_one_that_the_proxy_saw(open_office: Office, settings):
    settings.BEHIND_PROXY = True
    sign_in("reporter", PASSWORD, HTTP_X_FORWARDED_FOR="6.6.6.6, 198.51.100.9")

    assert newest(Kind.SIGNED_IN).address == "198.51.100.9"


def test_failure_at_an_account_names_it(open_office: Office):
    sign_in("reporter", "wrong-password")
    event = newest(Kind.SIGN_IN_FAILED)

    assert (event.username, event.user) == ("reporter", open_office.reporter.user)


def test_what_is_no_account_may_be_a_password_and_is_not_kept(open_office: Office):
    sign_in("MySecretPassword", "reporter")
    sign_in("MySecretPassword", "reporter")
    one, two = events(Kind.SIGN_IN_FAILED)[-2:]

    assert re.fullmatch(r"\?[0-9a-f]{12}", one.username)
    assert one.username == two.username
    assert one.user is None
    assert "MySecretPassword" not in str(AuditEvent.objects.values())


def test_waiting_is_logged(open_office: Office):
    for _number in range(5):
        sign_in("reporter", "wrong-password")
    event = newest(Kind.LOCKED_OUT)

    assert (event.username, event.detail) == ("reporter", "password")


# --- refusals ---------------------------------------------------------------------------------


def test_page_that_is_not_ones_own_to_see_is_logged(open_office: Office):
    client = browser(open_office.reporter)
    assert client.get(REPORT).status_code == 302
    event = newest(Kind.DENIED)

    assert (event.username, event.path) == ("reporter", REPORT)
    assert event.view_name == "audit_log"


def test_refusals_for_scripts_are_logged_once(open_office: Office):
    client = browser(open_office.reporter)
    before = len(events(Kind.DENIED))
    answer = client.get(REPORT, HTTP_X_REQUESTED_WITH="XMLHttpRequest")

    assert answer.status_code == 403
    assert len(events(Kind.DENIED)) == before + 1


def test_editor_of_a_page_that_one_may_not_edit_is_logged(open_office: Office):
    page = open_office.draft()
    browser(open_office.overseer).get(edit_url(page))

    assert newest(Kind.DENIED).username == "overseer"


def test_whoever_may_not_enter_the_admin_at_all_is_logged(open_office: Office):
    browser(open_office.clerk("guest")).get("/admin/")

    assert newest(Kind.DENIED).username == "guest"


def test_visitors_who_are_led_to_the_sign_in_are_not(open_office: Office):
    before = len(events(Kind.DENIED))
    Client().get("/admin/")

    assert len(events(Kind.DENIED)) == before


def test_refused_signature_is_logged_with_its_reason(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)
    state = open_office.fresh(page).current_workflow_task_state
    with pytest.raises(PermissionDenied) as refusal:
        state.task.specific.on_action(state, open_office.root.user, "approve", token="forged")
    event = newest(Kind.DENIED)

    assert (event.username, event.detail) == ("root", str(refusal.value))


def test_refused_signature_in_the_admin_is_logged_once(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)
    state = open_office.fresh(page).current_workflow_task_state
    before = len(events(Kind.DENIED))
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    browser(open_office.approver).post(url, {"token": "forged"})

    assert len(events(Kind.DENIED)) == before + 1


def test_refused_withdrawal_is_logged(open_office: Office):
    publication = Publication.objects.effective().first()
    with pytest.raises(PermissionDenied):
        request_withdrawal(publication, "เหตุผล", open_office.reporter.user, "forged")

    assert newest(Kind.DENIED).username == "reporter"


def test_refusal_stays_where_the_act_is_rolled_back(open_office: Office, rf):
    """As a view would that does everything in one transaction."""
    from cms.accounts.middleware import PresentRequestMiddleware
    from cms.audit.middleware import AuditMiddleware

    publication = Publication.objects.effective().first()

    def view(request: Any) -> Any:
        with transaction.atomic():
            request_withdrawal(publication, "เหตุผล", open_office.reporter.user, "forged")

    request = rf.get("/admin/anything/")
    before = len(events(Kind.DENIED))
    with pytest.raises(PermissionDenied):
        PresentRequestMiddleware(AuditMiddleware(view))(request)

    assert len(events(Kind.DENIED)) == before + 1


def test_wrong_password_in_the_dialog_is_logged(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)
    open_office.reporter.password = "wrong-password"
    with pytest.raises(PermissionDenied):
        open_office.reporter.sign(page)

    assert newest(Kind.PASSWORD_REFUSED).username == "reporter"


# --- previews and exports ---------------------------------------------------------------------


def test_looking_at_a_draft_is_logged_once_in_a_while(open_office: Office):
    page = open_office.draft(title="ร่างลับ")
    client = browser(open_office.reporter)
    url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    client.get(url)
    client.get(url)
    found = [event for event in events(Kind.PREVIEWED) if "ร่างลับ" in event.subject]

    assert [event.username for event in found] == ["reporter"]


def test_looking_at_a_record_is_logged(open_office: Office):
    record_ = open_office.department(title="กองช่าง")
    client = browser(open_office.reporter)
    base = f"wagtailsnippets_{record_._meta.app_label}_{record_._meta.model_name}"
    revision = record_.latest_revision_id
    client.get(reverse(f"{base}:revisions_view", args=[record_.pk, revision]))

    assert "กองช่าง" in newest(Kind.PREVIEWED).subject


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_exports_of_lists_are_logged(open_office: Office, file_format: str):
    client = browser(open_office.overseer)
    b"".join(client.get(f"/admin/reports/broken-links/?export={file_format}&state=ok"))
    event = newest(Kind.EXPORTED)

    assert (event.username, event.subject) == ("overseer", "/admin/reports/broken-links/")
    assert file_format in event.detail
    assert "state=ok" in event.detail


def test_refused_export_is_a_refusal(open_office: Office):
    before = len(events(Kind.EXPORTED))
    browser(open_office.reporter).get(f"{REPORT}?export=csv")

    assert len(events(Kind.EXPORTED)) == before
    assert newest(Kind.DENIED).path == REPORT


# --- the log itself ---------------------------------------------------------------------------


def test_events_are_never_changed(open_office: Office):
    event = record(Kind.DENIED, user=open_office.reporter.user)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(detail="x")


def old_event(office: Office, days: int) -> AuditEvent:
    at = timezone.now() - timedelta(days=days)
    return AuditEvent.objects.create(kind=Kind.DENIED, at=at, user=office.reporter.user)


@pytest.mark.parametrize("days", [0, 89])
def test_events_of_the_last_90_days_are_not_deleted(open_office: Office, days: int):
    event = old_event(open_office, days)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()


def test_old_events_cannot_be_changed_either(open_office: Office):
    event = old_event(open_office, 100)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(detail="x")


def test_job_deletes_what_is_old_enough(open_office: Office, settings):
    settings.AUDIT_DAYS = 365
    kept, old = old_event(open_office, 364), old_event(open_office, 366)
    delete_old_events()

    assert AuditEvent.objects.filter(pk=kept.pk).exists()
    assert not AuditEvent.objects.filter(pk=old.pk).exists()


def test_report_is_for_overseers_and_administrators(open_office: Office):
    for role, status in (("overseer", 200), ("administrator", 200), ("publisher", 302)):
        assert browser(getattr(open_office, role)).get(REPORT).status_code == status


def test_report_is_filtered(open_office: Office):
    record(Kind.EXPORTED, user=open_office.reporter.user, subject="needle")
    record(Kind.DENIED, user=open_office.reporter.user, subject="haystack")
    today = timezone.localdate().isoformat()
    query = f"?kind=exported&user={open_office.reporter.user.pk}&at_from={today}"
    page = browser(open_office.overseer).get(REPORT + query).content.decode()

    assert "needle" in page
    assert "haystack" not in page


def test_export_of_the_log_is_logged_and_harmless(open_office: Office):
    record(Kind.DENIED, user=open_office.reporter.user, subject="=cmd|'/c calc'!A1")
    answer = browser(open_office.overseer).get(f"{REPORT}?export=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode())))

    assert "'=cmd|'/c calc'!A1" in [row[4] for row in rows]
    assert newest(Kind.EXPORTED).subject == REPORT


def test_ones_own_sign_ins_stand_in_the_account(open_office: Office):
    sign_in("reporter", "wrong-password")
    sign_in("approver", "wrong-password", HTTP_X_TEST="1")
    client = sign_in("reporter", PASSWORD)
    page = client.get("/admin/account/")

    shown = page.content.decode()
    assert shown.count("203.0.113.5") == 2
