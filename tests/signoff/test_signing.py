"""The way from draft to publication through the signatures."""

import pytest
from django.core.exceptions import PermissionDenied

from cms.publication.models import Publication
from cms.signoff.models import Signature
from tests.office import Office


def roles_signed() -> list[str]:
    return list(Signature.objects.values_list("role", flat=True))


def waiting_role(item) -> str:
    return item.current_workflow_task.role


def test_three_signatures_publish_an_ordinary_item(open_office: Office):
    page = open_office.draft()
    before = Signature.objects.count()

    open_office.publish(page)

    assert roles_signed()[before:] == ["reporter", "approver", "publisher"]
    publication = Publication.objects.first()
    assert publication.subject == page.translation_key
    assert publication.content_hash == Signature.objects.last().content_hash


def test_urgent_item_needs_the_executive(open_office: Office):
    page = open_office.draft(is_urgent=True, benefits="ก", harms="ข", after_effects="ค")
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    open_office.approver.sign(page)

    assert waiting_role(open_office.fresh(page)) == "executive"
    with pytest.raises(PermissionDenied):
        open_office.publisher.sign(page)

    open_office.executive.sign(page)
    open_office.publisher.sign(page)
    assert Publication.objects.filter(subject=page.translation_key).exists()


def test_nobody_signs_twice(open_office: Office):
    both = open_office.clerk("both", "reporter", "approver")
    page = open_office.draft()
    both.submit(page)
    both.sign(page)

    with pytest.raises(PermissionDenied):
        both.sign(page)


def test_whoever_wrote_the_draft_does_not_approve_it(open_office: Office):
    page = open_office.edit(open_office.draft(), user=open_office.approver.user, title="แก้")
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)

    with pytest.raises(PermissionDenied):
        open_office.approver.sign(page)


def test_superuser_outside_the_groups_signs_nothing(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)

    with pytest.raises(PermissionDenied):
        open_office.root.sign(page)


def test_wrong_password_signs_nothing(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)
    before = Signature.objects.count()
    open_office.reporter.password = "wrong"

    with pytest.raises(PermissionDenied):
        open_office.reporter.sign(page)
    assert Signature.objects.count() == before


def test_changed_word_goes_back_to_the_first_signature(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    open_office.approver.sign(page)
    open_office.edit(page, title="อีกชื่อหนึ่ง")

    open_office.publisher.sign(page)

    page = open_office.fresh(page)
    assert waiting_role(page) == "reporter"
    assert not Publication.objects.filter(subject=page.translation_key).exists()


def test_returned_item_begins_again_with_the_reporter(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    open_office.approver.sign(page, action="reject", comment="ตัวเลขไม่ตรง")
    open_office.edit(page, title="แก้ตัวเลขแล้ว")
    open_office.reporter.submit(open_office.fresh(page))

    assert waiting_role(open_office.fresh(page)) == "reporter"
    for clerk in open_office.signers(page):
        clerk.sign(page)
    assert Publication.objects.filter(subject=page.translation_key).exists()


def test_returning_needs_a_reason(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)

    with pytest.raises(PermissionDenied):
        open_office.reporter.sign(page, action="reject")


def test_snippet_is_signed_and_published_like_a_page(open_office: Office):
    department = open_office.department()

    open_office.publish(department)

    publication = Publication.objects.get(subject=department.translation_key)
    assert publication.data["fields"]["short_title"] == ""
