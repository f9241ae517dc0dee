"""What readers see of the agency: its history, people, duties, contact, plans, money, reports."""

import json
from typing import Any

import pytest
from django.utils import timezone

from pages.models import (
    BudgetPage,
    CioPage,
    ContactPage,
    DutiesPage,
    HistoryPage,
    Listing,
    PeoplePage,
    PlanPage,
    Position,
    ProjectPage,
    ReportPage,
    VisionPage,
)
from tests.office import Office, image
from tests.website.reading import block, read, thai, words


@pytest.fixture
def section(open_office: Office) -> Any:
    """A public section for the pages of the agency."""
    return open_office.show(
        open_office.section(
            open_office.home, title="หน่วยงาน", slug="agency", listing=Listing.BY_YEAR
        )
    )


def shown(office: Office, section: Any, model: type, **fields: Any):
    """A page of the agency, published and read."""
    streams = {
        name: json.dumps(value) if isinstance(value, list) else value
        for name, value in fields.items()
    }
    page = office.show(office.page(section, model, **streams))
    return read(f"/th/agency/{page.slug}/").main


def facts(page: Any) -> dict[str, str]:
    pairs = page.select(".facts > div")
    return {words(pair.dt): words(pair.dd) for pair in pairs}


def test_history_is_a_time_line(open_office: Office, section):
    milestones = [
        block("milestone", {"date_text": year, "event": f"เหตุการณ์ {year}"})
        for year in ("2540", "2562")
    ]
    page = shown(open_office, section, HistoryPage, milestones=milestones)

    assert [words(date) for date in page.select("ol.time-line .time-line-date")] == ["2540", "2562"]


def test_missions_are_numbered(open_office: Office, section):
    missions = [block("statement", text) for text in ("หนึ่ง", "สอง")]
    page = shown(open_office, section, VisionPage, vision="ตำบลน่าอยู่", missions=missions)

    assert words(page.select_one(".vision p")) == "ตำบลน่าอยู่"
    assert [words(item) for item in page.select("ol.statements li")] == ["หนึ่ง", "สอง"]


def test_duty_names_its_legal_basis(open_office: Office, section):
    duty = {"title": "ถนน", "description": "<p>สร้าง</p>", "legal_basis": "มาตรา 67"}
    page = shown(open_office, section, DutiesPage, duties=[block("duty", duty)])

    assert words(page.select_one(".duties h2")) == "ถนน"
    assert "มาตรา 67" in words(page.select_one(".legal-basis"))


def person(office: Office, **fields: Any) -> Position:
    fields = {"title": "นายก", "group": "executive", **fields}
    return office.show(office.record(Position, **fields))


def test_people_of_the_group_are_shown(open_office: Office, section):
    person(open_office, holder="นางสาวหนึ่ง ใจดี", telephone="0 3900 0000", email="a@example.go.th")
    person(open_office, title="ประธานสภา", group="council")
    page = shown(open_office, section, PeoplePage, group="executive")

    assert [words(post) for post in page.select(".person-post")] == ["นายก"]
    assert words(page.select_one(".person-name")) == "นางสาวหนึ่ง ใจดี"
    links = [link["href"] for link in page.select(".person a")]
    assert links == ["tel:039000000", "mailto:a@example.go.th"]


def test_vacant_post_says_so(open_office: Office, section):
    person(open_office)
    page = shown(open_office, section, PeoplePage, group="executive")

    assert words(page.select_one(".person-name")) == thai("Vacant")


def test_silhouette_stands_in_for_a_missing_photograph(open_office: Office, section):
    person(open_office, holder="นายหนึ่ง")
    person(open_office, holder="นางสอง", photo=image())
    page = shown(open_office, section, PeoplePage, group="executive")

    assert len(page.select(".people .silhouette")) == 1
    assert page.select_one(".people img")["alt"] == "นางสอง นายก"


def test_people_page_without_positions_says_so(open_office: Office, section):
    assert shown(open_office, section, PeoplePage, group="council").select_one(".nothing")


def test_people_are_not_shown_for_a_day_of_the_past(open_office: Office, section):
    person(open_office)
    page = open_office.show(open_office.page(section, PeoplePage, group="executive"))
    now = timezone.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    found = read(f"/th/agency/{page.slug}/?as_of={now}").main

    assert not found.select(".person")
    assert found.select_one(".nothing")


def test_officer_is_shown_with_contact(open_office: Office, section):
    officer = person(open_office, title="ปลัด", group="administration", email="cio@example.go.th")
    page = shown(open_office, section, CioPage, officer=officer, responsibilities="<p>กำกับ</p>")

    assert words(page.select_one(".person-post")) == "ปลัด"
    assert "กำกับ" in words(page)


CHANNELS = [
    ("telephone", "0 3900 0000 ต่อ 12", "tel:039000000;ext=12"),
    ("email", "office@example.go.th", "mailto:office@example.go.th"),
    ("line", "@tuayang", "https://line.me/R/ti/p/@tuayang"),
    ("facebook", "https://example.com/f", "https://example.com/f"),
    ("fax", "0 3900 0001", None),
]


def contact(office: Office, section: Any, **fields: Any):
    channels = [
        block("contact_channel", {"kind": kind, "name": "", "address": address})
        for kind, address, _link in CHANNELS
    ]
    days = ["monday", "tuesday", "wednesday", "friday"]
    hours = {"days": days, "opens": "08:30", "closes": "16:30", "note": "ไม่พักเที่ยง"}
    return shown(
        office,
        section,
        ContactPage,
        slug="contact",
        channels=channels,
        opening_hours=[block("opening_hours", hours)],
        **{"postal_address": "99 หมู่ 1", **fields},
    )


def test_channels_open_what_they_name(open_office: Office, section):
    page = contact(open_office, section)
    values = page.select("[aria-labelledby=channels] dd")

    assert [dd.a["href"] if dd.a else None for dd in values] == [link for *_, link in CHANNELS]


def test_days_in_a_row_are_a_range(open_office: Office, section):
    page = contact(open_office, section)
    days = words(page.select_one("[aria-labelledby=hours] dt"))

    assert days == f"{thai('Monday')}–{thai('Wednesday')}, {thai('Friday')}"


def test_map_is_a_picture_that_leads_to_a_map_service(open_office: Office, section):
    page = contact(
        open_office,
        section,
        map_image=image(),
        map_image_alt="ริมถนน",
        map_url="https://example.com/map",
    )
    link = page.select_one("a.map")

    assert (link["href"], link.img["alt"]) == ("https://example.com/map", "ริมถนน")


def test_contact_is_told_to_search_engines(open_office: Office, section):
    contact(open_office, section, latitude="13.5", longitude="100.5")
    script = read("/th/agency/contact/").select_one('script[type="application/ld+json"]')
    data = json.loads(script.string)

    assert data["@type"] == "GovernmentOffice"
    assert data["telephone"] == ["0 3900 0000 ต่อ 12"]
    assert data["geo"]["latitude"] == 13.5
    assert data["openingHoursSpecification"][0]["opens"] == "08:30"


def test_structured_data_cannot_leave_its_element(open_office: Office, section):
    sly = "</script><script>x()</script>"
    contact(open_office, section, postal_address=sly)
    page = read("/th/agency/contact/")
    data = json.loads(page.select_one('script[type="application/ld+json"]').string)

    assert data["address"] == sly
    assert not [script for script in page.select("script") if script.string == "x()"]


def lines(*amounts: str) -> list[dict]:
    return [
        block("budget_line", {"name": f"แผนงาน {n}", "amount": amount, "note": ""})
        for n, amount in enumerate(amounts)
    ]


def test_budget_shows_shares_and_total(open_office: Office, section):
    page = shown(
        open_office,
        section,
        BudgetPage,
        fiscal_year=2570,
        total_budget="4000000.50",
        lines=lines("1000000.00", "3000000.50"),
    )

    assert [words(cell) for cell in page.select("tbody td")] == [
        "1,000,000",
        "25.0%",
        "3,000,000.50",
        "75.0%",
    ]
    assert "4,000,000.50" in words(page.select_one("tfoot"))
    assert page.select_one("figure.chart svg[role=img]")


def test_budget_of_nothing_has_no_shares(open_office: Office, section):
    page = shown(
        open_office, section, BudgetPage, fiscal_year=2570, total_budget="0", lines=lines("0")
    )

    assert [words(cell) for cell in page.select("tbody td")] == ["0", ""]


def project(office: Office, section: Any, **fields: Any):
    return shown(
        office, section, ProjectPage, **{"fiscal_year": 2570, "budget": "980000", **fields}
    )


def test_progress_is_told_in_figures_and_bars(open_office: Office, section):
    page = project(
        open_office,
        section,
        state="under-way",
        progress=35,
        spent="245000",
        reported_on="2026-11-16",
    )
    bars = page.select("progress")

    assert [(bar["value"], bar["max"]) for bar in bars] == [("35", "100"), ("25", "100")]
    assert "245,000" in words(page.select_one(".measures"))
    assert page.select_one('.measures time[datetime="2026-11-16"]')
    assert all(page.select_one(f'label[for="{bar["id"]}"]') for bar in bars)


def test_project_that_has_not_begun_shows_no_progress(open_office: Office, section):
    page = project(open_office, section)

    assert not page.select("progress")
    assert "980,000" in " ".join(facts(page).values())


def test_report_names_its_period(open_office: Office, section):
    page = shown(
        open_office,
        section,
        ReportPage,
        kind="annual",
        fiscal_year=2569,
        period_from="2025-10-01",
        period_until="2026-09-30",
    )

    assert next(iter(facts(page).values())) == "1 ตุลาคม 2568 – 30 กันยายน 2569"


@pytest.fixture
def papers(open_office: Office, section) -> Any:
    """A plan of several years, one of a single year, and a budget of another."""
    for title, model, fields in [
        ("แผนห้าปี", PlanPage, {"kind": "strategy", "fiscal_year": 2566, "last_fiscal_year": 2570}),
        ("แผนปี 2570", PlanPage, {"kind": "operation", "fiscal_year": 2570}),
        (
            "งบปี 2569",
            BudgetPage,
            {"fiscal_year": 2569, "total_budget": "5", "lines": json.dumps(lines("5"))},
        ),
    ]:
        open_office.show(open_office.page(section, model, title=title, **fields))
    return section


def listed(query: str = "") -> list[list[str]]:
    page = read(f"/th/agency/{query}")
    return [[words(title) for title in year.select("h4")] for year in page.select(".year")]


def test_papers_stand_under_their_years(papers):
    assert listed() == [["แผนห้าปี"], ["แผนปี 2570"], ["งบปี 2569"]]


def test_plan_of_several_years_stands_under_each_of_them(papers):
    assert listed("?year=2569") == [["แผนห้าปี"], ["งบปี 2569"]]
    assert listed("?year=2570") == [["แผนห้าปี"], ["แผนปี 2570"]]


def test_one_type(papers):
    assert listed("?type=budget") == [["งบปี 2569"]]
    assert listed("?type=plan&year=2570") == [["แผนห้าปี"], ["แผนปี 2570"]]


def test_every_year_can_be_chosen(papers):
    links = [words(link) for link in read("/th/agency/").select(".filters ul:first-child a")]

    assert links[1:] == ["2570", "2569", "2568", "2567", "2566"]


@pytest.mark.parametrize("query", ["?year=x", "?year=-5", "?type=sly", "?year=๒๕๗๐"])
def test_filters_that_do_not_exist_are_ignored(papers, query):
    assert len(listed(query)) == 3


def test_year_without_papers_leads_back(papers):
    assert read("/th/agency/?year=2599").select_one(".nothing a")["href"] == "/th/agency/"


def test_foreign_cursor_is_refused_kindly(papers):
    read("/th/agency/?after=x", status=400)


def test_plan_of_one_year_names_that_year(open_office: Office):
    plan = open_office.page(
        open_office.news,
        PlanPage,
        title="แผนปี 2570",
        slug="plan",
        kind="operation",
        fiscal_year=2570,
    )
    open_office.publish(plan)

    assert "2570" in words(read("/th/news/plan/").select_one(".labels"))
