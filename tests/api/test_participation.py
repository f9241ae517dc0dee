"""Topics, downloads and results of hearings: what they answer, and at what cost."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content_api.operations import run
from pages.models import ConsultationPage, ConsultationResultPage, EventPage, QuestionAnswerPage
from tests.api.ask import ask, variables_of
from tests.office import Office, document
from tests.publication.withdrawing import withdraw
from tests.website.calendar_reading import at
from tests.website.reading import block, published

TOPICS = '{ topics(type: "QuestionAnswerPage") { name count } }'
DAY = datetime.date(2026, 11, 24)


def answer(office: Office, topic: str):
    return office.show(
        office.page(
            office.home,
            QuestionAnswerPage,
            topic=topic,
            question="เมื่อใด",
            answer=json.dumps([block("rich_text", "<p>พรุ่งนี้</p>")]),
            asked_on=DAY,
            answered_on=DAY,
        )
    )


def hearing(office: Office):
    field = block("multi_line_field", {"label": "ความเห็น", "required": True})
    page = office.page(
        office.home,
        ConsultationPage,
        body=json.dumps([block("rich_text", "<p>ประเด็น</p>")]),
        form_fields=json.dumps([field]),
        purpose="ก",
        legal_basis="ข",
        recipients="ค",
        accepts_from=DAY,
        accepts_until=DAY,
    )
    return office.show(page)


def result(office: Office, consultation):
    parts = dict.fromkeys(("issues", "participants", "outcome", "use"), "<p>ก</p>")
    return office.show(
        office.page(office.home, ConsultationResultPage, consultation=consultation, **parts)
    )


def with_file(office: Office, number: int):
    file = document(f"content {number}".encode(), f"{number}.pdf")
    return published(office, attachments=json.dumps([block("document", file.pk)]))


def event(office: Office, number: int):
    begins = at("2026-11-24", f"{number + 8:02d}:00")
    return office.show(
        office.page(office.home, EventPage, starts_at=begins, ends_at=begins, place="หอประชุม")
    )


def cost(ask_for) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask_for()
    return len(captured)


def test_topics_are_counted_the_most_frequent_first(open_office: Office):
    for topic in ("ถนน", "ภาษี", "ภาษี"):
        answer(open_office, topic)

    assert ask(TOPICS)["topics"] == [{"name": "ภาษี", "count": 2}, {"name": "ถนน", "count": 1}]


def test_withdrawn_answers_do_not_count(open_office: Office):
    withdraw(open_office, answer(open_office, "ภาษี"))

    assert ask(TOPICS)["topics"] == []


def test_answers_without_a_topic_have_none(open_office: Office):
    answer(open_office, "")

    assert ask(TOPICS)["topics"] == []


def test_results_of_many_hearings_cost_what_those_of_one_do(open_office: Office):
    query = """{ pages(filter: {type: ["ConsultationPage"]}) {
      nodes { ... on ConsultationPage { results { title path } } } } }"""
    result(open_office, hearing(open_office))
    few = cost(lambda: ask(query))
    for _number in range(3):
        result(open_office, hearing(open_office))

    assert cost(lambda: ask(query)) == few
    found = ask(query)["pages"]["nodes"]
    assert [len(node["results"]) for node in found] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("name", "add"), [("downloads", with_file), ("events", event)], ids=["downloads", "events"]
)
def test_long_lists_cost_what_short_ones_do(open_office: Office, name: str, add):
    def ask_for() -> None:
        assert run(name, variables_of(name, "TH")).errors is None

    add(open_office, 0)
    few = cost(ask_for)
    for number in range(1, 5):
        add(open_office, number)
    assert cost(ask_for) == few


def test_downloads_of_one_day_can_be_walked_to_the_end(open_office: Office):
    for number in range(3):
        with_file(open_office, number)

    seen, after = [], None
    query = """query ($after: String) { downloads(first: 1, after: $after) {
      nodes { file { filename } } pageInfo { hasNextPage endCursor } } }"""
    while True:
        found = ask(query, after=after)["downloads"]
        seen += [node["file"]["filename"] for node in found["nodes"]]
        if not found["pageInfo"]["hasNextPage"]:
            break
        after = found["pageInfo"]["endCursor"]
    assert sorted(name.split(".")[-1] for name in seen) == ["pdf"] * 3
    assert len(set(seen)) == 3
