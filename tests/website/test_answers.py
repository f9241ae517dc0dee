"""Questions from the public with answers: the page, and the list by topic."""

import datetime
import json

import pytest

from pages.models import Listing, QuestionAnswerPage
from tests.office import Office
from tests.website.reading import block, read, thai, words
from website.listings import answers


@pytest.fixture
def board(open_office: Office) -> Office:
    """An office with a section that lists answers, at /th/answers/."""
    section = open_office.section(
        open_office.home, title="ถามตอบ", slug="answers", listing=Listing.ANSWERS
    )
    open_office.show(section)
    return open_office


def answered(office: Office, title: str, day: int = 1, **fields):
    return office.show(
        office.page(
            office.home,
            QuestionAnswerPage,
            title=title,
            question=fields.pop("question", "ขอทราบวันเปิดทำการ"),
            asked_on=datetime.date(2026, 1, day),
            answered_on=datetime.date(2026, 2, day),
            answer=json.dumps([block("rich_text", "<p>จันทร์ถึง<b>ศุกร์</b></p>")]),
            **fields,
        )
    )


def titles(path: str = "/th/answers/") -> list[str]:
    return [words(title) for title in read(path).select(".answer-items h3")]


def test_latest_answer_stands_first(board: Office):
    answered(board, "ใหม่", day=9)
    answered(board, "เก่า", day=2)

    assert titles() == ["ใหม่", "เก่า"]


def test_one_topic(board: Office):
    answered(board, "เรื่องภาษี", topic="ภาษี")
    answered(board, "เรื่องถนน", topic="ถนน")

    links = read("/th/answers/").select(".filters a")
    (taxes,) = [link["href"] for link in links if "ภาษี" in words(link)]
    assert titles(taxes) == ["เรื่องภาษี"]


def test_topics_say_how_many_answers_they_have(board: Office):
    for title in ("หนึ่ง", "สอง"):
        answered(board, title, topic="ภาษี")

    assert "ภาษี 2" in [words(link) for link in read("/th/answers/").select(".filters a")]


def test_topic_that_nobody_asked_about_leads_back(board: Office):
    answered(board, "เรื่องภาษี", topic="ภาษี")

    nothing = read("/th/answers/?topic=<script>").select_one(".nothing")
    assert nothing.a["href"] == "/th/answers/"


def test_list_goes_on_within_the_topic(board: Office, monkeypatch):
    monkeypatch.setattr(answers, "PAGE_SIZE", 1)
    answered(board, "สอง", day=1, topic="ภาษี")
    answered(board, "หนึ่ง", day=2, topic="ภาษี")
    answered(board, "อื่น", day=3, topic="ถนน")

    following = read("/th/answers/?topic=ภาษี").select_one("a[rel=next]")["href"]
    assert titles(following) == ["สอง"]


def test_bad_cursor_is_refused_in_words(board: Office):
    assert words(read("/th/answers/?after=x", 400).h1) == thai("This list does not go on here")


def test_empty_board_says_so(board: Office):
    assert words(read("/th/answers/").select_one(".nothing"))


def test_page_shows_question_answer_and_both_days(open_office: Office):
    answered(open_office, "วันเปิดทำการ", slug="hours", topic="ติดต่อ")

    page = read("/th/hours/")
    assert "ขอทราบวันเปิดทำการ" in words(page.select_one(".question blockquote"))
    assert "จันทร์ถึง ศุกร์" in words(page.select_one(".answer .body"))
    assert page.select_one(".question time")["datetime"] == "2026-01-01"
    assert page.select_one(".answer time")["datetime"] == "2026-02-01"


def test_page_is_told_to_search_engines(open_office: Office):
    answered(open_office, "วันเปิดทำการ", slug="hours", question="</script> เปิดวันใด")

    found = json.loads(read("/th/hours/").select_one("script[type='application/ld+json']").string)
    question = found["mainEntity"]
    assert found["@type"] == "QAPage"
    assert question["text"] == "</script> เปิดวันใด"
    assert question["answerCount"] == 1
    assert question["acceptedAnswer"]["text"] == "จันทร์ถึงศุกร์"


def test_answer_counts_as_posted_on_its_day(open_office: Office):
    page = answered(open_office, "วันเปิดทำการ")

    assert page.posted_on == datetime.date(2026, 2, 1)
