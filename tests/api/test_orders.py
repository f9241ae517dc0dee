"""Lists stand in the orders of an enum and in no other."""

import pytest

from tests.api.appended import append
from tests.api.ask import ask, ask_for_result
from tests.office import Office

PAGES = """query ($order: PageOrder!) {
  pages(order: $order, filter: {under: "/th/news/"}) { nodes { title } }
}"""


def titles(order: str) -> list[str]:
    return [node["title"] for node in ask(PAGES, order=order)["pages"]["nodes"]]


def test_titles_stand_as_in_a_thai_dictionary(open_office: Office):
    for title in ("โรงเรียน", "ราชการ", "แก้ว", "เก่า", "ข้าว", "ขาว", "Zebra"):
        append(open_office, title=title)

    assert titles("TITLE") == ["เก่า", "แก้ว", "ขาว", "ข้าว", "ราชการ", "โรงเรียน", "Zebra"]


def test_menu_goes_by_the_offices_order_then_by_title(open_office: Office):
    for title, order in (("แก้ว", 2), ("ไก่", 1), ("เก่า", 1)):
        append(open_office, title=title, menu_order=order)

    assert titles("MENU") == ["เก่า", "ไก่", "แก้ว"]


def test_newest_and_oldest_go_by_signing(open_office: Office):
    first = open_office.show(open_office.draft(title="หนึ่ง"))
    open_office.show(open_office.draft(title="สอง"))
    open_office.show(open_office.edit(first, summary="แก้ไข"))

    assert titles("NEWEST") == ["หนึ่ง", "สอง"]
    assert titles("OLDEST") == ["สอง", "หนึ่ง"]


def test_events_go_by_their_days_and_nothing_else_is_listed(open_office: Office):
    for begins, ends in (("20", "21"), ("10", "30")):
        days = {"starts_at": f"2026-05-{begins}T02:00:00Z", "ends_at": f"2026-05-{ends}T02:00:00Z"}
        append(open_office, "EventPage", title=begins, **days)
    append(open_office)

    assert titles("BEGINS") == ["10", "20"]
    assert titles("ENDS") == ["20", "10"]


def test_kinds_stand_as_they_are_declared(open_office: Office):
    for kind in ("local-ordinance", "act", "regulation"):
        append(open_office, "LawPage", title=kind, kind=kind)

    assert titles("KIND") == ["act", "regulation", "local-ordinance"]


def test_latest_fiscal_year_comes_first(open_office: Office):
    for year in (2568, 2570, 2569):
        append(open_office, "PlanPage", title=str(year), fiscal_year=year)

    assert titles("FISCAL_YEAR") == ["2570", "2569", "2568"]


def test_records_are_ordered_too(open_office: Office):
    for number, title in enumerate(("แก้ว", "เก่า", "ไก่")):
        append(open_office, "Position", title=title, sort_order=number, has_page=False)

    query = """query ($order: RecordOrder!) {
      records(type: ["Position"], order: $order) { nodes { title } }
    }"""
    found = {
        order: [node["title"] for node in ask(query, order=order)["records"]["nodes"]]
        for order in ("MENU", "TITLE", "NEWEST")
    }
    assert found == {
        "MENU": ["แก้ว", "เก่า", "ไก่"],
        "TITLE": ["เก่า", "แก้ว", "ไก่"],
        "NEWEST": ["ไก่", "เก่า", "แก้ว"],
    }


@pytest.mark.parametrize("order", ["owner__password", "-id", "SNAPSHOT"])
def test_no_other_order_can_be_asked_for(open_office: Office, order):
    assert ask_for_result(PAGES, order=order).errors
