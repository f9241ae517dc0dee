"""Any stored operation costs at most seven SQL queries, whatever the length of its list."""

import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content_api.compiled.jobs import make_missing
from content_api.operations import operation_names, run
from tests.api.ask import variables_of
from tests.office import Office, document, image

LIMIT = 7
# A page of numbers of many kinds: one question for each kind, however much there is of it.
OWN_LIMITS = {"transparency": 16}


def rich_item(office: Office, number: int) -> None:
    """News with everything that a reader can ask about."""
    department = office.show(office.department(title=f"กอง {number}"))
    link = f'<p><a linktype="page" id="{office.news.pk}">ข่าว</a></p>'
    body = [
        {"id": str(uuid.uuid4()), "type": "rich_text", "value": link},
        {"id": str(uuid.uuid4()), "type": "heading", "value": "หัวข้อ"},
    ]
    attachment = {"type": "document", "value": document(str(number).encode()).pk}
    page = office.draft(
        slug=f"rich-{number}",
        department=department,
        lead_image=image(color=["red", "green", "blue", "gold", "gray"][number]),
        attachments=json.dumps([{"id": str(uuid.uuid4()), **attachment}]),
    )
    office.edit(page, body=json.dumps(body))
    office.show(page)
    english = office.fresh(page).copy_for_translation(office.english)
    english.save_revision(user=office.translator.user)
    office.show(english)


def queries(name: str, locale: str = "TH") -> int:
    make_missing()  # as the job does after each publication; without it pages cost one more
    with CaptureQueriesContext(connection) as captured:
        result = run(name, variables_of(name, locale, "/news/rich-0/"))
    assert result.errors is None
    return len(captured)


def test_counts_stay_when_lists_grow(open_office: Office):
    rich_item(open_office, 0)
    few = {name: queries(name) for name in operation_names()}
    for number in range(1, 5):
        rich_item(open_office, number)
    many = {name: queries(name) for name in operation_names()}

    assert few == many
    assert {
        name: count for name, count in many.items() if count > OWN_LIMITS.get(name, LIMIT)
    } == {}


@pytest.mark.parametrize("path", ["/news/rich-0/", "/", "/news/", "/nowhere/"])
def test_every_page_stays_below_the_limit(open_office: Office, path):
    rich_item(open_office, 0)
    make_missing()

    with CaptureQueriesContext(connection) as captured:
        run("page", {"path": path, "locale": "EN"})
    assert len(captured) <= LIMIT
