"""What a desk does: read, assign, answer, note; every act is logged."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from cms.engagement.models import Case, CaseEvent, DeskSettings
from cms.engagement.permissions import handled_channels
from cms.engagement.reception import status
from tests.admin import browser
from tests.engagement.desk import act, desk_url, handler
from tests.engagement.standing import CLIENT, PICTURE, WORDS, Form, picture
from tests.office import Office


@pytest.fixture
def case(question_form: Form) -> Case:
    """A question with a picture."""
    question_form.send(files={PICTURE["id"]: [picture("บ่อ.png")]})
    return Case.objects.get()


@pytest.fixture
def desk(open_office: Office) -> Any:
    """A browser at the questions desk."""
    return browser(handler(open_office, "question"))


def kinds(case: Case) -> list[str]:
    return [event.kind for event in CaseEvent.objects.filter(reference=case.reference)]


def test_case_shows_what_was_sent(desk: Any, case: Case):
    content = desk.get(desk_url("question", "case", case.reference)).content.decode()

    assert "ไฟถนนดับหน้าตลาด" in content
    assert "บ่อ.png" in content
    assert case.receipt_token not in content


def test_what_was_sent_cannot_act_in_the_admin(desk: Any, question_form: Form):
    question_form.send(question_form.typed(**{WORDS["id"]: "<script>alert(1)</script>"}))
    case = Case.objects.get()

    content = desk.get(desk_url("question", "case", case.reference)).content.decode()

    assert "<script>alert(1)" not in content
    assert "&lt;script&gt;alert(1)" in content


def test_answer_closes_the_case_and_is_read_by_status(desk: Any, case: Case):
    act(desk, case, "reply", text="ซ่อมแล้ว", state="answered")

    found = status(case.reference, CLIENT)
    assert (found.state, found.answer) == ("answered", "ซ่อมแล้ว")
    assert found.answered_at is not None
    assert kinds(case) == ["received", "answered"]


def test_answer_without_words_is_refused_and_keeps_the_choice(desk: Any, case: Case):
    response = act(desk, case, "reply", text="", state="no_ground")

    case.refresh_from_db()
    assert case.state == "new"
    assert response.status_code == 200
    assert '<option value="no_ground" selected>' in response.content.decode()


@pytest.mark.parametrize("state", ["answered", "accepted", "nonsense"])
def test_state_that_needs_words_is_not_set_without(desk: Any, case: Case, state: str):
    act(desk, case, "state", state=state)

    case.refresh_from_db()
    assert case.state == "new"


def test_state_assignment_and_note_are_logged(desk: Any, open_office: Office, case: Case):
    other = handler(open_office, "question", "second")
    act(desk, case, "state", state="progress")
    act(desk, case, "assign", to=other.user.pk)
    act(desk, case, "note", text="โทรแล้ว")

    case.refresh_from_db()
    assert (case.state, case.handled_by) == ("progress", other.user)
    assert case.notes.get().text == "โทรแล้ว"
    assert kinds(case) == ["received", "state", "assigned", "noted"]
    assert "โทรแล้ว" not in str(list(CaseEvent.objects.values()))


def test_note_is_not_read_by_the_sender(desk: Any, case: Case):
    act(desk, case, "note", text="โทรแล้ว")

    assert "โทรแล้ว" not in str(status(case.reference, CLIENT))


def test_answered_case_is_opened_again(desk: Any, case: Case):
    act(desk, case, "reply", text="ซ่อมแล้ว", state="answered")
    act(desk, case, "state", state="progress")

    case.refresh_from_db()
    assert (case.state, case.answered_at) == ("progress", None)


def test_reading_is_logged_once_a_day(desk: Any, case: Case):
    for _time in range(3):
        desk.get(desk_url("question", "case", case.reference))
        list(desk.get(desk_url("question", "file", case.reference, case.files.get().pk)))

    assert kinds(case) == ["received", "opened", "file_opened"]


@pytest.mark.parametrize(
    "change",
    [
        lambda: CaseEvent.objects.update(detail="x"),
        lambda: CaseEvent.objects.all()._raw_delete("default"),
        lambda: CaseEvent.objects.first().delete(),
    ],
    ids=["update", "raw delete", "delete"],
)
def test_log_is_append_only(case: Case, change: Any):
    before = list(CaseEvent.objects.values())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()

    assert list(CaseEvent.objects.values()) == before


def test_file_is_a_download_under_its_name(desk: Any, case: Case):
    file = case.files.get()

    response = desk.get(desk_url("question", "file", case.reference, file.pk))
    list(response)

    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert "บ่อ" not in file.storage_name


def test_case_that_waits_too_long_is_marked(desk: Any, case: Case):
    url = desk_url("question")
    assert "desk-overdue" not in desk.get(url).content.decode()

    Case.objects.update(received_at=timezone.now() - datetime.timedelta(days=16))
    assert "desk-overdue" in desk.get(url).content.decode()

    site = Site.objects.get(is_default_site=True)
    DeskSettings.objects.create(site=site, answer_within_days=30)
    assert "desk-overdue" not in desk.get(url).content.decode()


def test_answered_case_is_not_overdue(desk: Any, case: Case):
    Case.objects.update(received_at=timezone.now() - datetime.timedelta(days=16), state="answered")

    assert "desk-overdue" not in desk.get(desk_url("question")).content.decode()


@pytest.mark.parametrize("typed", [str.lower, lambda r: r.replace("-", ""), lambda r: r[4:]])
def test_case_is_found_by_its_number(desk: Any, question_form: Form, typed: Any):
    references = [
        question_form.send(question_form.typed(**{WORDS["id"]: word})).reference for word in "กข"
    ]

    content = desk.get(desk_url("question"), {"q": typed(references[0])}).content.decode()

    assert references[0] in content
    assert references[1] not in content


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ("state=new", True),
        ("state=answered", False),
        ("waiting=open", True),
        ("waiting=overdue", False),
        ("waiting=nobody", True),
        ("waiting=mine", False),
        ("title=แบบฟอร์มทดสอบ", True),
        ("received_from=1/10/2569", True),
        ("received_from=2099-01-01", False),
        ("received_until=1/10/2560", False),
    ],
)
def test_list_is_filtered(desk: Any, case: Case, query: str, is_shown: bool):
    content = desk.get(f"{desk_url('question', 'index_results')}?{query}").content.decode()

    assert (case.reference in content) == is_shown


def test_list_costs_the_same_for_one_case_and_for_many(desk: Any, question_form: Form):
    url, counts = desk_url("question"), []
    desk.get(url)
    for words in ("ก", "ขคงจฉ"):
        for word in words:
            question_form.send(question_form.typed(**{WORDS["id"]: word}))
        with CaptureQueriesContext(connection) as queries:
            desk.get(url)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_dashboard_tells_what_waits(desk: Any, case: Case):
    content = desk.get("/admin/").content.decode()

    assert "citizens-waiting" in content
    assert f"{desk_url('question')}?waiting=open" in content


def test_opinion_is_accepted_in_words_without_names(open_office: Office):
    Form("opinion").send()
    case = Case.objects.get()
    desk = browser(handler(open_office, "opinion"))

    shown = desk.get(desk_url("opinion", "case", case.reference)).content.decode()
    act(desk, case, "moderate", state="accepted", public_text="ควรซ่อมถนน")

    case.refresh_from_db()
    assert "สมหญิง" not in shown.split('name="public_text"')[1].split("</textarea>")[0]
    assert (case.state, case.public_text, case.answer) == ("accepted", "ควรซ่อมถนน", "")


def test_opinion_is_set_aside_with_a_reason(open_office: Office):
    Form("opinion").send()
    case = Case.objects.get()
    desk = browser(handler(open_office, "opinion"))

    act(desk, case, "moderate", state="set_aside", public_text="x", reason="")
    case.refresh_from_db()
    assert case.state == "new"

    act(desk, case, "moderate", state="set_aside", public_text="x", reason="ไม่เกี่ยวกับประเด็น")
    case.refresh_from_db()
    assert (case.state, case.public_text) == ("set_aside", "")
    assert status(case.reference, CLIENT).answer == "ไม่เกี่ยวกับประเด็น"


def test_administrators_set_the_time_to_answer_and_see_no_case(open_office: Office):
    user = open_office.administrator.user

    assert user.has_perm("engagement.change_desksettings")
    assert handled_channels(user) == []
