"""Public hearings: what is asked, until when, what was said, what came of it."""

import datetime
import json

import pytest
from django.utils import timezone

from pages.models import ConsultationPage, ConsultationResultPage
from tests.office import Office
from tests.publication.withdrawing import withdraw
from tests.website.reading import block, read, thai, words

FIELD = json.dumps([block("multi_line_field", {"label": "ความเห็น", "required": True})])


def day(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def hearing(office: Office, opens: int = -1, closes: int = 1, **fields):
    return office.show(
        office.page(
            office.home,
            ConsultationPage,
            **{
                "title": "ร่างข้อบัญญัติ",
                "slug": "hearing",
                "body": json.dumps([block("rich_text", "<p>ประเด็น</p>")]),
                "form_fields": FIELD,
                "purpose": "รับฟังความคิดเห็น",
                "legal_basis": "ภารกิจสาธารณะ",
                "recipients": "สำนักปลัด",
                "accepts_from": day(opens),
                "accepts_until": day(closes),
                **fields,
            },
        )
    )


def result(office: Office, consultation, **fields):
    parts = {name: f"<p>{name}</p>" for name in ("issues", "participants", "outcome", "use")}
    fields = {"title": "ผลการรับฟัง", "slug": "result", **fields}
    page = office.page(
        office.home, ConsultationResultPage, consultation=consultation, **parts, **fields
    )
    return office.show(page)


@pytest.mark.parametrize(
    ("opens", "closes", "state"),
    [(1, 2, "upcoming"), (0, 0, "open"), (-2, 0, "open"), (-3, -1, "closed")],
    ids=["before", "its only day", "its last day", "after"],
)
def test_state_goes_by_today(open_office: Office, opens: int, closes: int, state: str):
    hearing(open_office, opens, closes)

    assert read("/th/hearing/").select_one(f".labels .stage-{state}")


def test_section_shows_the_state_of_each_hearing(open_office: Office):
    section = open_office.show(open_office.section(open_office.home, title="รับฟัง", slug="hearings"))
    page = hearing(open_office)
    page.move(section, pos="last-child")
    open_office.show(ConsultationPage.objects.get(pk=page.pk))

    assert read("/th/hearings/").select_one(".section-grid .stage-open")


def test_opinions_stand_in_their_order_without_names(open_office: Office):
    opinions = [
        block("opinion", {"text": text, "received_on": "2026-11-01"})
        for text in ("เห็นด้วย", "คัดค้าน")
    ]
    hearing(open_office, opinions=json.dumps(opinions))

    found = read("/th/hearing/").select(".opinion-list blockquote")
    assert [words(one) for one in found] == ["เห็นด้วย", "คัดค้าน"]


def test_hearing_and_result_lead_to_each_other(open_office: Office):
    result(open_office, hearing(open_office))

    assert read("/th/hearing/").select_one(".call-out a")["href"] == "/th/result/"
    assert read("/th/result/").select_one(".brief-facts a")["href"] == "/th/hearing/"


def test_result_of_another_hearing_is_not_shown(open_office: Office):
    other = hearing(open_office, slug="other")
    hearing(open_office)
    result(open_office, other)

    assert not read("/th/hearing/").select(".call-out")


def test_withdrawn_result_is_not_shown(open_office: Office):
    withdraw(open_office, result(open_office, hearing(open_office)))

    assert not read("/th/hearing/").select(".call-out")


def test_page_that_only_mentions_a_hearing_is_no_result(open_office: Office):
    page = hearing(open_office)
    mention = json.dumps([block("related_page", page.pk)])
    result(open_office, None, related_pages=mention)

    assert not read("/th/hearing/").select(".call-out")


def test_result_has_the_four_parts_in_order(open_office: Office):
    result(open_office, None)

    headings = [words(heading) for heading in read("/th/result/").select(".result-parts h2")]
    assert [heading[:2] for heading in headings] == ["1.", "2.", "3.", "4."]
    assert headings[0].endswith(thai("Issues for participation"))


def test_hearing_of_the_past_is_shown_as_it_was_then(open_office: Office):
    hearing(open_office, -1, 1)
    moment = timezone.now().isoformat().replace("+00:00", "Z")

    assert read(f"/th/hearing/?as_of={moment}").select_one(".labels .stage-open")
