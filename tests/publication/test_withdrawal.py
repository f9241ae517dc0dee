"""A withdrawal: a reason, two people, and a note that stays."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from cms.publication.models import Publication, Withdrawal
from cms.publication.waiting import waiting_withdrawals
from cms.publication.withdraw import confirm_withdrawal, request_withdrawal
from cms.signoff.models import Signature
from tests.admin import status
from tests.office import Office, document, image
from tests.publication.withdrawing import (
    REASON,
    ask,
    confirm,
    latest,
    withdraw,
    withdrawal_token,
)

HOUR = datetime.timedelta(hours=1)


def is_public(item: Any, at: datetime.datetime | None = None) -> bool:
    rows = Publication.objects.effective(at=at)
    return rows.filter(subject=item.translation_key).exists()


def test_two_signatures_withdraw_an_item(open_office: Office):
    page = open_office.show(open_office.draft())

    note = withdraw(open_office, page)

    assert not is_public(page)
    assert note.kind == Publication.Kind.WITHDRAWAL
    assert note.data["reason"] == REASON
    assert len(note.signature_sequences) == 2


def test_one_signature_withdraws_nothing(open_office: Office):
    page = open_office.show(open_office.draft())

    ask(open_office.approver, latest(page))

    assert is_public(page)


def test_one_person_cannot_sign_twice(open_office: Office):
    both = open_office.clerk("both", "approver", "publisher")
    page = open_office.show(open_office.draft())
    withdrawal = ask(both, latest(page))

    with pytest.raises(PermissionDenied):
        confirm(both, withdrawal)

    assert is_public(page)


@pytest.mark.parametrize("role", ["root", "reporter", "executive", "translator", "administrator"])
def test_only_approvers_and_publishers_ask(open_office: Office, role: str):
    page = open_office.show(open_office.draft())

    with pytest.raises(PermissionDenied):
        ask(getattr(open_office, role), latest(page))

    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize("role", ["root", "reporter", "executive"])
def test_only_approvers_and_publishers_confirm(open_office: Office, role: str):
    page = open_office.show(open_office.draft())
    withdrawal = ask(open_office.approver, latest(page))

    with pytest.raises(PermissionDenied):
        confirm(getattr(open_office, role), withdrawal)

    assert is_public(page)


def test_two_approvers_may_sign(open_office: Office):
    page = open_office.show(open_office.draft())
    withdrawal = ask(open_office.approver, latest(page))

    confirm(open_office.clerk("second", "approver"), withdrawal)

    assert not is_public(page)


def test_reason_is_needed(open_office: Office):
    page = open_office.show(open_office.draft())

    with pytest.raises(PermissionDenied):
        ask(open_office.approver, latest(page), reason="  ")

    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize("forged", ["", "forged"])
def test_forged_token_is_refused(open_office: Office, forged: str):
    page = open_office.show(open_office.draft())

    with pytest.raises(PermissionDenied):
        request_withdrawal(latest(page), REASON, open_office.approver.user, forged)

    assert not Withdrawal.objects.exists()


def test_token_for_another_reason_is_refused(open_office: Office):
    publication = latest(open_office.show(open_office.draft()))
    token = withdrawal_token(open_office.approver, publication, "เหตุผลอื่น")

    with pytest.raises(PermissionDenied):
        request_withdrawal(publication, REASON, open_office.approver.user, token)

    assert not Withdrawal.objects.exists()


def test_token_for_another_publication_is_refused(open_office: Office):
    publication = latest(open_office.show(open_office.draft()))
    other = latest(open_office.show(open_office.draft()))
    token = withdrawal_token(open_office.approver, other)

    with pytest.raises(PermissionDenied):
        request_withdrawal(publication, REASON, open_office.approver.user, token)

    assert not Withdrawal.objects.exists()


def test_token_of_the_first_signer_is_refused_from_the_second(open_office: Office):
    publication = latest(open_office.show(open_office.draft()))
    withdrawal = ask(open_office.approver, publication)
    token = withdrawal_token(open_office.approver, publication)

    with pytest.raises(PermissionDenied):
        confirm_withdrawal(withdrawal, open_office.publisher.user, token)

    assert publication in Publication.objects.effective()


def test_reason_changed_between_the_signatures_is_refused(open_office: Office):
    page = open_office.show(open_office.draft())
    withdrawal = ask(open_office.approver, latest(page))
    Withdrawal.objects.update(reason="เหตุผลอื่น")
    withdrawal.refresh_from_db()

    with pytest.raises(PermissionDenied):
        confirm(open_office.publisher, withdrawal)

    assert is_public(page)


def test_superseded_version_is_not_withdrawn_in_place_of_the_new_one(open_office: Office):
    page = open_office.show(open_office.draft())
    withdrawal = ask(open_office.approver, latest(page))
    open_office.show(open_office.edit(page, title="ใหม่"))

    with pytest.raises(PermissionDenied):
        confirm(open_office.publisher, withdrawal)

    assert is_public(page)


def test_refused_signature_leaves_no_trace(open_office: Office):
    page = open_office.show(open_office.draft())
    before = Signature.objects.count()

    with pytest.raises(PermissionDenied):
        ask(open_office.reporter, latest(page))

    assert Signature.objects.count() == before


def test_earlier_versions_are_hidden_for_earlier_moments_too(open_office: Office):
    page = open_office.show(open_office.draft(title="ก"))
    then = timezone.now()
    open_office.show(open_office.edit(page, title="ข"))
    assert is_public(page, at=then)

    withdraw(open_office, page)

    assert not is_public(page, at=then)


def test_pending_version_is_withdrawn_too(open_office: Office):
    start = timezone.now() + HOUR
    page = open_office.show(open_office.draft(title="ก"))
    open_office.show(open_office.edit(page, title="ข", go_live_at=start))

    withdraw(open_office, page)

    assert not is_public(page)
    assert not is_public(page, at=start)


def test_other_language_stays(open_office: Office):
    withdraw(open_office, open_office.english_news)

    english, thai = latest(open_office.english_news), latest(open_office.news)
    assert english.kind == Publication.Kind.WITHDRAWAL
    assert thai in Publication.objects.effective()


def test_path_is_free_again(open_office: Office):
    page = open_office.show(open_office.draft(slug="here"))
    withdraw(open_office, page)
    page.get_latest_revision().publish()
    open_office.fresh(page).delete()

    other = open_office.show(open_office.draft(slug="here"))

    assert latest(page).address.path is None
    assert latest(other).address.path == "/news/here/"


def test_old_path_is_remembered_as_gone(open_office: Office):
    page = open_office.show(open_office.draft(slug="here"))

    withdraw(open_office, page)

    address = latest(page).address
    assert address.former_paths.get().path == "/news/here/"
    assert address.path is None


def test_files_are_gone(open_office: Office, client: Any):
    papers = [("document", document(b"withdrawn paper"))]
    draft = open_office.draft(attachments=papers, lead_image=image("navy"))
    page = open_office.show(draft)
    files = list(latest(page).files.all())
    files += [rendition for pinned in files for rendition in pinned.renditions.all()]
    assert {status(client, pinned.path) for pinned in files} == {200}

    withdraw(open_office, page)

    assert {status(client, pinned.path) for pinned in files} == {404}


def test_file_that_another_item_names_stays(open_office: Office, client: Any):
    papers = [("document", document(b"shared paper"))]
    page = open_office.show(open_office.draft(attachments=papers))
    open_office.show(open_office.draft(attachments=papers))
    pinned = latest(page).files.get()

    withdraw(open_office, page)

    assert status(client, pinned.path) == 200


def test_superseded_versions_file_stays_until_the_withdrawal(open_office: Office, client: Any):
    papers = [("document", document(b"superseded paper"))]
    page = open_office.show(open_office.draft(attachments=papers))
    pinned = latest(page).files.get()
    page = open_office.show(open_office.edit(page, attachments=[]))
    assert status(client, pinned.path) == 200

    withdraw(open_office, page)

    assert status(client, pinned.path) == 404


def test_withdrawn_item_is_published_again(open_office: Office):
    page = open_office.show(open_office.draft(slug="here"))
    withdraw(open_office, page)
    short_id = latest(page).address.short_id

    open_office.show(open_office.edit(page, title="แก้ไขแล้ว"))

    assert is_public(page)
    assert (latest(page).address.path, latest(page).address.short_id) == ("/news/here/", short_id)
    call_command("verify_publications")


def test_item_published_again_is_withdrawn_again(open_office: Office):
    page = open_office.show(open_office.draft())
    withdraw(open_office, page)
    page = open_office.show(open_office.edit(page, title="แก้ไขแล้ว"))

    withdraw(open_office, page)

    assert not is_public(page)
    call_command("verify_publications")


def test_withdrawn_item_is_not_withdrawn_twice(open_office: Office):
    page = open_office.show(open_office.draft())
    publication = latest(page)
    withdraw(open_office, page)

    with pytest.raises(PermissionDenied):
        ask(open_office.publisher, publication)


def test_withdrawal_waits_for_the_second_signer_alone(open_office: Office):
    publication = latest(open_office.show(open_office.draft()))
    withdrawal = ask(open_office.publisher, publication)

    assert list(waiting_withdrawals(open_office.approver.user)) == [withdrawal]
    assert not waiting_withdrawals(open_office.publisher.user).exists()
    assert not waiting_withdrawals(open_office.reporter.user).exists()


def test_withdrawal_that_was_signed_twice_waits_for_nobody(open_office: Office):
    page = open_office.show(open_office.draft())

    withdraw(open_office, page)

    assert not waiting_withdrawals(open_office.approver.user).exists()


def test_dashboard_leads_the_second_signer_to_the_withdrawal(open_office: Office, client):
    publication = latest(open_office.show(open_office.draft()))
    ask(open_office.publisher, publication)
    client.force_login(open_office.approver.user)

    dashboard = client.get("/admin/").content.decode()

    assert f'href="/admin/publications/{publication.pk}/"' in dashboard
