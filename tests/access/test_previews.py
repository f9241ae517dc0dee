"""Keys to drafts: what they open, for how long, and everything that ends them."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cms.access.models import LONGEST, PreviewToken, TokenInvalid
from cms.access.previews import (
    forget_drafts,
    make_link,
    make_panel_token,
    presented_draft,
    revoke,
)
from cms.accounts.sessions import sign_out_everywhere
from cms.audit.models import AuditEvent
from cms.snapshot.snapshot import snapshot_of
from pages.models import NewsPage
from tests.divided import Divisions
from tests.office import Office

Kind = AuditEvent.Kind


def refused(text: str) -> bool:
    """Whether a key opens nothing."""
    try:
        presented_draft(text)
    except TokenInvalid:
        return True
    return False


def told(kind: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(kind=kind))


def test_link_opens_the_draft_that_was_saved(open_office: Office):
    _token, text = make_link(open_office.draft(title="ร่าง"), open_office.reporter.user)

    assert presented_draft(text).data["title"] == "ร่าง"


def test_only_the_hash_of_a_key_is_stored(open_office: Office):
    token, text = make_link(open_office.draft(), open_office.reporter.user)

    values = PreviewToken.objects.filter(pk=token.pk).values_list()[0]
    assert not any(text in str(value) for value in values)


def test_key_is_for_one_language(open_office: Office):
    draft = open_office.draft(title="ภาษาไทย")
    english = draft.copy_for_translation(open_office.english)
    english.title = "In English"
    english.save_revision(user=open_office.translator.user)

    _token, text = make_link(open_office.fresh(english), open_office.translator.user)
    assert presented_draft(text).data["title"] == "In English"


def test_no_key_lasts_longer_than_a_day(open_office: Office):
    token, _text = make_link(
        open_office.draft(), open_office.reporter.user, datetime.timedelta(days=30)
    )

    assert token.expires_at - token.created_at <= LONGEST + datetime.timedelta(seconds=1)


@pytest.mark.parametrize("text", ["", "x", "x" * 43, "ก" * 43, "x" * 5000, "\x00"])
def test_unknown_keys_open_nothing(open_office: Office, text: str):
    assert refused(text)


def test_expired_key_opens_nothing(open_office: Office):
    token, text = make_link(open_office.draft(), open_office.reporter.user)
    PreviewToken.objects.filter(pk=token.pk).update(expires_at=timezone.now())

    assert refused(text)


def test_autosave_of_the_same_revision_ends_the_key(open_office: Office):
    draft = open_office.draft(title="เดิม")
    token, text = make_link(draft, open_office.reporter.user)
    page = draft.get_latest_revision_as_object()
    page.title = "ใหม่"
    page.save_revision(user=open_office.reporter.user, overwrite_revision=draft.latest_revision)

    assert NewsPage.objects.get(pk=draft.pk).latest_revision_id == token.revision_pk
    assert refused(text)


def test_newer_revision_is_not_shown_with_the_key_of_an_older_one(open_office: Office):
    draft = open_office.draft(title="เดิม")
    _token, text = make_link(draft, open_office.reporter.user)
    open_office.edit(draft, title="ใหม่")

    assert presented_draft(text).data["title"] == "เดิม"


def test_key_of_a_deleted_draft_opens_nothing(open_office: Office):
    draft = open_office.draft()
    _token, text = make_link(draft, open_office.reporter.user)
    draft.delete()

    assert refused(text)


# --- the maker ---------------------------------------------------------------------------------


def test_deactivated_account_ends_its_keys(open_office: Office):
    _token, text = make_link(open_office.draft(), open_office.reporter.user)
    open_office.reporter.user.is_active = False
    open_office.reporter.user.save()

    assert refused(text)


def test_changed_password_ends_ones_keys(open_office: Office):
    user = open_office.reporter.user
    _token, text = make_link(open_office.draft(), user)
    user.set_password("another-long-password")
    user.save()

    assert refused(text)


def test_end_of_all_sessions_ends_ones_keys(open_office: Office):
    _token, text = make_link(open_office.draft(), open_office.reporter.user)
    sign_out_everywhere(open_office.reporter.user)

    assert refused(text)


def test_lost_permission_ends_ones_keys(open_office: Office):
    user = open_office.reporter.user
    _token, text = make_link(open_office.draft(), user)
    user.groups.clear()

    assert refused(text)


def test_moving_to_another_division_ends_ones_keys(divisions: Divisions):
    reporter = divisions.finance_reporter.user
    _token, text = make_link(divisions.draft(), reporter)
    reporter.memberships.update(department=divisions.works)

    assert refused(text)


def test_nobody_makes_a_key_to_the_draft_of_another_division(divisions: Divisions):
    with pytest.raises(PermissionDenied):
        make_link(divisions.draft(divisions.works), divisions.finance_reporter.user)

    assert not PreviewToken.objects.exists()
    assert told(Kind.DENIED)


# --- ending them -------------------------------------------------------------------------------


def test_maker_ends_a_key(open_office: Office):
    token, text = make_link(open_office.draft(), open_office.reporter.user)
    revoke(token, open_office.reporter.user)

    assert refused(text)
    assert told(Kind.TOKEN_REVOKED)


def test_administrator_ends_a_key_of_somebody_else(open_office: Office):
    token, text = make_link(open_office.draft(), open_office.reporter.user)
    revoke(token, open_office.administrator.user)

    assert refused(text)


def test_others_cannot_end_a_key(open_office: Office):
    token, text = make_link(open_office.draft(), open_office.reporter.user)
    with pytest.raises(PermissionDenied):
        revoke(token, open_office.approver.user)

    assert not refused(text)


def test_draft_goes_with_its_key(open_office: Office):
    token, _text = make_link(open_office.draft(title="ลับ"), open_office.reporter.user)
    revoke(token, open_office.reporter.user)

    assert not PreviewToken.objects.filter(snapshot__contains="ลับ").exists()


def test_drafts_of_expired_keys_are_forgotten(open_office: Office):
    token, _text = make_link(open_office.draft(title="ลับ"), open_office.reporter.user)
    make_panel_token(snapshot_of(open_office.draft(title="ลับ")), open_office.reporter.user)
    PreviewToken.objects.update(expires_at=timezone.now() - datetime.timedelta(hours=1))
    forget_drafts()

    assert list(PreviewToken.objects.values_list("pk", "snapshot")) == [(token.pk, "")]


# --- the panel ---------------------------------------------------------------------------------


def test_panel_key_shows_what_is_not_saved(open_office: Office):
    draft = open_office.draft(title="บันทึกแล้ว")
    draft.title = "กำลังพิมพ์"
    text = make_panel_token(snapshot_of(draft), open_office.reporter.user)

    assert presented_draft(text).data["title"] == "กำลังพิมพ์"


def test_panel_key_to_a_page_that_was_never_saved(open_office: Office):
    page = NewsPage(title="ใหม่", slug="new", locale=open_office.thai, owner=None)
    parent = open_office.fresh(open_office.news)
    page.path = f"{parent.path}0001"
    page.depth = parent.depth + 1
    text = make_panel_token(snapshot_of(page), open_office.reporter.user)

    assert presented_draft(text).data["title"] == "ใหม่"
    open_office.reporter.user.groups.clear()
    assert refused(text)


def test_old_panel_keys_of_the_same_draft_go(open_office: Office):
    draft = open_office.draft()
    texts = [make_panel_token(snapshot_of(draft), open_office.reporter.user) for _time in range(8)]

    assert [refused(text) for text in texts] == [True] * 3 + [False] * 5


# --- the log -----------------------------------------------------------------------------------


def test_log_tells_of_making_and_using(open_office: Office):
    _token, text = make_link(open_office.draft(title="ร่าง"), open_office.reporter.user)
    presented_draft(text)
    presented_draft(text)

    for kind in (Kind.TOKEN_MADE, Kind.TOKEN_USED):
        (event,) = told(kind)
        assert event.user == open_office.reporter.user
        assert "ร่าง" in event.subject
        assert text not in event.subject + event.detail


def test_use_is_noted_with_the_key(open_office: Office):
    token, text = make_link(open_office.draft(), open_office.reporter.user)
    presented_draft(text)

    assert PreviewToken.objects.get(pk=token.pk).last_used_at
