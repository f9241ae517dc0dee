"""`search` and `suggestions` find what is public now, and tell nothing of what is not."""

import datetime
import json

import pytest
from django.utils import timezone

from cms.publication import search_index
from tests.api.appended import append
from tests.api.ask import ask, ask_for_result
from tests.office import Office
from tests.publication.withdrawing import withdraw

SEARCH = """query (
  $query: String!, $types: [String!], $department: ID, $years: [Int!], $dateFrom: Date,
  $dateUntil: Date, $locale: Locale! = TH, $first: Int, $after: String
) {
  search(
    query: $query, types: $types, department: $department, years: $years, dateFrom: $dateFrom,
    dateUntil: $dateUntil, locale: $locale, first: $first, after: $after
  ) {
    totalCount
    didYouMean
    pageInfo { hasNextPage endCursor }
    nodes { page { title } titleHtml snippetHtml }
    facets {
      types { key label count } departments { key label count } years { key label count }
    }
  }
}"""
SUGGESTIONS = """query ($prefix: String!, $locale: Locale! = TH, $first: Int! = 5) {
  suggestions(prefix: $prefix, locale: $locale, first: $first)
}"""
# Titles of the kind that offices write, and the words that people look for them by.
TITLES = {
    "job": "เทศบาลเปิดรับสมัครพนักงานจ้างตำแหน่งผู้ช่วยเจ้าหน้าที่",
    "road": "ประกาศจัดซื้อจัดจ้างก่อสร้างถนนคอนกรีตเสริมเหล็ก ปี ๒๕๖๙",
    "dog": "กำหนดการฉีดวัคซีนป้องกันโรคพิษสุนัขบ้า",
    "crab": "ปูทะเลและปลา",
    "plan": "แผนพัฒนาท้องถิ่นห้าปี",
}
WORDS = {
    "สมัคร": ["job"], "พนักงาน": ["job"], "รับสมัครพนักงาน": ["job"], "เจ้าหน้าที่": ["job"],
    "ถนน": ["road"], "จัดซื้อจัดจ้าง": ["road"], "2569": ["road"], "๒๕๖๙": ["road"],
    "วัคซีน": ["dog"], "พิษสุนัขบ้า": ["dog"], "ปู": ["crab"], "ปี": ["road", "plan"],
    "กองช่าง": ["road"], "งบประมาณ": ["road"], "วัคซีน สุนัข": ["dog"], "ถนน วัคซีน": [],
}  # fmt: skip
BEGINNINGS = {
    "สมั": "job", "พนัก": "job", "รับสมัครพนั": "job", "ถน": "road", "เทศ": "job",
    "วัคซี": "dog", "ห้าป": "plan",
}  # fmt: skip


def search(query: str, **variables) -> dict:
    return ask(SEARCH, query=query, **variables)["search"]


def titles(query: str, **variables) -> list[str]:
    return [node["page"]["title"] for node in search(query, **variables)["nodes"]]


def suggestions(prefix: str, **variables) -> list[str]:
    return ask(SUGGESTIONS, prefix=prefix, **variables)["suggestions"]


@pytest.fixture
def library(open_office: Office) -> Office:
    """Five items of news as an office writes them."""
    for name, title in TITLES.items():
        text = "งบประมาณ 1,500,000 บาท ติดต่อกองช่าง" if name == "road" else ""
        append(open_office, title=title, summary=text, kind="announcement")
    return open_office


def test_ordinary_thai_words_and_beginnings_are_found(library):
    found = {word: sorted(titles(word)) for word in WORDS}
    begun = {prefix: suggestions(prefix) for prefix in BEGINNINGS}

    assert found == {word: sorted(TITLES[name] for name in names) for word, names in WORDS.items()}
    assert begun == {prefix: [TITLES[name]] for prefix, name in BEGINNINGS.items()}


def test_words_in_the_title_come_before_those_in_the_text(open_office: Office):
    file = {"file": "0" * 64, "title": "ตลาด"}
    html = [{"type": "rich_text", "id": "1", "value": "<p>ตลาด<b>สด</b></p>"}]
    append(open_office, title="ไฟล์", attachments=[{"type": "document", "id": "1", "value": file}])
    append(open_office, title="เนื้อหา", body=html)
    append(open_office, title="สรุป", summary="ตลาดนัด")
    append(open_office, title="ตลาดน้ำ")
    append(open_office, title="ตลาดเก่า")

    assert titles("ตลาด") == ["ตลาดเก่า", "ตลาดน้ำ", "สรุป", "เนื้อหา", "ไฟล์"]


def test_files_of_blocks_are_found_by_title_and_name(open_office: Office):
    file = {"file": "0" * 64, "title": "แผนที่ตำบล"}
    block = {"type": "map_resource", "id": "1", "value": {"title": "แผนที่", "file": file}}
    files = {"0" * 64: {"filename": "survey-2569.pdf"}}
    append(open_office, "DatasetPage", title="ข้อมูล", resources=[block], files=files)

    assert titles("ตำบล") == titles("survey") == ["ข้อมูล"]


def test_cursors_walk_through_what_was_found(open_office: Office):
    for number in range(5):
        append(open_office, title=f"ตลาด {number}")

    seen, after = [], None
    for _part in range(3):
        part = search("ตลาด", first=2, after=after)
        seen += [node["page"]["title"][-1] for node in part["nodes"]]
        after = part["pageInfo"]["endCursor"]
    assert "".join(seen) == "43210"
    assert not part["pageInfo"]["hasNextPage"]


def test_what_was_found_is_marked_and_everything_else_escaped(open_office: Office):
    long = "ก่อนหน้านี้ไม่มีอะไร" * 20
    text = f"<p>{long} <b>&lt;script&gt;</b> วัคซีนป้องกัน {long}</p>"
    body = [{"type": "rich_text", "id": "1", "value": text}]
    append(open_office, title='<b>วัคซีน</b> "ฟรี"', body=body)

    (found,) = search("วัคซีน")["nodes"]
    assert found["titleHtml"] == "&lt;b&gt;<mark>วัคซีน</mark>&lt;/b&gt; &quot;ฟรี&quot;"
    assert "<mark>วัคซีน</mark>" in found["snippetHtml"]
    assert "&lt;script&gt; " in found["snippetHtml"]
    assert len(found["snippetHtml"]) < 300


def test_facets_count_what_each_choice_would_leave(open_office: Office):
    division = open_office.show(open_office.department(title="กองช่าง"))
    key = str(division.translation_key)
    append(open_office, title="ถนน 1", department=key)
    append(open_office, "PlanPage", title="ถนน 2", fiscal_year=2569)
    append(open_office, "PlanPage", title="ถนน 3", fiscal_year=2570, department=key)
    append(open_office, "PlanPage", title="น้ำ", fiscal_year=2570)

    found = search("ถนน", types=["PlanPage"])
    assert found["totalCount"] == 2
    counts = {
        name: {row["key"]: row["count"] for row in rows} for name, rows in found["facets"].items()
    }
    assert counts == {
        "types": {"PlanPage": 2, "NewsPage": 1},
        "departments": {f"{key}:th": 1},
        "years": {"2570": 1, "2569": 1},
    }
    assert found["facets"]["departments"][0]["label"] == "กองช่าง"
    assert list(map(str, (row["key"] for row in found["facets"]["years"]))) == ["2570", "2569"]


def test_search_is_narrowed(open_office: Office):
    division = "0" * 8 + "-0000-4000-8000-" + "0" * 12
    append(open_office, title="ถนน 1", department=division, posted_on="2026-01-05")
    append(open_office, "PlanPage", title="ถนน 2", fiscal_year=2569, posted_on="2026-02-05")

    assert titles("ถนน", types=["PlanPage"]) == ["ถนน 2"]
    assert titles("ถนน", department=f"{division}:th") == ["ถนน 1"]
    assert titles("ถนน", years=[2569, 2570]) == ["ถนน 2"]
    assert titles("ถนน", dateFrom="2026-01-06") == ["ถนน 2"]
    assert titles("ถนน", dateUntil="2026-01-05") == ["ถนน 1"]
    assert titles("ถนน", types=["PlanPage"], years=[2570]) == []


def test_each_language_is_searched_by_itself(open_office: Office):
    append(open_office, title="Road works", locale="en")
    append(open_office, title="Road ภาษาไทย")

    assert titles("ROAD", locale="EN") == ["Road works"]
    assert suggestions("wor", locale="EN") == ["Road works"]


def test_a_word_that_nothing_has_is_corrected_from_public_titles(library):
    append(library, title="Vaccination schedule", locale="en")

    assert search("Vacination", locale="EN")["didYouMean"] == "vaccination"
    assert search("จรวดอวกาศ")["didYouMean"] is None
    assert search("วัคซีน")["didYouMean"] is None


def test_nothing_is_told_of_what_is_not_public_now(open_office: Office):
    """Drafts, what is to begin, what is over, withdrawn or superseded: in no answer at all."""
    now, hour = timezone.now(), datetime.timedelta(hours=1)
    append(open_office, title="ลับหนึ่ง xyzzy", begins=now + hour, fiscal_year=2599)
    append(open_office, title="ลับสอง xyzzy", begins=now - 2 * hour, ends=now - hour)
    open_office.draft(title="ลับสาม xyzzy")
    gone = open_office.show(open_office.draft(title="ลับสี่ xyzzy"))
    withdraw(open_office, gone)
    old = open_office.show(open_office.draft(title="ลับห้า xyzzy"))
    open_office.show(open_office.edit(old, title="ของใหม่"))

    for query in ("xyzzy", "xyzz", "xyzzi", "ลับ", "ลับห้า"):
        answer = ask(SEARCH, query=query)["search"]
        assert answer["totalCount"] == 0
        assert json.dumps(answer, ensure_ascii=False).count("ลับ") == 0
        assert answer["facets"] == {"types": [], "departments": [], "years": []}
        assert answer["didYouMean"] is None
        assert suggestions(query) == []


def test_a_new_version_is_found_by_its_own_words_alone(open_office: Office):
    page = open_office.show(open_office.draft(title="ถนนลูกรัง"))
    open_office.show(open_office.edit(page, title="ถนนคอนกรีต"))

    assert titles("ลูกรัง") == []
    assert titles("คอนกรีต") == titles("ถนน") == ["ถนนคอนกรีต"]


def test_an_index_that_is_built_again_finds_the_same(library):
    before = {word: titles(word) for word in WORDS}
    number = search_index.rebuild()

    assert number >= len(TITLES)
    assert {word: titles(word) for word in WORDS} == before


@pytest.mark.parametrize(
    "query", ["", " ", '"', "'", "\\", "*", "a* OR b*", "NEAR(a b)", "title : a", "&|!():*<->",
              "ก'ข\\", "%", "😀", "-", "\t", "a" * 200]
)  # fmt: skip
def test_signs_of_query_languages_are_only_signs(library, query):
    assert titles(query) == []
    assert suggestions(query) == []


@pytest.mark.parametrize(
    "variables", [{"query": "a" * 201}, {"query": "a\x00"}, {"query": "a", "department": "1"}]
)
def test_what_is_no_search_is_refused(open_office: Office, variables):
    (error,) = ask_for_result(SEARCH, **variables).errors
    assert error.extensions["code"] == "BAD_USER_INPUT"


def test_suggestions_are_few(library):
    assert ask_for_result(SUGGESTIONS, prefix="ก", first=11).errors
    assert len(suggestions("ป", first=1)) == 1
