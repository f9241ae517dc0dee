"""What signers see before they sign, and what their forms do."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.publication.models import Publication
from cms.signoff.models import Decision, Signature
from cms.snapshot.snapshot import latest_snapshot
from tests.admin import browser, edit_url
from tests.moderation.screen import Screen, anonymous
from tests.office import Office
from tests.website.reading import block, in_english, published, thai, urgent, words


@pytest.fixture
def waiting(open_office: Office) -> Any:
    """An item that waits for the approver."""
    page = open_office.draft(title="ขุดลอกคลอง", summary="เริ่มวันจันทร์")
    open_office.reporter.submit(page)
    open_office.reporter.sign(page, comment="ตรวจแล้ว")
    return page


def role_of(office: Office, item: Any) -> str:
    return office.fresh(item).current_workflow_task.role


def text_of(screen: Screen) -> str:
    return words(screen.page)


# --- what is seen --------------------------------------------------------------------------


def test_frame_shows_the_draft_as_the_site_renders_it(open_office: Office, waiting: Any):
    answer = Screen(open_office.approver, waiting).frame("th")

    page = BeautifulSoup(answer.content, "html.parser")
    assert words(page.h1) == "ขุดลอกคลอง"
    assert page.select_one(".banner-draft")


def test_frame_may_only_be_shown_on_our_own_pages(open_office: Office, waiting: Any):
    answer = Screen(open_office.approver, waiting).frame("th")

    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer["Cache-Control"]


def test_hash_of_the_frame_is_the_hash_of_the_form(open_office: Office, waiting: Any):
    screen = Screen(open_office.approver, waiting)
    content_hash = latest_snapshot(waiting).content_hash

    assert screen.values()["content_hash"] == content_hash
    assert content_hash in text_of(screen)
    frame = screen.page.select_one("iframe")
    assert frame is not None
    assert content_hash in str(frame["src"])


def test_frame_of_a_draft_that_moved_on_shows_nothing_of_it(open_office: Office, waiting: Any):
    screen = Screen(open_office.approver, waiting)
    open_office.edit(waiting, title="อีกเรื่องหนึ่ง")

    answer = screen.frame("th")
    assert answer.status_code == 409
    assert "อีกเรื่องหนึ่ง" not in answer.content.decode()


def test_other_language_is_what_is_public_now(open_office: Office):
    page = published(open_office, title="คลอง", slug="canal")
    in_english(open_office, page, "Canal")
    page = open_office.edit(page, title="คลองใหม่")
    open_office.reporter.submit(page)

    screen = Screen(open_office.reporter, page)
    frame = screen.page.select_one("section[aria-labelledby=side-en] iframe")
    assert frame is not None
    assert frame["src"] == "/en/news/canal/"


def test_other_language_is_its_draft_where_that_is_being_signed(open_office: Office):
    page = published(open_office, title="คลอง", slug="canal")
    english = in_english(open_office, page, "Canal")
    english = open_office.edit(english, title="The new canal")
    open_office.reporter.submit(english)
    page = open_office.edit(page, title="คลองใหม่")
    open_office.reporter.submit(page)

    answer = Screen(open_office.reporter, page).frame("en")
    assert "The new canal" in answer.content.decode()


def test_missing_language_is_told(open_office: Office, waiting: Any):
    screen = Screen(open_office.approver, waiting)

    assert len(screen.page.select("iframe")) == 1
    message = "Nothing is public in this language, and nothing is being signed."
    assert thai(message) in text_of(screen)


def test_record_is_shown_with_its_fields(open_office: Office):
    division = open_office.department(title="กองช่าง", duties="ดูแลถนน")
    open_office.reporter.submit(division)

    answer = Screen(open_office.reporter, division).frame("th")
    assert "ดูแลถนน" in answer.content.decode()


def test_public_record_in_the_other_language_is_no_draft(open_office: Office):
    division = open_office.publish(open_office.department(title="กองช่าง"))
    english = division.copy_for_translation(open_office.english)
    english.title = "Public Works"
    english.save()
    english.save_revision(user=open_office.translator.user)
    open_office.publish(english)
    division = open_office.edit(division, title="กองช่างและผังเมือง")
    open_office.reporter.submit(division)

    page = BeautifulSoup(Screen(open_office.reporter, division).frame("en").content, "html.parser")
    assert words(page.h1) == "Public Works"
    assert page.select_one(".banner-draft") is None


def test_first_publication_is_said_to_be_one(open_office: Office, waiting: Any):
    screen = Screen(open_office.approver, waiting)

    assert thai("This is its first publication: all of it is new.") in text_of(screen)


def test_differences_from_the_public_version_are_marked(open_office: Office):
    page = published(open_office, summary="เริ่มวันจันทร์ เวลา 9.00 น.")
    page = open_office.edit(page, summary="เริ่มวันอังคาร เวลา 9.00 น.")
    open_office.reporter.submit(page)

    screen = Screen(open_office.reporter, page)
    [removed], [added] = screen.page.select("del"), screen.page.select("ins")
    assert "จันทร์" in words(removed)
    assert "อังคาร" in words(added)
    assert removed.select_one(".w-sr-only")  # not by colour alone


def test_moved_block_is_told(open_office: Office):
    blocks = [block("heading", text) for text in ("หนึ่ง", "สอง", "สาม")]
    page = published(open_office, *blocks)
    page = open_office.edit(page, body=json.dumps([blocks[2], *blocks[:2]]))
    open_office.reporter.submit(page)

    screen = Screen(open_office.reporter, page)
    assert thai("moved to another place") in words(screen.page.select_one(".differences"))


def test_changed_impact_assessment_is_shown_in_words(open_office: Office):
    page = published(open_office, **urgent())
    page = open_office.edit(page, harms="อาจเกิดความสับสน")
    open_office.reporter.submit(page)

    differences = words(Screen(open_office.reporter, page).page.select_one(".differences"))
    assert "อาจเกิดความสับสน" in differences
    assert thai("not shown to the public") in differences


def test_earlier_signer_is_named_with_the_remark(open_office: Office, waiting: Any):
    found = words(Screen(open_office.approver, waiting).page.select_one(".signing-signatures"))

    assert open_office.reporter.user.get_full_name() in found
    assert "ตรวจแล้ว" in found


def test_screen_costs_the_same_however_many_came_before(open_office: Office):
    def cost() -> int:
        page = open_office.draft()
        open_office.reporter.submit(page)
        screen = Screen(open_office.reporter, page)
        with CaptureQueriesContext(connection) as captured:
            screen.open()
        return len(captured)

    cost()
    few = cost()
    for _number in range(3):
        open_office.publish(open_office.draft())
    assert cost() == few


# --- who may ------------------------------------------------------------------------------


def test_stranger_is_sent_to_sign_in(open_office: Office, waiting: Any):
    screen = Screen(open_office.approver, waiting)
    answer = anonymous().get(screen.url)

    assert answer.status_code == 302
    assert reverse("wagtailadmin_login") in answer["Location"]


@pytest.mark.parametrize("part", ["", "preview/th/{hash}/"])
def test_who_may_not_edit_nor_sign_sees_nothing(open_office: Office, waiting: Any, part: str):
    content_hash = latest_snapshot(waiting).content_hash
    address = Screen(open_office.approver, waiting).url + part.format(hash=content_hash)

    answer = browser(open_office.overseer).get(address)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("wagtailadmin_home")


def test_who_wrote_it_reads_without_a_form(open_office: Office, waiting: Any):
    screen = Screen(open_office.reporter, waiting)

    assert "ขุดลอกคลอง" in text_of(screen)
    assert screen.page.select("form [name=password]") == []


def test_hand_made_request_of_another_role_signs_nothing(open_office: Office, waiting: Any):
    values = Screen(open_office.approver, waiting).values()
    values["full_name"] = open_office.publisher.user.get_full_name()
    before = Signature.objects.count()

    step = open_office.fresh(waiting).current_workflow_task_state.pk
    browser(open_office.publisher).post(reverse("moderation:sign", args=[step]), values)
    assert Signature.objects.count() == before
    assert role_of(open_office, waiting) == "approver"


def test_superuser_has_no_form(open_office: Office, waiting: Any):
    assert Screen(open_office.root, waiting).page.select("form [name=password]") == []


# --- signing and returning -----------------------------------------------------------------


def test_signing_on_the_screen_moves_the_item_on(open_office: Office, waiting: Any):
    answer = Screen(open_office.approver, waiting).send(comment="เห็นชอบ")

    assert answer.status_code == 302
    assert role_of(open_office, waiting) == "publisher"
    assert Signature.objects.latest("sequence").comment == "เห็นชอบ"


def test_last_signature_on_the_screen_publishes(open_office: Office, waiting: Any):
    Screen(open_office.approver, waiting).send()
    Screen(open_office.publisher, waiting).send()

    assert Publication.objects.filter(subject=waiting.translation_key).exists()


@pytest.mark.parametrize("wrong", [{"password": "wrong"}, {"check_disclosure": "(none)"}])
def test_mistake_keeps_what_was_typed_but_the_password(
    open_office: Office, waiting: Any, wrong: dict[str, str]
):
    screen = Screen(open_office.approver, waiting)
    before = Signature.objects.count()

    screen.send(comment="ข้อสังเกตยาว", position="หัวหน้า", **wrong)
    form = screen.form()
    assert Signature.objects.count() == before
    assert words(form.select_one("textarea[name=comment]")) == "ข้อสังเกตยาว"
    assert form.select_one("[name=position]")["value"] == "หัวหน้า"
    assert not form.select_one("[name=password]").get("value")
    assert form.select_one("[name=check_approve]").has_attr("checked")
    assert form.select_one(".error-message")


def test_content_that_changed_while_open_is_shown_anew(open_office: Office, waiting: Any):
    open_office.approver.sign(waiting, action="reject", comment="แก้")
    open_office.reporter.submit(open_office.fresh(waiting))
    screen = Screen(open_office.reporter, waiting)
    open_office.edit(waiting, title="ขุดลอกคลองใหม่")

    screen.send(comment="ของฉัน")
    assert role_of(open_office, waiting) == "reporter"
    message = "The content has changed since you opened it. Read it again before you sign."
    assert thai(message) in text_of(screen)
    assert "ขุดลอกคลองใหม่" in screen.frame("th").content.decode()
    form = screen.form()
    assert words(form.select_one("textarea[name=comment]")) == "ของฉัน"
    assert form.select("[type=checkbox][checked]") == []
    assert screen.send().status_code == 302  # read again, ticked again, signed
    assert role_of(open_office, waiting) == "approver"


def test_change_after_a_signature_leads_back_to_the_first_step(open_office: Office, waiting: Any):
    screen = Screen(open_office.approver, waiting)
    open_office.edit(waiting, title="อีกชื่อ")

    answer = screen.client.get(screen.url)
    assert answer.status_code == 302
    assert role_of(open_office, waiting) == "reporter"


def test_step_that_is_over_leads_on(open_office: Office, waiting: Any):
    screen = Screen(open_office.approver, waiting)
    open_office.approver.sign(waiting)

    now = open_office.fresh(waiting).current_workflow_task_state.pk
    assert screen.client.get(screen.url)["Location"] == reverse("moderation:sign", args=[now])


def test_returning_without_a_reason_is_refused(open_office: Office, waiting: Any):
    screen = Screen(open_office.approver, waiting)
    screen.send("reject", comment="")

    assert role_of(open_office, waiting) == "approver"
    assert screen.page.select_one("#return[open] .error-message")


def test_returning_keeps_the_draft_and_the_reason(open_office: Office, waiting: Any):
    Screen(open_office.approver, waiting).send("reject", comment="ตัวเลขไม่ตรง")

    signature = Signature.objects.latest("sequence")
    assert (signature.decision, signature.comment) == (Decision.REJECT, "ตัวเลขไม่ตรง")
    assert open_office.fresh(waiting).get_latest_revision_as_object().title == "ขุดลอกคลอง"


@pytest.mark.parametrize("role", ["approver", "publisher"])
def test_reason_reaches_the_reporter_on_the_dashboard_and_in_the_editor(
    open_office: Office, waiting: Any, role: str
):
    if role == "publisher":
        open_office.approver.sign(waiting)
    getattr(open_office, role).sign(waiting, action="reject", comment="ตัวเลขไม่ตรง")
    reporter = browser(open_office.reporter)

    for address in (reverse("wagtailadmin_home"), edit_url(waiting)):
        html = reporter.get(address).content.decode()
        assert "ตัวเลขไม่ตรง" in html
        assert getattr(open_office, role).user.get_full_name() in html


def test_writer_of_the_draft_is_told_as_well(open_office: Office):
    writer = open_office.clerk("writer", "reporter")
    page = open_office.edit(open_office.draft(), user=writer.user, title="แก้")
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    open_office.approver.sign(page, action="reject", comment="ไม่ครบ")

    assert "ไม่ครบ" in browser(writer).get(reverse("wagtailadmin_home")).content.decode()


def test_others_are_not_told(open_office: Office, waiting: Any):
    open_office.approver.sign(waiting, action="reject", comment="ตัวเลขไม่ตรง")

    for clerk in (open_office.approver, open_office.clerk("other", "reporter")):
        html = browser(clerk).get(reverse("wagtailadmin_home")).content.decode()
        assert "ตัวเลขไม่ตรง" not in html


def test_resubmitted_item_is_with_nobody_for_correction(open_office: Office, waiting: Any):
    open_office.approver.sign(waiting, action="reject", comment="ตัวเลขไม่ตรง")
    open_office.reporter.submit(open_office.fresh(waiting))

    html = browser(open_office.reporter).get(reverse("wagtailadmin_home")).content.decode()
    assert "ตัวเลขไม่ตรง" not in html


def test_earlier_round_stays_readable_after_the_correction(open_office: Office, waiting: Any):
    open_office.approver.sign(waiting, action="reject", comment="ตัวเลขไม่ตรง")
    open_office.edit(waiting, summary="แก้ตัวเลขแล้ว")
    open_office.reporter.submit(open_office.fresh(waiting))
    open_office.reporter.sign(waiting)

    earlier = words(Screen(open_office.approver, waiting).page.select_one(".signing-earlier"))
    assert "ตัวเลขไม่ตรง" in earlier
    assert "ตรวจแล้ว" in earlier


# --- the ways to it ------------------------------------------------------------------------


def test_editor_leads_to_the_screen_and_to_no_dialog(open_office: Office, waiting: Any):
    html = browser(open_office.approver).get(edit_url(waiting)).content.decode()
    step = open_office.fresh(waiting).current_workflow_task_state.pk

    assert f'href="{reverse("moderation:sign", args=[step])}"' in html
    assert "data-workflow-action" not in html


def test_dashboard_and_reports_lead_to_the_screen(open_office: Office, waiting: Any):
    step = open_office.fresh(waiting).current_workflow_task_state.pk
    link = f'href="{reverse("moderation:sign", args=[step])}"'

    for name in ("home", "reports:workflow", "reports:workflow_tasks"):
        address = reverse(f"wagtailadmin_{name}")
        html = browser(open_office.approver).get(address).content.decode()
        assert link in html
        assert "data-workflow-action" not in html


def test_stock_dialog_still_keeps_the_rules(open_office: Office, waiting: Any):
    step = open_office.fresh(waiting).current_workflow_task_state.pk
    address = reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", step])
    before = Signature.objects.count()

    values = Screen(open_office.approver, waiting).values(password="wrong")
    browser(open_office.approver).post(address, values)
    assert Signature.objects.count() == before
