"""An act of signing costs the same number of SQL queries, whatever was signed before it."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.office import Office

# Most of them Wagtail's: it validates and logs each step. Two ask, at the dialog and at the act,
# whether the person may sign for the division today; two, whether the item is in a release; two,
# whether the step is assigned to somebody else; one, whether a signer flagged the item.
LIMIT = 84


def counts(office: Office, page: Any) -> list[int]:
    """The queries of each act: dialog, password, signature, and the publisher's publication."""
    office.reporter.submit(page)
    found = []
    for clerk in office.signers(page):
        with CaptureQueriesContext(connection) as captured:
            clerk.sign(page)
        found.append(len(captured))
    return found


def test_acts_cost_the_same_however_many_came_before(open_office: Office):
    open_office.publish(open_office.draft())  # from here on each clerk's groups are known
    few = counts(open_office, open_office.draft())
    for _number in range(3):
        open_office.publish(open_office.draft())
    many = counts(open_office, open_office.draft())

    assert few == many


def test_acts_stay_below_the_limit(open_office: Office):
    open_office.publish(open_office.draft())  # content types and the like are known from here on
    reporter, approver, publisher = counts(open_office, open_office.draft())

    assert reporter <= LIMIT
    assert approver <= LIMIT
    assert publisher <= 2 * LIMIT  # it publishes too


def test_act_reads_the_draft_once_for_the_dialog_and_once_for_the_signature(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)

    with CaptureQueriesContext(connection) as captured:
        open_office.reporter.sign(page)

    comments = [q for q in captured if 'FROM "wagtailcore_comment"' in q["sql"]]
    assert len(comments) == 2  # Wagtail asks for them whenever it rebuilds a draft
