"""Lists of which the SQL is written once: no question gets the rows of another one."""

import datetime
from typing import Any

import pytest
from django.utils import timezone
from graphql import parse
from wagtail.models import PageViewRestriction

from cms.publication.models import Publication
from content_api import lists, statements
from content_api.context import Context
from content_api.execution import answer
from content_api.orders import PageOrder
from tests.api.appended import append
from tests.api.ask import ask
from tests.office import Office

DAY = datetime.timedelta(days=1)
LIST = """query (
  $locale: Locale! = TH, $fallback: [Locale!], $filter: NewsFilter, $where: PageWhere,
  $order: PageOrder! = TITLE, $asOf: DateTime, $first: Int, $after: String, $last: Int
) {
  news(
    locale: $locale, fallback: $fallback, filter: $filter, where: $where, order: $order,
    asOf: $asOf, first: $first, after: $after, last: $last
  ) { totalCount nodes { title } pageInfo { hasNextPage endCursor } }
}"""
KINDS = ["general", "activity", "announcement"]


@pytest.fixture
def three(open_office: Office) -> Office:
    """Three items in Thai and one in English alone; no SQL that another test had written."""
    statements._kept.clear()
    for number, kind in enumerate(KINDS, start=1):
        append(open_office, title=f"t{number}", posted_on=f"2026-01-0{number}", kind=kind)
    append(open_office, title="e1", posted_on="2026-01-09", kind="general", locale="en")
    return open_office


def titles(**variables: Any) -> list[str]:
    return [node["title"] for node in ask(LIST, **variables)["news"]["nodes"]]


def each_twice(*questions: dict[str, Any]) -> list[list[str]]:
    """The titles for each question, asked in turn and then again in the other order."""
    found = [titles(**question) for question in questions]
    assert [titles(**question) for question in reversed(questions)] == found[::-1]
    return found


def kept() -> list[Any]:
    """The lists of which the SQL is kept; None: it could not be."""
    return [statement for (key, *_), statement in statements._kept.items() if "news" in str(key)]


def test_languages_have_lists_of_their_own(three):
    assert each_twice(
        {"locale": "TH"},
        {"locale": "EN"},
        {"locale": "EN", "fallback": ["TH"]},
        {"locale": "TH", "fallback": ["EN"]},
    ) == [["t1", "t2", "t3"], ["e1"], ["e1", "t1", "t2", "t3"], ["e1", "t1", "t2", "t3"]]
    assert len(kept()) == 4
    assert None not in kept()


def test_filters_have_lists_of_their_own(three):
    assert each_twice(
        {"filter": {"kind": ["GENERAL"]}},
        {"filter": {"kind": ["ACTIVITY"]}},
        {"filter": {"kind": ["GENERAL", "ACTIVITY"]}},
        {"filter": {"postedFrom": "2026-01-02"}},
        {"filter": {"postedUntil": "2026-01-02"}},
        {},
    ) == [["t1"], ["t2"], ["t1", "t2"], ["t2", "t3"], ["t1", "t2"], ["t1", "t2", "t3"]]


def test_conditions_have_lists_of_their_own(three):
    assert each_twice(
        {"where": {"title": {"eq": "t1"}}},
        {"where": {"title": {"eq": "t2"}}},
        {"where": {"title": {"in": ["t1", "t2"]}}},
        {"where": {"title": {"contains": "T"}}},
        {"where": {"not": {"title": {"eq": "t1"}}}},
        {"where": {"newsPage": {"kind": {"eq": "ACTIVITY"}}}},
        {"where": {"or": [{"title": {"eq": "t1"}}, {"title": {"eq": "t3"}}]}},
        {"where": {"and": [{"title": {"eq": "t1"}}, {"title": {"eq": "t3"}}]}},
    ) == [["t1"], ["t2"], ["t1", "t2"], ["t1", "t2", "t3"], ["t2", "t3"], ["t2"], ["t1", "t3"], []]


@pytest.mark.parametrize(
    "text",
    ["' OR 1=1 --", "t1') --", "%s", "%", "\\", '"', "\ue0000\ue000", "1901-02-03 04:05:06.789012"],
)
def test_texts_are_never_sql_nor_taken_for_a_moment(three, text):
    append(three, title=text, posted_on="2026-01-05", kind="general")

    for _time in range(2):
        assert titles(where={"title": {"eq": text}}) == [text]
        assert titles(where={"title": {"startsWith": text}}) == [text]


def test_orders_and_sizes_have_lists_of_their_own(three):
    assert each_twice(
        {"order": "TITLE"},
        {"order": "POSTED"},
        {"order": "POSTED", "first": 1},
        {"order": "POSTED", "last": 1},
        {"order": "KIND"},
    ) == [["t1", "t2", "t3"], ["t3", "t2", "t1"], ["t3"], ["t1"], ["t1", "t3", "t2"]]


def test_every_page_of_a_list_is_of_one_statement(three):
    seen, after = [], None
    for _page in range(3):
        found = ask(LIST, first=1, after=after)["news"]
        after = found["pageInfo"]["endCursor"]
        seen += [node["title"] for node in found["nodes"]]

    assert seen == ["t1", "t2", "t3"]
    assert len(kept()) == 2  # of the first page, and of all that come after a cursor


def test_each_moment_has_its_own_rows(three):
    append(
        three,
        title="over",
        posted_on="2026-01-08",
        begins=timezone.now() - 3 * DAY,
        ends=timezone.now() - DAY,
    )
    append(three, title="later", posted_on="2026-01-07", begins=timezone.now() + DAY)
    then = (timezone.now() - 2 * DAY).isoformat()

    assert each_twice({}, {"asOf": then}) == [["t1", "t2", "t3"], ["over"]]
    assert len(kept()) == 1


def test_what_begins_is_listed_from_then_on(three, monkeypatch):
    begins = timezone.now() + DAY
    append(three, title="later", posted_on="2026-01-07", begins=begins)
    assert titles() == ["t1", "t2", "t3"]

    monkeypatch.setattr(timezone, "now", lambda: begins + DAY)
    assert titles() == ["later", "t1", "t2", "t3"]


def test_a_day_of_this_week_is_asked_as_it_is(three):
    today = timezone.localdate().isoformat()

    assert each_twice({"filter": {"postedUntil": today}}, {"filter": {"postedFrom": today}}) == [
        ["t1", "t2", "t3"],
        [],
    ]
    assert kept() == [None, None]


def test_private_pages_are_told_to_their_readers_alone(open_office: Office):
    section = open_office.show(open_office.section(open_office.news, title="ลับ", slug="secret"))
    open_office.show(open_office.draft(section, title="ลับ", posted_on=datetime.date(2026, 1, 1)))
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    unlocked = frozenset({str(section.translation_key)})

    def found(context: Context) -> list[str]:
        result = answer(parse("{ news { nodes { title } } }"), {}, context)
        return [node["title"] for node in (result.data or {})["news"]["nodes"]]

    for _time in range(2):
        assert found(Context(unlocked=unlocked)) == ["ลับ"]
        assert found(Context()) == []


def test_withdrawn_items_leave_a_list_at_once(three):
    assert titles() == ["t1", "t2", "t3"]
    Publication.objects.filter(title="t2").update(withdrawn_at=timezone.now())

    assert titles() == ["t1", "t3"]


def test_long_questions_fill_nobodys_memory(three):
    choices = [f"x{number:03}" * 10 for number in range(lists.MAX_REPEATED // 40)]

    assert titles(where={"title": {"in": ["t1", *choices]}}) == ["t1"]
    assert kept() == []


def test_nothing_is_asked_for_nothing(three):
    assert titles(filter={"kind": []}) == []
    assert titles(filter={"kind": ["GENERAL"]}) == ["t1"]


WALK = """query ($order: PageOrder!, $first: Int, $after: String, $last: Int, $before: String) {
  pages(order: $order, first: $first, after: $after, last: $last, before: $before) {
    nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""


def walked(order: str) -> list[Any]:
    """Everything that both walks say, two rows at a time."""
    said: list[Any] = []
    for size, end, cursor in (("first", "after", "endCursor"), ("last", "before", "startCursor")):
        place = None
        for _page in range(6):
            said.append(ask(WALK, **{"order": order, size: 2, end: place})["pages"])
            place = said[-1]["pageInfo"][cursor]
    return said


@pytest.mark.parametrize("order", [value.name for value in PageOrder._meta.enum])
def test_walks_are_those_of_the_queryset(open_office: Office, order: str, monkeypatch):
    for number in (2, 1, 3, 1, 2):
        day = f"2026-05-1{number}"
        append(open_office, title=f"n{number}", posted_on=day, kind=KINDS[number - 1])
        append(open_office, "PlanPage", title=f"p{number}", fiscal_year=2560 + number)
        times = {"starts_at": f"{day}T02:00:00Z", "ends_at": f"{day}T03:00:00Z"}
        append(open_office, "EventPage", title=f"e{number}", **times)
    statements._kept.clear()
    found = [walked(order), walked(order)]
    assert None not in statements._kept.values()

    monkeypatch.setattr(lists, "MAX_REPEATED", 0)
    assert found == [walked(order)] * 2
