"""`where`: every public field of every type can be asked about, alone and together."""

import json
import uuid

import pytest
from graphql import get_named_type, is_list_type

from content_api.schema import schema
from content_api.types import object_types
from content_api.where import MAX_CONDITIONS
from tests.api.appended import append
from tests.api.ask import ask, ask_for_result
from tests.office import Office

PAGES = """query ($where: PageWhere) {
  pages(where: $where, order: OLDEST, filter: {under: "/th/news/"}) { totalCount nodes { title } }
}"""


RECORDS = """query ($where: RecordWhere) {
  records(type: ["Position"], where: $where) { nodes { title } }
}"""


def titles(where: dict) -> list[str]:
    return [node["title"] for node in ask(PAGES, where=where)["pages"]["nodes"]]


def refused(where: dict) -> str:
    (error,) = ask_for_result(PAGES, where=where).errors
    return error.message


@pytest.fixture
def mixed(open_office: Office) -> Office:
    """News, an event and a budget, each with values that the others lack."""
    file = {"file": "0" * 64, "title": "ไฟล์"}
    append(
        open_office,
        title=ROAD,
        summary='ลด 50% "ด่วน" a_b c\\d',
        kind="announcement",
        department=DIVISION,
        posted_on=DAY,
        official_information=["s7-1", "s9-3"],
        attachments=[{"type": "document", "id": "1", "value": file}],
        body=[],
    )
    append(
        open_office,
        title=CAFE,
        kind="activity",
        menu_order=3,
        official_information=["s9-3"],
        body=[],
    )
    moment = "2026-05-10T02:30:00Z"
    event = {"starts_at": moment, "ends_at": moment, "place": "ศาลา", "is_all_day": True}
    append(open_office, "EventPage", title=EVENT, **event)
    append(open_office, "BudgetPage", title=BUDGET, fiscal_year=2570, total_budget="1500000.50")
    return open_office


DIVISION = "0" * 8 + "-0000-4000-8000-" + "0" * 12
ROAD, CAFE, EVENT, BUDGET = "ซ่อมถนนปี ๒๕๖๙", "Café News", "งานวัด", "ข้อบัญญัติ"
DAY, MOMENT = "2026-01-05", "2026-05-10T09:30:00+07:00"
ONE_FIELD = [
    ({"title": {"eq": ROAD}}, [ROAD]),
    ({"title": {"eq": "ซ่อมถนนปี 2569"}}, [ROAD]),
    ({"title": {"in": [CAFE, EVENT]}}, [CAFE, EVENT]),
    ({"title": {"contains": "ถนน"}}, [ROAD]),
    ({"title": {"contains": "2569"}}, [ROAD]),
    ({"title": {"contains": "NEWS"}}, [CAFE]),
    ({"title": {"contains": "Cafe\u0301"}}, [CAFE]),
    ({"title": {"startsWith": "caf"}}, [CAFE]),
    ({"title": {"startsWith": "ถนน"}}, []),
    ({"summary": {"contains": "50%"}}, [ROAD]),
    ({"summary": {"contains": "5%d"}}, []),
    ({"summary": {"contains": "a_b"}}, [ROAD]),
    ({"summary": {"contains": "a__"}}, []),
    ({"summary": {"contains": "c\\d"}}, [ROAD]),
    ({"summary": {"contains": '"ด่วน"'}}, [ROAD]),
    ({"summary": {"isNull": True}}, [CAFE, EVENT, BUDGET]),
    ({"summary": {"isNull": False}}, [ROAD]),
    ({"postedOn": {"eq": DAY}}, [ROAD]),
    ({"postedOn": {"gt": DAY}}, []),
    ({"postedOn": {"gte": DAY, "lte": DAY}}, [ROAD]),
    ({"postedOn": {"isNull": True}}, [CAFE, EVENT, BUDGET]),
    ({"department": {"isNull": False}}, [ROAD]),
    ({"isUrgent": {"eq": False}}, [ROAD, CAFE, EVENT, BUDGET]),
    ({"fiscalYear": {"in": [2569, 2570]}}, [BUDGET]),
    ({"menuOrder": {"lt": 5}}, [CAFE]),
    ({"officialInformation": {"contains": "S7_1"}}, [ROAD]),
    ({"officialInformation": {"containsAny": ["S7_1", "S9_3"]}}, [ROAD, CAFE]),
    ({"officialInformation": {"isNull": True}}, [EVENT, BUDGET]),
    ({"attachments": {"isNull": False}}, [ROAD]),
    ({"newsPage": {}}, [ROAD, CAFE]),
    ({"newsPage": {"kind": {"eq": "ACTIVITY"}}}, [CAFE]),
    ({"newsPage": {"kind": {"in": ["ACTIVITY", "ANNOUNCEMENT"]}}}, [ROAD, CAFE]),
    ({"newsPage": {"leadImage": {"isNull": True}}}, [ROAD, CAFE]),
    ({"newsPage": {"body": {"isNull": True}}}, [ROAD, CAFE]),
    ({"eventPage": {"startsAt": {"eq": MOMENT}}}, [EVENT]),
    ({"eventPage": {"startsAt": {"lt": MOMENT}}}, []),
    ({"eventPage": {"startsAt": {"gte": MOMENT}}}, [EVENT]),
    ({"eventPage": {"isAllDay": {"eq": True}}}, [EVENT]),
    ({"eventPage": {"isAllDay": {"eq": False}}}, []),
    ({"eventPage": {"place": {"eq": "ศาลา"}}}, [EVENT]),
    ({"budgetPage": {"totalBudget": {"eq": "1500000.50"}}}, [BUDGET]),
    ({"budgetPage": {"totalBudget": {"gt": "200000"}}}, [BUDGET]),
    ({"budgetPage": {"totalBudget": {"gt": "1500001"}}}, []),
]
TOGETHER = [
    ({"or": [{"eventPage": {}}, {"newsPage": {"kind": {"eq": "ACTIVITY"}}}]}, [CAFE, EVENT]),
    ({"not": {"newsPage": {}}}, [EVENT, BUDGET]),
    # What has no value does not meet a condition, so it meets the contrary.
    ({"not": {"postedOn": {"eq": DAY}}}, [CAFE, EVENT, BUDGET]),
    ({"not": {"not": {"postedOn": {"eq": DAY}}}}, [ROAD]),
    ({"and": [{"newsPage": {}}, {"summary": {"isNull": True}}]}, [CAFE]),
    ({"newsPage": {}, "summary": {"isNull": True}}, [CAFE]),
    ({"newsPage": {}, "eventPage": {}}, []),
    ({"or": []}, []),
    ({"and": []}, [ROAD, CAFE, EVENT, BUDGET]),
    ({"or": [{}]}, [ROAD, CAFE, EVENT, BUDGET]),
    ({"title": None}, [ROAD, CAFE, EVENT, BUDGET]),
]


def test_each_kind_of_field_and_every_combination(mixed):
    wrong = {
        json.dumps(where, ensure_ascii=False): found
        for where, expected in ONE_FIELD + TOGETHER
        if (found := titles(where)) != expected
    }

    assert wrong == {}


def test_a_record_is_named_by_its_id(mixed):
    assert titles({"department": {"eq": f"{DIVISION}:th"}}) == [ROAD]
    assert titles({"department": {"in": [DIVISION]}}) == [ROAD]
    assert titles({"department": {"eq": str(uuid.uuid4())}}) == []
    assert refused({"department": {"eq": "1 OR 1=1"}}) == "This is not an id of ours."


def test_a_record_that_no_column_repeats_is_named_too(open_office: Office):
    append(open_office, "CioPage", title="ซีไอโอ", officer=DIVISION)

    assert titles({"cioPage": {"officer": {"eq": DIVISION}}}) == ["ซีไอโอ"]
    assert titles({"cioPage": {"officer": {"isNull": True}}}) == []


def test_records_without_a_page_are_asked_about_by_their_own_fields(open_office: Office):
    for title, holder in (("นายก", "สมชาย"), ("ปลัด", "สมหญิง")):
        append(open_office, "Position", title=title, holder=holder, has_page=False)

    found = ask(RECORDS, where={"position": {"holder": {"contains": "หญิง"}}})
    assert found["records"]["nodes"] == [{"title": "ปลัด"}]


def test_several_choices_are_asked_about(open_office: Office):
    for data_format in ("csv", "xlsx"):
        append(open_office, "DatasetPage", title=data_format, data_formats=[data_format])

    assert titles({"datasetPage": {"dataFormats": {"contains": "CSV"}}}) == ["csv"]


def test_every_public_field_of_every_type_can_be_asked_about(open_office: Office):
    """Each input field once, with a value of its kind: the database understands them all."""
    values = {
        "String": "x", "ID": str(uuid.uuid4()), "Int": 1, "Decimal": "1.5", "Boolean": True,
        "Date": DAY, "DateTime": MOMENT,
    }  # fmt: skip

    def value_of(kind):
        enum = getattr(get_named_type(kind), "values", None)
        value = next(iter(enum)) if enum else values[get_named_type(kind).name]
        return [value] if is_list_type(kind) else value

    kinds = schema.graphql_schema.type_map
    count = 0
    for root, query in (("PageWhere", PAGES), ("RecordWhere", RECORDS)):
        for name, field in kinds[root].fields.items():
            if name in ("and", "or", "not"):
                continue
            for where in _each(name, field.type, value_of):
                ask(query, where=where)
                count += 1
    assert count > 800


def _each(name, kind, value_of):
    """One `where` for each operator of each field below."""
    if kind.name.endswith("Where"):
        for inner, field in kind.fields.items():
            for where in _each(inner, field.type, value_of):
                yield {name: where}
    else:
        for operator, field in kind.fields.items():
            yield {name: {operator: value_of(field.type)}}


def test_every_type_has_its_conditions(open_office: Office):
    named = {name.removesuffix("Where") for name in schema.graphql_schema.type_map}
    assert set(object_types) <= named


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({"title": {"contains": "x" * 201}}, "at most 200"),
        ({"title": {"contains": "\x00"}}, "at most 200"),
        ({"title": {"in": ["x"] * 101}}, "at most 100"),
        ({"or": [{"title": {"eq": "x"}}] * (MAX_CONDITIONS + 1)}, "conditions"),
        ({"not": {"not": {"not": {"not": {"not": {"not": {"not": {"title": {"eq": "x"}}}}}}}}},
         "levels"),
        ({"postedOn": {"eq": "2569-01-01"}}, "common era"),
        ({"snapshot": {"contains": "x"}}, "not defined"),
        ({"newsPage": {"benefits": {"contains": "x"}}}, "not defined"),
    ],
)  # fmt: skip
def test_what_is_no_condition_is_refused(open_office: Office, where, words):
    assert words in refused(where)
