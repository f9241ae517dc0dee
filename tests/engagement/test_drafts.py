"""From the desk into a draft, and from there the way of every draft."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cms.engagement.drafts import draft_question, place_opinions
from cms.engagement.handling import moderate, reply
from cms.engagement.models import Case, CaseEvent
from cms.engagement.personal_data import personal_data_in
from cms.publication.models import Publication
from pages.models import ConsultationPage, QuestionAnswerPage
from tests.admin import browser
from tests.engagement.desk import desk_url, handler
from tests.engagement.standing import EMAIL, WORDS, Form
from tests.office import Office


@pytest.fixture
def answered(open_office: Office, question_form: Form) -> Case:
    """A question that was answered."""
    question_form.send(
        question_form.typed(**{WORDS["id"]: "โทร 08 1234 5678", EMAIL["id"]: "a@example.com"})
    )
    return reply(Case.objects.get(), handler(open_office, "question").user, "ซ่อมแล้ว")


def typed(office: Office, **values: Any) -> dict[str, Any]:
    return {
        "section": office.news.pk,
        "title": "ไฟถนน",
        "topic": "ถนน",
        "question": "ไฟถนนดับหน้าตลาด",
        "answer": "ซ่อมแล้ว\n<b>ครบ</b>",
        **values,
    }


def test_form_shows_the_texts_and_warns_of_personal_data(open_office: Office, answered: Case):
    desk = browser(handler(open_office, "question"))

    content = desk.get(desk_url("question", "publish", answered.reference)).content.decode()

    assert "โทร 08 1234 5678</textarea>" in content
    assert "สมหญิง" not in content
    assert "08 1234 5678</li>" in content


def test_question_becomes_a_draft_that_nobody_reads_until_it_is_signed(
    open_office: Office, answered: Case
):
    desk = browser(handler(open_office, "question"))
    before = open_office.public()

    response = desk.post(desk_url("question", "publish", answered.reference), typed(open_office))

    page = QuestionAnswerPage.objects.get()
    answered.refresh_from_db()
    assert response.url == f"/admin/pages/{page.pk}/edit/"
    assert (page.live, page.question, page.topic) == (False, "ไฟถนนดับหน้าตลาด", "ถนน")
    assert "&lt;b&gt;ครบ&lt;/b&gt;" in str(page.answer)
    assert answered.draft_page_id == page.pk
    assert open_office.public() == before


def test_signed_question_is_public_without_the_asker(open_office: Office, answered: Case):
    user = handler(open_office, "question").user
    page = draft_question(
        answered,
        user,
        section=open_office.news,
        title="ไฟถนน",
        question="ไฟถนนดับ",
        answer="ซ่อมแล้ว",
    )

    open_office.show(page)

    snapshot = Publication.objects.get(subject=page.translation_key).snapshot
    assert "ซ่อมแล้ว" in snapshot
    assert not [word for word in ("สมหญิง", "a@example.com", answered.reference) if word in snapshot]


def test_wrong_form_keeps_what_was_typed(open_office: Office, answered: Case):
    desk = browser(handler(open_office, "question"))

    response = desk.post(
        desk_url("question", "publish", answered.reference), typed(open_office, section="")
    )

    assert "ไฟถนนดับหน้าตลาด</textarea>" in response.content.decode()
    assert not QuestionAnswerPage.objects.exists()


def test_question_without_an_answer_is_not_published(open_office: Office, question_form: Form):
    question_form.send()
    desk = browser(handler(open_office, "question"))

    desk.post(desk_url("question", "publish", Case.objects.get().reference), typed(open_office))

    assert not QuestionAnswerPage.objects.exists()


@pytest.mark.parametrize("who", ["reporter", "complaint"])
def test_stranger_makes_no_draft_of_a_question(open_office: Office, answered: Case, who: str):
    clerk = open_office.reporter if who == "reporter" else handler(open_office, who)

    with pytest.raises(PermissionDenied):
        draft_question(
            answered, clerk.user, section=open_office.news, title="x", question="x", answer="x"
        )

    assert not QuestionAnswerPage.objects.exists()


def test_handler_who_may_not_write_there_makes_no_draft(open_office: Office, answered: Case):
    clerk = handler(open_office, "question")
    clerk.user.groups.get(name__startswith="ผู้ตอบ").page_permissions.all().delete()

    with pytest.raises(PermissionDenied):
        draft_question(
            answered, clerk.user, section=open_office.news, title="x", question="x", answer="x"
        )


@pytest.fixture
def hearing(open_office: Office) -> Form:
    """A hearing with one opinion accepted, one set aside and one still to be read."""
    form = Form("opinion")
    for words in ("ควรซ่อม", "ไม่เกี่ยว", "ยังไม่อ่าน"):
        form.send(form.typed(**{WORDS["id"]: words}))
    accepted, set_aside, _new = Case.objects.order_by("pk")
    user = handler(open_office, "opinion").user
    moderate(accepted, user, "accepted", "ควรซ่อมถนน")
    moderate(set_aside, user, "set_aside", "ไม่เกี่ยวกับประเด็น")
    return form


def opinions(page: Any) -> list[str]:
    draft = ConsultationPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return [block.value["text"] for block in draft.opinions]


@pytest.fixture
def editor(open_office: Office) -> Any:
    """Somebody at the hearings' desk who also edits pages."""
    return handler(open_office, "opinion", open_office.reporter.user.username)


def test_accepted_opinions_join_the_draft_once(open_office: Office, hearing: Form, editor: Any):
    before = open_office.public()

    numbers = [place_opinions(hearing.page, editor.user) for _time in range(2)]

    assert numbers == [1, 0]
    assert opinions(hearing.page) == ["ควรซ่อมถนน"]
    assert open_office.public() == before


def test_opinions_follow_earlier_ones(open_office: Office, hearing: Form, editor: Any):
    place_opinions(hearing.page, editor.user)
    moderate(Case.objects.get(state="new"), editor.user, "accepted", "อีกข้อ")
    place_opinions(hearing.page, editor.user)

    assert opinions(hearing.page) == ["ควรซ่อมถนน", "อีกข้อ"]
    assert CaseEvent.objects.filter(kind="drafted").count() == 2


def test_page_of_hearings_tells_how_many_wait(open_office: Office, hearing: Form, editor: Any):
    desk = browser(editor)
    url = desk_url("opinion", "opinions")

    assert f'name="page" value="{hearing.page.pk}"' in desk.get(url).content.decode()
    response = desk.post(url, {"page": hearing.page.pk})

    assert response.url == f"/admin/pages/{hearing.page.pk}/edit/"
    assert f'value="{hearing.page.pk}"' not in desk.get(url).content.decode()


def test_who_may_not_edit_the_hearing_places_nothing(open_office: Office, hearing: Form):
    with pytest.raises(PermissionDenied):
        place_opinions(hearing.page, handler(open_office, "opinion").user)
    with pytest.raises(PermissionDenied):
        place_opinions(hearing.page, open_office.publisher.user)

    assert opinions(hearing.page) == []


def test_hearing_that_is_being_signed_takes_nothing(
    open_office: Office, hearing: Form, editor: Any
):
    open_office.reporter.submit(hearing.page)

    with pytest.raises(PermissionDenied):
        place_opinions(hearing.page, editor.user)

    assert opinions(hearing.page) == []
    assert Case.objects.filter(state="accepted", draft_page_id=None).count() == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("ติดต่อ a.b@example.co.th", 1),
        ("โทร ๐๘-๑๒๓๔-๕๖๗๘", 1),
        ("เลข 1-2345-67890-12-3", 1),
        ("งบ 1,250,000 บาท พ.ศ. 2569", 0),
        ("บ้านเลขที่ 123/4 หมู่ 5", 0),
    ],
)
def test_personal_data_is_found(text: str, count: int):
    assert len(personal_data_in(text)) == count
