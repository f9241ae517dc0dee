"""Items at the two points at which somebody might try a side door."""

import pytest

from pages.models import NewsPage
from tests.office import Office

NEW_TITLE = "ชื่อที่ไม่มีใครลงนาม"


@pytest.fixture
def edited(open_office: Office) -> NewsPage:
    """A published item with a further draft that nobody signed."""
    return open_office.edit(open_office.publish(open_office.draft()), title=NEW_TITLE)


@pytest.fixture
def half_signed(open_office: Office) -> NewsPage:
    """An item that waits for the last signature, the publisher's."""
    page = open_office.draft()
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    open_office.approver.sign(page)
    return open_office.fresh(page)
