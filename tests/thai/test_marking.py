"""Words that a search found are marked in safe HTML, and texts are cut between words alone."""

from cms.thai.marking import SNIPPET, has_any, marked, snippet
from cms.thai.words import terms_in


def test_everything_else_is_escaped():
    assert marked("<b>ขยะ</b>", ["ขยะ"]) == "&lt;b&gt;<mark>ขยะ</mark>&lt;/b&gt;"


def test_signs_at_the_end_of_a_word_are_not_marked():
    assert marked("survey-2569.pdf", ["survey"]) == "<mark>survey</mark>-2569.pdf"


def test_words_that_touch_are_marked_as_one():
    assert marked("รับสมัครพนักงาน", ["รับสมัคร", "พนักงาน"]) == "<mark>รับสมัครพนักงาน</mark>"


def test_digits_are_marked_as_they_were_written():
    assert marked("ปี ๒๕๖๙", ["2569"]) == "ปี <mark>๒๕๖๙</mark>"


def test_letters_within_another_word_are_none():
    assert not has_any("ปู", ["ป"])


def test_snippet_stands_around_the_word():
    text = "ข้อความก่อนหน้า " * 40 + "วัคซีน" + " ข้อความตามหลัง" * 40
    found = snippet(text, ["วัคซีน"])

    assert "<mark>วัคซีน</mark>" in found
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert len(found) < SNIPPET + 40


def test_snippet_never_cuts_a_word():
    text = "องค์การบริหารส่วนตำบลประกาศรับสมัครพนักงานจ้างทั่วไป" * 20
    whole = {term.text for term in terms_in(text)}

    for length in range(60):
        cut = str(snippet(text[length:], ["พนักงาน"])).strip("… ")
        plain = cut.replace("<mark>", "").replace("</mark>", "")
        last = [term.text for term in terms_in(plain) if not term.is_part][-1]
        assert last in whole


def test_text_without_the_word_is_shown_from_its_beginning():
    assert snippet("ข้อความสั้น", ["จรวด"]) == "ข้อความสั้น"
    assert snippet("", ["จรวด"]) == ""
