"""Manuals, e-Services and desks as readers see them."""

import datetime
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import DeskPage, EServicePage, FormPage, Listing, ServiceManualPage
from tests.engagement.standing import NOTICE, Form, asks
from tests.office import Office
from tests.website.filling_in import Visitor
from tests.website.reading import block, read, thai, words

STEPS = [
    ("ยื่นคำขอ", 45, "minute", "กองช่าง"),
    ("ตรวจเอกสาร", 30, "minute", "กองช่าง"),
    ("พิจารณา", 20, "working-day", "เจ้าพนักงานท้องถิ่น"),
]
CHANNEL = {"kind": "counter", "name": "กองช่าง", "url": "", "hours": "08.30–16.30 น."}


def steps(*found: tuple[str, int, str, str]) -> str:
    """Steps as the editor stores them."""
    names = ("title", "duration", "unit", "responsible")
    values = [dict(zip(names, step, strict=True)) | {"description": ""} for step in found]
    return json.dumps([block("step", value) for value in values])


def manual(office: Office, **fields: Any) -> ServiceManualPage:
    """A manual that is right in every part, with changes, published."""
    given = {
        "title": "ขออนุญาตก่อสร้าง",
        "slug": "building",
        "criteria": "<p>เจ้าของที่ดิน</p>",
        "steps": steps(*STEPS),
        "no_required_documents": True,
        "no_fees": True,
        "channels": json.dumps([block("service_channel", CHANNEL)]),
        "legal_bases": json.dumps([block("legal_basis", {"name": "มาตรา 7", "law": None})]),
        "complaint_channels": json.dumps([block("service_channel", CHANNEL)]),
        "last_reviewed": datetime.date(2026, 11, 1),
    }
    return office.show(office.page(office.news, ServiceManualPage, **{**given, **fields}))


def linked_data(page: Any) -> dict[str, Any]:
    """The JSON-LD of a page."""
    return json.loads(page.select_one("script[type='application/ld+json']").string)


def test_steps_stand_in_order_with_their_time_and_unit(open_office: Office):
    manual(open_office)

    found = [words(step) for step in read("/th/news/building/").select("ol.steps > li")]
    assert [text.split()[0] for text in found] == ["ยื่นคำขอ", "ตรวจเอกสาร", "พิจารณา"]
    assert "45" in found[0]
    assert "กองช่าง" in found[0]
    assert "เจ้าพนักงานท้องถิ่น" in found[2]


def test_time_of_all_steps_is_computed(open_office: Office):
    page = manual(open_office)
    copy = page.copy_for_translation(open_office.english)
    copy.save_revision(user=open_office.translator.user)
    open_office.show(copy)

    total = words(read("/en/news/building/").select_one(".steps-total strong"))
    assert total == "20 working days 1 hour 15 minutes"


def test_nothing_needed_is_said_and_not_left_blank(open_office: Office):
    manual(open_office)

    page = read("/th/news/building/")
    assert [words(text) for text in page.select(".none")] == [
        thai("No documents are required."),
        thai("There is no fee."),
    ]


def test_documents_and_fees_are_tables(open_office: Office):
    document = {"name": "โฉนด", "issuer": "กรมที่ดิน", "originals": 1, "copies": 2, "note": ""}
    fees = [
        {"name": "ใบอนุญาต", "amount": "1200.00", "note": "ฉบับละ"},
        {"name": "ตรวจแบบ", "amount": "0.50", "note": "ต่อตารางเมตร"},
    ]
    manual(
        open_office,
        no_required_documents=False,
        required_documents=json.dumps([block("required_document", document)]),
        no_fees=False,
        fees=json.dumps([block("fee", fee) for fee in fees]),
    )

    page = read("/th/news/building/")
    cells = [words(cell) for cell in page.select(".documents tbody tr > *")]
    assert cells == ["โฉนด", "กรมที่ดิน", "1", "2"]
    amounts = [words(cell).split()[0] for cell in page.select(".fees td")]
    assert amounts == ["1,200", "0.50"]
    assert page.select_one(".fees caption")
    assert all(cell["scope"] == "row" for cell in page.select(".fees tbody th"))


def test_form_of_a_manual_is_a_link_while_it_is_public(open_office: Office):
    form = Form("form")
    manual(open_office, service_forms=json.dumps([block("form_page", form.page.pk)]))

    link = read("/th/news/building/").select_one("[aria-labelledby=forms] a")
    assert link["href"] == Visitor(form).path


def test_manual_says_when_it_was_reviewed(open_office: Office):
    manual(open_office)

    assert "1 พฤศจิกายน 2569" in words(read("/th/news/building/").select_one(".at-a-glance"))


def test_search_engines_read_a_government_service(open_office: Office, settings: Any):
    manual(open_office, title="</script><b>", summary="ก & ข")

    response_text = str(read("/th/news/building/"))
    data = linked_data(read("/th/news/building/"))
    assert data["@type"] == "GovernmentService"
    assert (data["name"], data["description"]) == ("</script><b>", "ก & ข")
    assert data["url"] == f"{settings.BASE_URL}/th/news/building/"
    assert data["offers"] == [{"@type": "Offer", "price": "0", "priceCurrency": "THB"}]
    assert data["availableChannel"][0]["serviceLocation"]["name"] == "กองช่าง"
    assert "</script><b>" not in response_text


def e_service(office: Office, **fields: Any) -> None:
    """An e-Service, published."""
    given = {
        "slug": "e-tax",
        "service_url": "https://e-service.example.go.th/",
        "audience": "เจ้าของที่ดิน",
        "body": json.dumps([block("heading", "ทำอะไรได้")]),
    }
    office.show(office.page(office.news, EServicePage, **{**given, **fields}))


def test_e_service_on_another_site_says_so(open_office: Office):
    e_service(open_office, sign_in="thaid")

    page = read("/th/news/e-tax/")
    assert page.select_one(".service-door .button")["href"] == "https://e-service.example.go.th/"
    assert "https://e-service.example.go.th/" in words(page.select_one(".service-external"))
    assert "ThaID" in words(page.select_one(".service-door"))
    assert linked_data(page)["availableChannel"][0]["serviceUrl"].endswith("example.go.th/")


def test_e_service_on_this_site_is_not_foreign(open_office: Office):
    form = Form("form")
    e_service(open_office, service_url="", service_page=form.page)

    page = read("/th/news/e-tax/")
    assert page.select_one(".service-door .button")["href"] == Visitor(form).path
    assert page.select_one(".service-external") is None


def test_closed_e_service_has_no_door(open_office: Office):
    e_service(open_office, state="closed", state_note="ปิดปรับปรุงถึงสิ้นเดือน")

    page = read("/th/news/e-tax/")
    assert page.select_one(".service-door .button") is None
    assert "ปิดปรับปรุงถึงสิ้นเดือน" in words(page.select_one(".service-door"))
    assert page.select_one(".service-state-closed")


def test_desk_tells_how_what_who_and_how_long(open_office: Office):
    channels = json.dumps([block("service_channel", CHANNEL)])
    desk = Form("corruption", steps=steps(*STEPS), channels=channels)

    page = Visitor(desk).opens()
    headings = [words(heading) for heading in page.select("main h2")]
    then = [thai(part) for part in ("What happens then", "Other ways to reach the office")]
    assert headings[:3] == ["ประเด็น", *then]
    assert "กองช่าง" in words(page.select_one("ol.steps"))
    assert "20" in words(page.select_one(".steps-total"))


@pytest.fixture
def section(open_office: Office) -> Any:
    """A section that lists services."""
    section = open_office.section(
        open_office.news, title="บริการ", slug="services", listing=Listing.SERVICES
    )
    return open_office.show(section)


def test_list_of_services_says_what_matters_of_each(open_office: Office, section: Any):
    today = datetime.date.today()
    page = manual(open_office)
    page.move(section, pos="last-child")
    open_office.show(page)
    ends = today + datetime.timedelta(days=5)
    form = open_office.page(
        section,
        FormPage,
        title="สมัครงาน",
        accepts_until=ends,
        form_fields=json.dumps([asks("single_line_field")]),
        **NOTICE,
    )
    open_office.show(form)

    cards = {
        words(card.h3): words(card)
        for card in read("/th/news/services/").select(".service-grid li")
    }
    assert set(cards) == {"ขออนุญาตก่อสร้าง", "สมัครงาน"}
    assert thai("No fee") in cards["ขออนุญาตก่อสร้าง"]
    assert "20" in cards["ขออนุญาตก่อสร้าง"]
    assert str(ends.year + 543) in cards["สมัครงาน"]


def test_list_of_services_refuses_a_cursor_that_is_none(open_office: Office, section: Any):
    assert read("/th/news/services/?after=x", 400)


def test_list_of_services_costs_the_same_for_one_as_for_five(
    open_office: Office, section: Any, django_assert_num_queries: Any, client: Any
):
    def add() -> None:
        page = open_office.page(
            section,
            DeskPage,
            channel="question",
            form_fields=json.dumps([asks("email_field")]),
            **NOTICE,
        )
        open_office.show(page)

    add()
    with CaptureQueriesContext(connection) as one:
        client.get("/th/news/services/")
    for _ in range(3):
        add()
    with django_assert_num_queries(len(one)):
        client.get("/th/news/services/")
