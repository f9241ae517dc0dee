"""Publishing costs the same number of SQL queries, however much has been published before."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.office import Office


def publish_count(office: Office, page: Any) -> int:
    """The queries of the publisher's act."""
    office.reporter.submit(page)
    *others, publisher = office.signers(page)
    for clerk in others:
        clerk.sign(page)
    with CaptureQueriesContext(connection) as captured:
        publisher.sign(page)
    return len(captured)


def test_count_stays_when_an_item_is_published_again_and_again(open_office: Office):
    page = open_office.publish(open_office.draft())
    few = publish_count(open_office, open_office.edit(page, title="สอง"))
    for title in ("สาม", "สี่", "ห้า"):
        page = open_office.publish(open_office.edit(page, title=title))

    assert publish_count(open_office, open_office.edit(page, title="หก")) == few


def test_count_of_a_section_does_not_grow_with_what_lies_below(open_office: Office):
    open_office.publish(open_office.draft())
    few = publish_count(open_office, open_office.edit(open_office.news, title="ข่าวใหม่"))
    for _number in range(4):
        open_office.publish(open_office.draft())

    assert publish_count(open_office, open_office.edit(open_office.news, title="ข่าวเก่า")) == few
