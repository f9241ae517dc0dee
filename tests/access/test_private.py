"""Keys to private pages: by password, by membership; what each opens, and what ends it."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from cms.access.models import LONGEST, AccessToken, TokenInvalid
from cms.access.private import UnlockRefused, make_access_token, subjects_opened_by, unlock
from cms.accounts.throttle import PAIR
from cms.audit.models import AuditEvent
from cms.signoff.roles import GROUP_NAMES
from tests.admin import browser
from tests.office import Office

Kind = PageViewRestriction


def restrict(page, kind: str = Kind.PASSWORD, password: str = "", groups: tuple = ()):
    """Makes a page private."""
    row = Kind.objects.create(page=page, restriction_type=kind, password=password)
    row.groups.set(groups)
    return row


@pytest.fixture
def section(open_office: Office):
    """A public section with an item of news."""
    section = open_office.section(open_office.news, title="ลับ", slug="secret")
    return open_office.show(section)


@pytest.fixture
def item(open_office: Office, section):
    return open_office.show(open_office.draft(section, title="ในที่ลับ", slug="item"))


def key(user, office: Office) -> str:
    return make_access_token(user, "จอ", LONGEST)[1]


def test_password_opens_its_page(section):
    restrict(section, password="correct horse")

    found = unlock("correct horse", "th", "/news/secret/", None)
    assert subjects_opened_by(found.token) == {str(section.translation_key)}
    assert found.path == "/th/news/secret/"


def test_password_of_the_page_above_opens_what_lies_below(section, item):
    restrict(section, password="correct horse")

    found = unlock("correct horse", "th", "/news/secret/item/", None)
    assert subjects_opened_by(found.token) == {str(section.translation_key)}
    assert found.path == "/th/news/secret/"


@pytest.mark.parametrize(
    ("password", "path"),
    [
        ("wrong", "/news/secret/"),
        ("", "/news/secret/"),
        ("correct horse", "/news/"),
        ("correct horse", "/nowhere/"),
    ],
)
def test_everything_else_is_refused_alike(section, password: str, path: str):
    restrict(section, password="correct horse")

    with pytest.raises(UnlockRefused) as refusal:
        unlock(password, "th", path, None)
    assert str(refusal.value) == ""


def test_other_kinds_of_privacy_have_no_password(section):
    restrict(section, Kind.LOGIN)

    with pytest.raises(UnlockRefused):
        unlock("", "th", "/news/secret/", None)


def test_changed_password_ends_keys(section):
    row = restrict(section, password="old")
    token = unlock("old", "th", "/news/secret/", None).token
    row.password = "new"
    row.save()

    assert subjects_opened_by(token) == frozenset()


def test_wrong_passwords_must_wait_like_at_sign_in(section, client):
    restrict(section, password="correct horse")
    body = {"path": "/news/secret/", "locale": "TH", "password": "wrong"}
    for _time in range(PAIR.free):
        response = client.post("/graphql/unlock/", body, content_type="application/json")
        assert response.status_code == 403

    body["password"] = "correct horse"
    response = client.post("/graphql/unlock/", body, content_type="application/json")
    assert response.status_code == 429
    assert int(response["Retry-After"]) >= 1


def test_page_with_two_restrictions_needs_both(open_office: Office, section):
    english = section.copy_for_translation(open_office.english)
    restrict(section, password="thai")
    restrict(english, Kind.LOGIN)
    token = unlock("thai", "th", "/news/secret/", None).token

    assert subjects_opened_by(token) == frozenset()
    member = key(open_office.reporter.user, open_office)
    assert subjects_opened_by(f"{token}, {member}") == {str(section.translation_key)}


# --- members -----------------------------------------------------------------------------------


def test_member_opens_what_is_for_everybody_who_is_signed_in(open_office: Office, section):
    restrict(section, Kind.LOGIN)

    opened = subjects_opened_by(key(open_office.reporter.user, open_office))
    assert opened == {str(section.translation_key)}


def test_groups_open_what_is_for_them(open_office: Office, section):
    restrict(section, Kind.GROUPS, groups=(Group.objects.get(name=GROUP_NAMES["publisher"]),))

    opened = {
        name: bool(subjects_opened_by(key(getattr(open_office, name).user, open_office)))
        for name in ("reporter", "publisher", "root")
    }
    assert opened == {"reporter": False, "publisher": True, "root": True}


def test_leaving_a_group_closes_its_pages(open_office: Office, section):
    group = Group.objects.get(name=GROUP_NAMES["publisher"])
    restrict(section, Kind.GROUPS, groups=(group,))
    text = key(open_office.publisher.user, open_office)
    open_office.publisher.user.groups.remove(group)

    assert subjects_opened_by(text) == frozenset()


def test_member_without_the_password_does_not_open_its_page(open_office: Office, section):
    restrict(section, password="correct horse")

    assert subjects_opened_by(key(open_office.root.user, open_office)) == frozenset()


def test_deactivated_member_opens_nothing(open_office: Office):
    text = key(open_office.reporter.user, open_office)
    open_office.reporter.user.is_active = False
    open_office.reporter.user.save()

    with pytest.raises(TokenInvalid):
        subjects_opened_by(text)


@pytest.mark.parametrize("header", ["", ",", "x", "x:y:z", "x" * 43, ",".join("x" * 9)])
def test_what_is_no_key_is_refused(db, header: str):
    with pytest.raises(TokenInvalid):
        subjects_opened_by(header)


def test_preview_key_opens_no_private_page(open_office: Office, section):
    from cms.access.previews import make_link

    restrict(section, Kind.LOGIN)
    _token, text = make_link(open_office.draft(), open_office.reporter.user)
    with pytest.raises(TokenInvalid):
        subjects_opened_by(text)


# --- who says so, and the log --------------------------------------------------------------------


def test_administrators_and_chiefs_make_pages_private(open_office: Office, section):
    allowed = {
        name: section.permissions_for_user(
            getattr(open_office, name).user
        ).can_set_view_restrictions()
        for name in ("administrator", "executive", "publisher", "reporter")
    }
    assert allowed == {
        "administrator": True,
        "executive": True,
        "publisher": False,
        "reporter": False,
    }


def test_administrator_finds_the_private_pages_in_the_settings(open_office: Office, section):
    client = browser(open_office.administrator)
    form = {"page": section.pk, "restriction_type": "password", "password": "correct horse"}
    client.post("/admin/private-pages/new/", form)

    (row,) = Kind.objects.all()
    assert (row.page_id, row.password) == (section.pk, "correct horse")
    assert "ลับ" in client.get("/admin/private-pages/").content.decode()


def test_publisher_does_not(open_office: Office, section):
    client = browser(open_office.publisher)
    form = {"page": section.pk, "restriction_type": "password", "password": "x"}
    client.post("/admin/private-pages/new/", form)

    assert not Kind.objects.exists()


def test_log_tells_of_privacy_and_of_passwords_but_not_which(open_office: Office, section):
    row = restrict(section, password="correct horse")
    unlock("correct horse", "th", "/news/secret/", None)
    with pytest.raises(UnlockRefused):
        unlock("wrong horse", "th", "/news/secret/", None)
    row.delete()

    kinds = list(AuditEvent.objects.order_by("pk").values_list("kind", "detail"))[-4:]
    assert kinds == [
        ("privacy_changed", "password"),
        ("page_unlocked", ""),
        ("unlock_refused", ""),
        ("privacy_changed", "public"),
    ]
    assert not AuditEvent.objects.filter(subject__contains="horse").exists()


def test_only_the_hash_of_a_key_is_stored(open_office: Office):
    text = key(open_office.reporter.user, open_office)

    assert not any(text in str(value) for value in AccessToken.objects.values_list()[0])
