"""Common questions: one address for each, the search without scripts, search engines (1.1 (5))."""

import json
import unicodedata

import pytest
from django.test import Client

from pages.models import FaqPage, Listing
from tests.office import Office
from tests.website.reading import block, read
from website.question_search import marked_html, search

TAX = ("ต้องชำระภาษีที่ดินเมื่อใด", "<p>ภายในเดือนเมษายนของทุกปี ที่<b>กองคลัง</b></p>")
WATER = ("ขอใช้น้ำประปาหมู่บ้านอย่างไร", "<p>ยื่นคำขอที่กองช่าง อายุ ๖๐ ปีขึ้นไปไม่ต้องเสียค่าธรรมเนียม</p>")
BIN = ("ขอถังขยะได้ที่ใด", "<p>ติดต่อกองสาธารณสุข ใช้ Line หรือที่ café ก็ได้</p>")


@pytest.fixture
def section(open_office: Office):
    """A public section that lists questions."""
    found = open_office.section(
        open_office.home, title="คำถามที่พบบ่อย", slug="faq", listing=Listing.QUESTIONS
    )
    return open_office.show(found)


def topic(office: Office, section, *pairs: tuple[str, str], **fields) -> FaqPage:
    draft = office.page(section, FaqPage, **{"title": "หัวข้อ", "slug": "topic", **fields})
    blocks = [block("faq", {"question": q, "answer": a}) for q, a in pairs]
    return office.show(office.edit(draft, questions=json.dumps(blocks)))


@pytest.fixture
def asked(open_office: Office, section) -> Office:
    """Two topics with three questions."""
    topic(open_office, section, TAX, title="ภาษี", slug="tax")
    topic(open_office, section, WATER, BIN, title="บริการ", slug="service")
    return open_office


def found(query: str) -> list[str]:
    page = read(f"/th/faq/?q={query}")
    return [title.get_text().strip() for title in page.select(".found-question h3")]


def marks(query: str) -> list[str]:
    return [mark.get_text() for mark in read(f"/th/faq/?q={query}").select("mark")]


def test_each_question_has_an_address_of_its_own(asked: Office):
    page = read("/th/faq/tax/")
    (question,) = page.select("details.faq-question")

    address = question.select_one(".faq-link a")["href"]
    assert address.startswith("#q-")
    assert page.select_one(f"details {address}")


def test_list_leads_to_each_question(asked: Office):
    page = read("/th/faq/")
    links = [link["href"] for link in page.select(".topic li a")]

    assert [link.partition("#q-")[0] for link in links] == [
        "/th/faq/service/",
        "/th/faq/service/",
        "/th/faq/tax/",
    ]


def test_address_of_a_question_survives_another_signing(asked: Office):
    before = read("/th/faq/tax/").select_one(".faq-link a")["href"]
    page = FaqPage.objects.get(slug="tax", locale=asked.thai)
    asked.publish(asked.edit(page, title="เรื่องภาษี"))

    assert read("/th/faq/tax/").select_one(".faq-link a")["href"] == before


@pytest.mark.parametrize(
    ("query", "question"),
    [
        ("ภาษีที่ดิน", TAX),
        ("กองคลัง", TAX),
        ("เมษายน", TAX),
        ("น้ำประปา", WATER),
        ("ประปา", WATER),
        ("น้ำ", WATER),
        ("อยากขอใช้น้ำต้องทำอย่างไร", WATER),
        ("60", WATER),
        ("๖๐", WATER),
        ("ถังขยะ", BIN),
        ("ขยะ", BIN),
        ("LINE", BIN),
    ],
)
def test_any_word_of_a_question_or_an_answer_finds_it(asked: Office, query, question):
    assert found(query)[0] == question[0]


def test_letters_that_are_no_word_of_it_find_nothing(asked: Office):
    assert found("ยน") == []


def test_decomposed_letters_find_it(asked: Office):
    decomposed = unicodedata.normalize("NFD", "café")
    assert decomposed != "café"
    assert found(decomposed) == found("café") == [BIN[0]]


def test_question_comes_before_answer(asked: Office, open_office: Office, section):
    topic(open_office, section, ("เปิดกี่โมง", "<p>น้ำประปาไม่หยุด</p>"), title="อื่น", slug="other")

    assert found("น้ำประปา") == [WATER[0], "เปิดกี่โมง"]


def test_more_words_come_first(asked: Office):
    assert found("กองช่าง ถังขยะ กองสาธารณสุข")[0] == BIN[0]


def test_words_that_were_found_are_marked(asked: Office):
    assert "กองคลัง" in marks("กองคลัง")
    assert "ภาษีที่ดิน" in marks("ภาษีที่ดิน")
    assert "๖๐" in marks("60")


def test_result_leads_to_its_question(asked: Office):
    link = read("/th/faq/?q=กองคลัง").select_one(".found-question a")

    assert link["href"].startswith("/th/faq/tax/#q-")


def test_search_keeps_what_was_typed(asked: Office):
    page = read("/th/faq/?q=ภาษี")

    assert page.select_one("main input[name=q]")["value"] == "ภาษี"
    assert page.select_one("main form.search-form")["method"] == "get"


def test_search_that_finds_nothing_says_so_and_leads_back(asked: Office):
    page = read("/th/faq/?q=จรวด")

    assert page.select_one(".nothing")
    assert page.select_one(".count a")["href"] == "/th/faq/"


def test_search_is_safe(asked: Office):
    page = read('/th/faq/?q=<script>alert("1")</script>')

    assert page.select_one("main input[name=q]")["value"] == '<script>alert("1")</script>'
    assert all(script.get("src") for script in page.find_all("script"))


@pytest.mark.parametrize("query", ["%00", "x" * 5000, "%20", "%F0%9F%98%80", "((("])
def test_odd_searches_are_answered(asked: Office, client: Client, query: str):
    assert client.get(f"/th/faq/?q={query}").status_code == 200


def test_search_engines_are_told_questions_and_answers(asked: Office):
    script = read("/th/faq/tax/").select_one('script[type="application/ld+json"]')
    data = json.loads(script.string)

    assert data["@type"] == "FAQPage"
    assert data["mainEntity"][0]["name"] == TAX[0]
    assert "เมษายน" in data["mainEntity"][0]["acceptedAnswer"]["text"]


def test_no_question_breaks_out_of_the_script(open_office: Office, section):
    topic(open_office, section, ("</script><b>&", "<p>x</p>"), slug="sly")

    script = read("/th/faq/sly/").select_one('script[type="application/ld+json"]')
    assert json.loads(script.string)["mainEntity"][0]["name"] == "</script><b>&"


def test_marking_leaves_tags_alone():
    html = '<p>ดู<a href="/th/ขยะ/">ขยะ</a> &amp; น้ำ</p>'

    assert marked_html(html, ["ขยะ"]) == '<p>ดู<a href="/th/ขยะ/"><mark>ขยะ</mark></a> &amp; น้ำ</p>'


def test_rare_word_counts_more_than_a_common_one():
    questions = [
        {"question": text, "answer": {"html": ""}}
        for text in ("ภาษี ป้าย", "ภาษี น้ำ", "ภาษี ขยะ", "รถ ขยะ")
    ]

    best = search("ภาษี ป้าย", questions)
    assert best[0]["question"] == "ภาษี ป้าย"
    assert len(best) == 3
