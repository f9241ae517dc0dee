"""Forms on the site: filled in without scripts, taken whole or refused with nothing lost."""

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cms.engagement.guard import LIMITS
from cms.engagement.models import Case, CaseFile
from tests.engagement.standing import (
    DAY,
    EMAIL,
    FIELDS,
    NAME,
    PICTURE,
    TELEPHONE,
    TODAY,
    WORDS,
    Form,
    asks,
    picture,
)
from tests.office import Office
from tests.website.filling_in import Visitor, page_of
from tests.website.reading import read, thai, words

RIGHT = {NAME["id"]: "สมหญิง ตัวอย่าง", WORDS["id"]: "\nน้ำประปา <b>ไม่ไหล</b>"}
WRONG = {**RIGHT, NAME["id"]: ""}


@pytest.fixture
def visitor(open_office: Office) -> Visitor:
    """Somebody at an e-Form."""
    return Visitor(Form("form"))


@pytest.fixture
def witness(open_office: Office) -> Visitor:
    """Somebody who reports corruption."""
    return Visitor(Form("corruption"))


def test_every_control_has_a_label_and_says_whether_it_is_required(visitor: Visitor):
    page = visitor.opens()

    for field in FIELDS:
        control = page.select_one(f"[name='{field['id']}']")
        label = words(page.select_one(f"label[for='{control['id']}']"))
        assert field["value"]["label"] in label
        is_required = field["value"]["required"]
        assert (thai("required") in label) == is_required
        assert (control.get("aria-required") == "true") == is_required


def test_browser_may_fill_in_what_it_knows(visitor: Visitor):
    who = asks("single_line_field", "ชื่อ", autofill="name")
    visitor.form.publish(form_fields=[who, EMAIL, TELEPHONE, WORDS])
    page = visitor.opens()

    found = [page.select_one(f"[name='{f['id']}']").get("autocomplete") for f in (who, EMAIL)]
    assert found == ["name", "email"]
    assert page.select_one(f"[name='{TELEPHONE['id']}']")["autocomplete"] == "tel"


def test_help_is_tied_to_its_field(visitor: Visitor):
    asked = asks("single_line_field", "เลขที่", help_text="ตามทะเบียนบ้าน")
    visitor.form.publish(form_fields=[asked])
    page = visitor.opens()

    control = page.select_one(f"[name='{asked['id']}']")
    (help_id,) = control["aria-describedby"].split()
    assert words(page.find(id=help_id)) == "ตามทะเบียนบ้าน"


def test_headings_part_a_long_form(visitor: Visitor):
    heading = asks("form_section", "ประวัติการศึกษา")
    visitor.form.publish(form_fields=[heading, *FIELDS])

    assert words(visitor.opens().select_one("form.form h3")) == "ประวัติการศึกษา"
    assert visitor.sends(RIGHT).status_code == 303


def test_notice_stands_before_the_form(visitor: Visitor):
    page = visitor.opens()

    notice = page.select_one(".form-notice")
    for text in ("เพื่อติดต่อกลับ", "มาตรา 24 (4)", "สำนักปลัด", "90"):
        assert text in words(notice)
    assert notice.find_next("form") == page.select_one("form.form")


def test_notice_names_the_division_to_ask(visitor: Visitor):
    office = visitor.form.office
    division = office.department(telephone="0 1234 5678", email="tax@example.go.th")
    office.show(division)
    visitor.form.publish(department=division)

    links = [link["href"] for link in visitor.opens().select(".form-notice a")]
    assert links == ["tel:012345678", "mailto:tax@example.go.th"]


def test_consent_is_asked_for_only_where_it_is_the_basis(visitor: Visitor):
    assert visitor.opens().select_one("[name=consent]") is None

    visitor.form.publish(needs_consent=True)
    refused = visitor.sends(RIGHT)
    assert refused.status_code == 422
    assert page_of(refused).select_one(".form-summary a")["href"] == "#f-consent"
    assert visitor.sends({**RIGHT, "consent": "yes"}).status_code == 303


def test_sent_form_leads_to_the_copy(visitor: Visitor):
    response = visitor.sends(RIGHT)

    case = Case.objects.get()
    assert response.status_code == 303
    assert response["Location"] == f"/th/receipts/{case.receipt_token}/"


def test_text_arrives_as_it_was_typed(visitor: Visitor):
    visitor.sends(RIGHT)

    values = [answer["value"] for answer in Case.objects.get().answers]
    assert "น้ำประปา <b>ไม่ไหล</b>" in values[1]


def test_refused_form_names_each_error_and_links_to_its_field(visitor: Visitor):
    response = visitor.sends({**WRONG, EMAIL["id"]: "ไม่ใช่อีเมล"})

    page = page_of(response)
    assert response.status_code == 422
    assert not Case.objects.exists()
    assert page.title.get_text().strip().startswith(thai("Error:"))
    targets = [link["href"] for link in page.select(".form-summary a")]
    assert targets == [f"#f-{NAME['id']}", f"#f-{EMAIL['id']}"]
    for target in targets:
        control = page.select_one(f"[id='{target[1:]}']")
        assert control["aria-invalid"] == "true"
        assert page.find(id=f"{target[1:]}-error")["id"] in control["aria-describedby"]


def test_refused_form_keeps_everything_that_was_typed(visitor: Visitor):
    one = asks("radio_field", "หมู่", choices=["หมู่ 1", "หมู่ 2"])
    many = asks("checkboxes_field", "เรื่อง", choices=["น้ำ", "ไฟ", "ถนน"])
    listed = asks("dropdown_field", "ช่วงเวลา", choices=["เช้า", "บ่าย"])
    box = asks("checkbox_field", "รับรอง")
    visitor.form.publish(form_fields=[NAME, WORDS, DAY, one, many, listed, box])
    typed = {
        **WRONG,
        DAY["id"]: "๒๔ พ.ย. ๒๕๖๙",
        one["id"]: "หมู่ 2",
        many["id"]: ["น้ำ", "ถนน"],
        listed["id"]: "บ่าย",
        box["id"]: "yes",
    }

    page = page_of(visitor.sends(typed))

    assert page.select_one(f"[name='{DAY['id']}']")["value"] == "๒๔ พ.ย. ๒๕๖๙"
    assert "24 พฤศจิกายน 2569" in words(page.find(id=f"f-{DAY['id']}-read"))
    ticked = [control["value"] for control in page.select("form.form [checked]")]
    assert ticked == ["หมู่ 2", "น้ำ", "ถนน", "yes"]
    assert page.select_one("option[selected]")["value"] == "บ่าย"
    assert page.select_one("textarea").get_text() == "\n" + RIGHT[WORDS["id"]]


def test_corrected_form_is_taken_as_it_stands(visitor: Visitor):
    refused = visitor.sends({**WRONG, PICTURE["id"]: picture("ท่อ.png")})

    response = visitor.sends({NAME["id"]: "สมหญิง"}, page_of(refused))

    assert response.status_code == 303
    assert Case.objects.get().files.get().filename == "ท่อ.png"


def test_file_of_a_refused_form_can_be_left_out(visitor: Visitor):
    page = page_of(visitor.sends({**WRONG, PICTURE["id"]: picture()}))

    page.select_one(f"[name='{PICTURE['id']}-staged']").decompose()
    visitor.sends({NAME["id"]: "สมหญิง"}, page)
    assert not Case.objects.get().files.exists()


def test_refused_file_takes_no_word_with_it(visitor: Visitor):
    film = SimpleUploadedFile("film.mp4", b"\x00\x00\x00 ftypisom")

    page = page_of(visitor.sends({**RIGHT, PICTURE["id"]: film}))

    assert "film.mp4" in words(page.select_one(".form-summary"))
    assert page.select_one(f"[name='{NAME['id']}']")["value"] == RIGHT[NAME["id"]]


def test_files_beyond_the_limit_are_dropped_while_the_words_stay(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("website.desk.MAX_TOTAL", 100_000)
    film = SimpleUploadedFile("film.mp4", b"\x00" * 300_000)

    response = visitor.sends({**RIGHT, PICTURE["id"]: film})

    assert response.status_code == 422
    assert page_of(response).select_one("textarea").get_text() == "\n" + RIGHT[WORDS["id"]]
    assert not CaseFile.objects.exists()


def test_what_was_typed_is_escaped(visitor: Visitor):
    sly = '"><script>alert(1)</script></textarea>'

    response = visitor.sends({NAME["id"]: "", WORDS["id"]: sly, EMAIL["id"]: sly})

    page = page_of(response)
    assert page.select_one(f"[name='{EMAIL['id']}']")["value"] == sly
    assert "<script>alert" not in response.content.decode()


def test_second_click_makes_no_second_case(visitor: Visitor):
    page = visitor.opens()

    first, second = visitor.sends(RIGHT, page), visitor.sends(RIGHT, page)

    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_machine_that_fills_in_the_trap_is_refused(visitor: Visitor):
    response = visitor.sends({**RIGHT, "homepage": "https://spam.example"})

    assert response.status_code == 422
    assert page_of(response).find(id="f-homepage").get("value", "") == ""
    assert not Case.objects.exists()


def test_too_many_forms_are_refused_with_what_was_typed(visitor: Visitor):
    for number in range(LIMITS["case"]):
        assert visitor.sends({**RIGHT, NAME["id"]: f"คนที่ {number}"}).status_code == 303

    response = visitor.sends(RIGHT)
    assert response.status_code == 422
    assert page_of(response).select_one(f"[name='{NAME['id']}']")["value"] == RIGHT[NAME["id"]]


@pytest.mark.parametrize(
    ("days_from", "days_until"), [(1, 9), (-9, -1)], ids=["not yet open", "closed"]
)
def test_form_outside_its_time_says_so_and_takes_nothing(
    visitor: Visitor, days_from: int, days_until: int
):
    page = visitor.opens()
    first, last = (TODAY + datetime.timedelta(days) for days in (days_from, days_until))
    visitor.form.publish(accepts_from=first, accepts_until=last)

    shown = visitor.opens()
    assert shown.select_one("form.form") is None
    day = first if days_from > 0 else last
    assert str(day.year + 543) in words(shown.select_one(".form-closed"))
    response = visitor.sends(RIGHT, page)
    assert response.status_code == 422
    assert page_of(response).select_one(f"[name='{NAME['id']}']")["value"] == RIGHT[NAME["id"]]
    assert not Case.objects.exists()


def test_corruption_is_reported_without_a_name(witness: Visitor):
    page = witness.opens()
    assert thai("You need not say who you are.") in words(page.select_one(".form-anonymous"))

    witness.sends({**RIGHT, EMAIL["id"]: "me@example.com", "anonymous": "yes"}, page)

    case = Case.objects.get()
    assert (case.channel, case.is_anonymous, case.email) == ("corruption", True, "")
    assert "me@example.com" not in str(case.answers)


def test_nothing_of_a_corruption_form_stays_in_the_browser(witness: Visitor, visitor: Visitor):
    assert witness.client.get(witness.path)["Cache-Control"] == "no-store"
    # Other forms come back with what was typed after a look at another page.
    assert visitor.client.get(visitor.path)["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("typed", [RIGHT, WRONG], ids=["taken", "refused"])
def test_answer_to_a_form_is_neither_kept_nor_indexed(visitor: Visitor, typed: dict[str, Any]):
    response = visitor.sends(typed)

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "form-action 'self'" in response["Content-Security-Policy"]
    assert not response.cookies


def test_form_goes_to_the_pages_own_address_without_scripts(visitor: Visitor):
    page = visitor.opens()
    form = page.select_one("form.form")

    assert (form["action"], form["method"]) == (visitor.path, "post")
    assert form.select("script, [onclick], [style]") == []


def test_english_form_speaks_english(open_office: Office):
    visitor = Visitor(Form("form", locale="en"))

    page = page_of(visitor.sends(WRONG))
    assert page.html["lang"] == "en"
    assert "Nothing was sent yet" in words(page.select_one(".form-summary"))


def test_page_without_a_form_takes_nothing(open_office: Office, client: Client):
    for path in ("/th/news/", "/th/nothing/", "/th/__/x/"):
        assert client.post(path, {"a": "b"}).status_code == 405


def test_moved_form_has_what_was_sent_go_after_it(visitor: Visitor):
    page = visitor.opens()
    visitor.form.publish(slug="moved")

    response = visitor.sends(RIGHT, page)
    assert (response.status_code, response["Location"]) == (308, "/th/news/moved/")


def test_malformed_form_is_refused_without_a_fault(visitor: Visitor):
    response = visitor.client.post(
        visitor.path, b"no parts", content_type="multipart/form-data; boundary="
    )

    assert response.status_code == 400


def test_nothing_of_what_was_sent_is_public(visitor: Visitor):
    secret = "คำลับเฉพาะเรื่องนี้"
    visitor.sends({**RIGHT, WORDS["id"]: secret})
    case = Case.objects.get()

    paths = [
        "/sitemap.xml",
        "/robots.txt",
        "/th/",
        "/th/news/",
        "/th/feeds/news.rss",
        "/th/feeds/news.atom",
        visitor.path,
        f"/graphql/page/?path={visitor.form.address.path}&locale=TH",
    ]
    for path in paths:
        content = Client().get(path).content.decode()
        assert secret not in content
        assert case.reference not in content
        assert case.receipt_token not in content


def test_form_of_an_earlier_day_cannot_be_sent(visitor: Visitor, monkeypatch: pytest.MonkeyPatch):
    later = timezone.now() + datetime.timedelta(hours=1)
    moment = (later - datetime.timedelta(minutes=30)).isoformat().replace("+00:00", "Z")
    monkeypatch.setattr(timezone, "now", lambda: later)

    page = read(f"{visitor.path}?as_of={moment}")
    assert page.select_one("form.form") is None
    assert page.select_one(".form-closed")
