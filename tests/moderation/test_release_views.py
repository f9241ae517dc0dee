"""Releases in the admin: put together, sent, signed and returned in the browser."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.evidence.request_form import form_of_publication
from cms.moderation.release_candidates import candidates
from cms.signoff.models import Release, Signature
from cms.signoff.roles import CHECKLISTS
from tests.admin import browser, edit_url
from tests.office import PASSWORD, Office
from tests.publication.withdrawing import latest
from tests.releasing import fresh, is_public, release_of, signed_by, submitted, translated


@pytest.fixture
def pair(open_office: Office) -> list[Any]:
    thai = open_office.draft(title="งบประมาณรายจ่าย")
    return [thai, translated(open_office, thai, title="Annual budget")]


def url(release: Release, name: str = "detail") -> str:
    return reverse(f"releases:{name}", args=[release.pk])


def page(client: Any, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def typed(client: Any, release: Release, clerk: Any, name: str = "sign", **changes: Any) -> dict:
    """What the person fills in on the signing screen as it was shown."""
    form = client.get(url(release, name)).context["form"]
    checks = {field: "on" for field in form.fields if field.startswith("check_")}
    return {
        "content_hash": form["content_hash"].initial,
        "full_name": clerk.user.get_full_name(),
        "position": clerk.user.position,
        "password": PASSWORD,
        "comment": "",
        **checks,
        **changes,
    }


def test_reporter_puts_a_release_together_and_sends_it(open_office: Office, pair: list):
    client = browser(open_office.reporter)
    client.post(reverse("releases:add"), {"title": "งบประมาณ 2569", "note": "ถึงผู้ลงนาม"})
    release = Release.objects.get(title="งบประมาณ 2569")
    found = client.get(url(release, "add_items"), {"q": "รายจ่าย"}).context["candidates"]
    keys = [draft.key for candidate in found for draft in candidate.drafts]

    client.post(url(release, "add_items"), {"item": keys})
    client.post(url(release, "submit"))

    assert fresh(release).state == Release.State.SIGNING
    assert fresh(release).items.count() == 2
    assert "งบประมาณรายจ่าย" in page(client, url(release))


def test_search_offers_both_languages_in_one_row(open_office: Office, pair: list):
    found = candidates("รายจ่าย", open_office.reporter.user)

    assert [draft.title for draft in found[0].drafts] == ["งบประมาณรายจ่าย", "Annual budget"]
    assert candidates("annual", open_office.reporter.user) == found


def test_search_finds_records_and_says_what_is_elsewhere(open_office: Office, pair: list):
    department = open_office.department(title="กองช่าง")
    release_of(open_office, department, title="อื่น")
    open_office.reporter.submit(pair[0])

    record = candidates("กองช่าง", open_office.reporter.user)[0]
    news = candidates("รายจ่าย", open_office.reporter.user)[0]

    assert "อื่น" in record.drafts[0].obstacle
    assert [bool(draft.obstacle) for draft in news.drafts] == [True, False]


def test_search_leaves_out_what_is_public_as_it_is(open_office: Office):
    item = open_office.publish(open_office.draft(title="เผยแพร่แล้ว"))
    assert candidates("เผยแพร่แล้ว", open_office.reporter.user) == []

    open_office.edit(item, summary="แก้")
    assert len(candidates("เผยแพร่แล้ว", open_office.reporter.user)) == 1


def test_three_people_sign_in_the_browser_and_all_is_public(open_office: Office, pair: list):
    release = submitted(open_office, *pair)

    for role in ("reporter", "approver", "publisher"):
        clerk = getattr(open_office, role)
        client = browser(clerk)
        assert "งบประมาณ" in page(client, reverse("wagtailadmin_home"))
        client.post(url(release, "sign"), typed(client, release, clerk))

    assert fresh(release).state == Release.State.PUBLISHED
    assert all(map(is_public, pair))
    assert "ตำแหน่ง approver" in page(browser(open_office.overseer), url(release))


@pytest.mark.parametrize(
    "changes",
    [
        {"password": "wrong"},
        {"password": ""},
        {"full_name": "คนอื่น"},
        {"content_hash": "0" * 64},
        {f"check_{next(iter(CHECKLISTS['reporter']))}": ""},
    ],
)
def test_screen_filled_in_wrongly_signs_nothing(open_office: Office, pair: list, changes: dict):
    release, client = submitted(open_office, *pair), browser(open_office.reporter)
    values = typed(client, release, open_office.reporter, **changes)
    before = Signature.objects.count()

    answer = client.post(url(release, "sign"), values)

    assert answer.context["form"].errors
    assert Signature.objects.count() == before


@pytest.mark.parametrize("role", ["approver", "publisher", "root", "overseer", "translator"])
def test_screen_of_somebody_else(open_office: Office, pair: list, role: str):
    release = submitted(open_office, *pair)
    values = typed(browser(open_office.reporter), release, getattr(open_office, role))
    before, client = Signature.objects.count(), browser(getattr(open_office, role))

    assert client.get(url(release, "sign")).status_code == 302
    assert client.post(url(release, "sign"), values).status_code == 302
    assert Signature.objects.count() == before


def test_release_that_changed_while_it_was_read(open_office: Office, pair: list):
    release = signed_by(open_office, submitted(open_office, *pair), "reporter")
    client = browser(open_office.approver)
    values = typed(client, release, open_office.approver)
    open_office.edit(pair[1], title="Other words")
    before = Signature.objects.count()

    client.post(url(release, "sign"), values)

    assert Signature.objects.count() == before
    assert "Other words" in page(browser(open_office.reporter), url(release))
    assert fresh(release).round == 2


def test_failed_publication_is_told_on_the_screen(open_office: Office):
    section = open_office.section(open_office.home, title="ใหม่", slug="new-section")
    child = open_office.draft(section, title="ลูกที่ค้าง")
    release = signed_by(
        open_office, submitted(open_office, child, open_office.draft()), "reporter", "approver"
    )
    client = browser(open_office.publisher)

    answer = client.post(url(release, "sign"), typed(client, release, open_office.publisher))

    assert "ลูกที่ค้าง" in str(answer.context["form"].non_field_errors())
    assert fresh(release).state == Release.State.SIGNING


def test_returning_names_the_item_and_the_reason(open_office: Office, pair: list):
    release, client = submitted(open_office, *pair), browser(open_office.reporter)
    about = {"about": str(release.items.last().pk), "reason": "ตัวเลขไม่ตรง"}

    client.post(
        url(release, "return"), typed(client, release, open_office.reporter, "return", **about)
    )

    assert fresh(release).state == Release.State.RETURNED
    assert "Annual budget" in fresh(release).notice
    assert "ตัวเลขไม่ตรง" in page(client, url(release))


@pytest.mark.parametrize("name", ["submit", "cancel", "remove"])
def test_buttons_of_those_who_may_not(open_office: Office, pair: list, name: str):
    release = release_of(open_office, *pair)
    values = {"item": release.items.first().pk}

    for clerk in (open_office.approver, open_office.overseer, open_office.publisher):
        browser(clerk).post(url(release, name), values)

    assert fresh(release).state == Release.State.PREPARING
    assert release.items.count() == 2


def test_buttons_take_no_get(open_office: Office, pair: list):
    release = release_of(open_office, *pair)

    assert browser(open_office.reporter).get(url(release, "cancel")).status_code == 405


def test_item_of_another_release_is_not_taken_out(open_office: Office, pair: list):
    one, other = release_of(open_office, pair[0]), release_of(open_office, pair[1])

    browser(open_office.reporter).post(url(one, "remove"), {"item": other.items.first().pk})

    assert other.items.count() == 1


def test_every_signer_reads_each_item_as_it_will_be_published(open_office: Office, pair: list):
    record = open_office.department(title="กองช่าง")
    release = submitted(open_office, *pair, record)

    for role in ("reporter", "approver", "executive", "publisher", "overseer"):
        client = browser(getattr(open_office, role))
        for row in release.items.all():
            preview = reverse("releases:preview", args=[release.pk, row.pk])
            assert client.get(preview).status_code == 200


def test_editor_of_an_item_leads_to_its_release(open_office: Office, pair: list):
    record = open_office.department()
    release = release_of(open_office, *pair, record)
    client = browser(open_office.reporter)

    for item in (pair[0], record):
        html = page(client, edit_url(item))
        assert url(release) in html
        assert "action-submit" not in html


def test_item_is_not_sent_by_a_hand_made_request(open_office: Office, pair: list):
    from tests.admin import filled_in

    client = browser(open_office.reporter)
    sent = {"action-submit": "1", "procurement-count": "0"}
    values = filled_in(client, edit_url(pair[0]), **sent)
    release_of(open_office, *pair)

    client.post(edit_url(pair[0]), values)

    assert open_office.fresh(pair[0]).current_workflow_state is None


def test_differing_times_are_pointed_out(open_office: Office, pair: list):
    from django.utils import timezone

    open_office.edit(pair[0], go_live_at=timezone.now() + timezone.timedelta(days=1))
    client = browser(open_office.reporter)

    assert client.get(url(release_of(open_office, *pair))).context["windows_differ"]


def test_list_costs_the_same_however_many_releases(open_office: Office, pair: list):
    client = browser(open_office.reporter)
    submitted(open_office, *pair)
    page(client, reverse("releases:index"))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, reverse("releases:index"))
        return len(captured)

    few = queries()
    for _number in range(3):
        submitted(open_office, open_office.draft(), open_office.draft())
    assert queries() == few


def test_signer_compares_each_item_but_signs_none_alone(open_office: Office, pair: list):
    release, client = submitted(open_office, *pair), browser(open_office.reporter)
    before = Signature.objects.count()

    for row in client.get(url(release, "sign")).context["rows"]:
        screen = client.get(row.compare_url)
        assert screen.status_code == 200
        assert screen.context["signing"] is None
        client.post(row.compare_url, {"action": "approve", "password": PASSWORD})

    assert Signature.objects.count() == before


def test_request_form_has_a_place_for_whoever_signed_the_release(open_office: Office, pair: list):
    assessed = {"benefits": "ก", "harms": "ข", "after_effects": "ค"}
    urgent = open_office.draft(is_urgent=True, **assessed)
    roles = ("reporter", "approver", "executive", "publisher")
    signed_by(open_office, submitted(open_office, urgent, pair[0]), *roles)

    form = form_of_publication(latest(pair[0]))

    assert [block.role for block in form.blocks] == list(roles)
    assert all(block.signature for block in form.blocks)
