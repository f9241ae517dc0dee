"""The way to a page is made from the published sections, in the words of its language."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.assessors.click_paths import click_paths, words
from cms.publication.models import Publication
from tests.office import Office
from tests.publication.withdrawing import latest


def way_to(item) -> str:
    row = latest(item)
    return words(click_paths([row])[row.pk])


def test_way_leads_through_the_sections_by_their_published_titles(open_office: Office):
    section = open_office.show(open_office.section(open_office.news, title="แผน", slug="plans"))
    page = open_office.show(open_office.draft(section, title="แผนปี 2566", slug="plan"))
    open_office.edit(section, title="ร่างที่ยังไม่เผยแพร่")

    assert way_to(page) == "หน้าแรก › ข่าว › แผน › แผนปี 2566"


def test_way_to_an_english_page_is_english(open_office: Office):
    assert way_to(open_office.english_news) == "Home › News"


def test_front_page_is_the_way_itself(open_office: Office):
    assert way_to(open_office.home) == "หน้าแรก"


def test_record_without_a_page_has_no_way(open_office: Office):
    assert click_paths([latest(open_office.show(open_office.department()))]) == {}


def test_many_ways_cost_one_query(open_office: Office):
    for number in range(3):
        open_office.show(open_office.draft(slug=f"n-{number}"))
    rows = list(Publication.objects.effective().select_related("address"))

    with CaptureQueriesContext(connection) as captured:
        assert len(click_paths(rows)) == len([row for row in rows if row.address.path])
    assert len(captured) == 1
