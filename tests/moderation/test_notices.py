"""The mails of the sign-off: to whom, when, in which language, with how much."""

from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override
from wagtail.users.models import UserProfile

from cms.mail.models import MailPreference, OutgoingMail
from tests.office import Office

TITLE = "ประกาศลับเฉพาะ"


@pytest.fixture
def office(open_office: Office) -> Office:
    """Everybody has an address."""
    for name in ("reporter", "approver", "executive", "publisher", "translator", "root"):
        user = getattr(open_office, name).user
        user.email = f"{name}@office.example"
        user.save()
    return open_office


def told(kind: str) -> set[str]:
    rows = OutgoingMail.objects.filter(kind=kind)
    return {
        address.removesuffix("@office.example") for address in rows.values_list("to", flat=True)
    }


def told_now(kind: str) -> set[str]:
    found = told(kind)
    OutgoingMail.objects.all().delete()
    return found


def test_each_step_tells_those_who_may_sign_it(office: Office):
    colleague = office.clerk("somsri", "reporter").user
    colleague.email = "somsri@office.example"
    colleague.save()
    page = office.draft(title=TITLE)

    office.reporter.submit(page)
    assert told_now("signature_waits") == {"somsri"}  # who submitted it knows
    office.reporter.sign(page)
    assert told_now("signature_waits") == {"approver"}
    office.approver.sign(page)
    assert told_now("signature_waits") == {"publisher"}


def test_executive_hears_of_urgent_items_alone_and_at_once(office: Office):
    MailPreference.objects.create(
        user=office.executive.user, kind="signature_waits", delivery="digest"
    )
    words = {"benefits": "ก", "harms": "ข", "after_effects": "ค"}
    page = office.draft(is_urgent=True, **words)
    office.reporter.submit(page)
    office.reporter.sign(page)
    office.approver.sign(page)

    mail = OutgoingMail.objects.get(to="executive@office.example", kind="signature_waits")
    assert mail.state == OutgoingMail.State.WAITING


def test_whoever_wrote_the_draft_is_not_asked_to_approve_it(office: Office):
    office.approver.user.groups.add(*office.reporter.user.groups.all())
    page = office.edit(office.draft(), user=office.approver.user)
    office.reporter.submit(page)
    OutgoingMail.objects.all().delete()

    office.reporter.sign(page)

    assert told("signature_waits") == set()


def test_returned_item_tells_writer_and_reporter_the_reason(office: Office):
    page = office.edit(office.draft(title=TITLE), user=office.translator.user)
    office.reporter.submit(page)
    office.reporter.sign(page)
    OutgoingMail.objects.all().delete()

    office.approver.sign(page, "reject", "วันที่ผิด")

    assert told("returned") == {"reporter", "translator"}
    for mail in OutgoingMail.objects.all():
        assert "วันที่ผิด" in mail.body
        assert TITLE in mail.subject
        assert f"/admin/pages/{page.pk}/edit/" in mail.body


def test_published_item_tells_those_who_signed(office: Office):
    page = office.draft(title=TITLE)
    office.reporter.submit(page)
    for clerk in (office.reporter, office.approver, office.publisher):
        clerk.sign(page)

    assert told("published") == {"reporter", "approver"}
    mail = OutgoingMail.objects.filter(kind="published").first()
    assert mail
    assert f"/th/news/{page.slug}/" in mail.body


def test_returned_item_that_was_changed_waits_again(
    office: Office, django_capture_on_commit_callbacks: Any
):
    page = office.draft(title=TITLE)
    office.reporter.submit(page)
    office.reporter.sign(page)
    OutgoingMail.objects.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        office.edit(page, title="อื่น")

    assert told("signature_waits") == {"reporter"}


def test_mail_holds_nothing_of_the_draft_but_its_title(office: Office):
    page = office.draft(title=TITLE, summary="ใจความลับ")
    office.reporter.submit(page)
    office.reporter.sign(page)
    office.approver.sign(page)

    for mail in OutgoingMail.objects.all():
        assert TITLE in mail.subject
        assert "ใจความลับ" not in mail.subject + mail.body


def test_mail_is_in_the_language_of_its_reader(office: Office):
    UserProfile.objects.create(user=office.approver.user, preferred_language="en")
    page = office.draft(title=TITLE)
    office.reporter.submit(page)
    with override("th"):
        office.reporter.sign(page)

    mail = OutgoingMail.objects.get(to="approver@office.example")
    assert mail.language == "en"
    assert "waits for your signature" in mail.body


def test_signature_that_is_refused_tells_nobody(office: Office):
    from django.core.exceptions import PermissionDenied

    page = office.draft()
    office.reporter.submit(page)
    OutgoingMail.objects.all().delete()

    with pytest.raises(PermissionDenied):
        office.publisher.sign(page)

    assert not OutgoingMail.objects.exists()


def test_wagtails_own_mails_are_not_sent(office: Office):
    page = office.publish(office.draft())
    page = office.edit(page, title="สอง")
    office.reporter.submit(page)
    office.reporter.sign(page)
    office.approver.sign(page, "reject", "ไม่ถูก")

    assert django_mail.outbox == []
    assert "root" not in told("signature_waits")


def test_snippet_is_told_like_a_page(office: Office):
    record = office.department()
    office.reporter.submit(record)
    office.reporter.sign(record)

    mail = OutgoingMail.objects.get(to="approver@office.example")
    step = office.fresh(record).current_workflow_task_state.pk
    assert f"/admin/signing/{step}/" in mail.body


def test_more_signers_cost_one_look_at_the_database_for_all(office: Office):
    assert gettext("Publication")  # the catalogue is read once
    page, other = office.draft(), office.draft()
    for one in (page, other):
        office.reporter.submit(one)
    with CaptureQueriesContext(connection) as few:
        office.reporter.sign(page)
    for number in range(5):
        extra = office.clerk(f"approver-{number}", "approver").user
        extra.email = f"{number}@office.example"
        extra.save()
    with CaptureQueriesContext(connection) as many:
        office.reporter.sign(other)

    # For each further mail: the choice and the row.
    assert len(many) - len(few) <= 5 * 2
