"""Lists go both ways by cursors, each of which belongs to one order."""

import base64
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.appended import append
from tests.api.ask import ask, ask_for_result
from tests.office import Office

LIST = """query (
  $order: PageOrder! = POSTED, $first: Int, $after: String, $last: Int, $before: String
) {
  news(order: $order, first: $first, after: $after, last: $last, before: $before) {
    nodes { title }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""
ORDERS = ["NEWEST", "OLDEST", "POSTED", "TITLE", "MENU", "KIND"]


@pytest.fixture
def five(open_office: Office) -> Office:
    """Five items of news, posted on five days, published in another order."""
    for number in (3, 1, 5, 2, 4):
        append(open_office, title=f"ข่าว {number}", posted_on=f"2026-01-0{number}")
    return open_office


def part(**variables) -> tuple[str, dict]:
    """The numbers of the items of a part of the list, and its page info."""
    found = ask(LIST, **variables)["news"]
    return "".join(node["title"][-1] for node in found["nodes"]), found["pageInfo"]


def test_the_list_is_walked_forwards(five):
    numbers, info = part(first=2)
    assert (numbers, info["hasPreviousPage"], info["hasNextPage"]) == ("54", False, True)

    numbers, info = part(first=2, after=info["endCursor"])
    assert (numbers, info["hasPreviousPage"], info["hasNextPage"]) == ("32", True, True)

    numbers, info = part(first=2, after=info["endCursor"])
    assert (numbers, info["hasPreviousPage"], info["hasNextPage"]) == ("1", True, False)


def test_the_list_is_walked_backwards_in_the_same_order(five):
    numbers, info = part(last=2)
    assert (numbers, info["hasPreviousPage"], info["hasNextPage"]) == ("21", True, False)

    numbers, info = part(last=2, before=info["startCursor"])
    assert (numbers, info["hasPreviousPage"], info["hasNextPage"]) == ("43", True, True)

    numbers, info = part(last=2, before=info["startCursor"])
    assert (numbers, info["hasPreviousPage"], info["hasNextPage"]) == ("5", False, True)


def test_a_list_between_two_cursors_is_cut_from_either_end(five):
    info = part(first=5)[1]
    between = {"after": info["startCursor"], "before": info["endCursor"]}

    assert part(first=2, **between)[0] == "43"
    assert part(last=2, **between)[0] == "32"


@pytest.mark.parametrize("order", ORDERS)
def test_walking_both_ways_shows_every_row_once(five, order):
    forwards, info = part(order=order, first=2)
    while info["hasNextPage"]:
        more, info = part(order=order, first=2, after=info["endCursor"])
        forwards += more
    backwards, info = part(order=order, last=2)
    while info["hasPreviousPage"]:
        more, info = part(order=order, last=2, before=info["startCursor"])
        backwards = more + backwards

    assert sorted(forwards) == list("12345")
    assert forwards == backwards


def test_nothing_beyond_an_empty_list(five):
    assert part(first=0)[1]["endCursor"] is None


def test_default_is_twenty(five):
    assert part()[0] == "54321"


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"first": 101}, "between 0 and 100"),
        ({"last": -1}, "between 0 and 100"),
        ({"first": 1, "last": 1}, "not both"),
        ({"after": "nonsense"}, "not one of ours"),
        ({"after": "W10"}, "not one of ours"),
        ({"after": "bnVsbA"}, "not one of ours"),
        ({"before": "ข่าว"}, "not one of ours"),
    ],
)
def test_what_makes_no_list_is_refused(five, variables, words):
    (error,) = ask_for_result(LIST, **variables).errors

    assert words in error.message
    assert error.extensions["code"] == "BAD_USER_INPUT"


def test_a_cursor_of_another_order_is_refused(five):
    cursor = part(order="TITLE", first=1)[1]["endCursor"]

    (error,) = ask_for_result(LIST, order="MENU", first=1, after=cursor).errors
    assert "another order" in error.message


def test_a_forged_cursor_of_a_wrong_type_is_refused(five):
    mark = json.loads(base64.urlsafe_b64decode(part(first=1)[1]["endCursor"] + "=="))[0]
    moments = ["2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"]
    wrong = [[], ["no day", 1], ["2026-01-01"], [{}, []], [None, None], ["2026-01-01", 10**30]]
    wrong += [[moment, 1] for moment in moments]
    for values in wrong:
        forged = base64.urlsafe_b64encode(json.dumps([mark, *values]).encode()).decode()
        (error,) = ask_for_result(LIST, after=forged).errors
        assert error.extensions["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize("text", ["a\x00b", "x" * 3000])
def test_a_forged_cursor_of_a_wrong_text_is_refused(five, text):
    mark = json.loads(base64.urlsafe_b64decode(part(order="TITLE")[1]["endCursor"] + "=="))[0]
    forged = base64.urlsafe_b64encode(json.dumps([mark, text, 1]).encode()).decode()

    (error,) = ask_for_result(LIST, order="TITLE", after=forged).errors
    assert error.extensions["code"] == "BAD_USER_INPUT"


def test_rows_are_counted_only_where_somebody_asks(five):
    with CaptureQueriesContext(connection) as captured:
        ask("{ news { nodes { title } pageInfo { hasNextPage } } }")
    assert len(captured) == 1

    with CaptureQueriesContext(connection) as captured:
        assert ask("{ news(first: 2) { totalCount } }")["news"]["totalCount"] == 5
    assert len(captured) == 2
