"""Outdated translations, versions and withdrawals in the API."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.ask import ask, ask_for_result
from tests.office import Office
from tests.publication.withdrawing import REASON, latest, withdraw
from tests.website.reading import in_english, published

AGE = """query($path: String, $asOf: DateTime) { page(path: $path, locale: EN, asOf: $asOf) {
    ... on Page { isOutdated newerSince originalGoneSince correctedAt } } }"""
HISTORY = """query($path: String) { history(path: $path) { title versionCount versions {
    correctionNote changes { label kindLabel note pieces { kind text } } } } }"""
WITHDRAWALS = """query($type: [String!], $kind: [String!]) { withdrawals(type: $type, kind: $kind)
    { nodes { title reason type permanentId beginsOn signOff { role } } } }"""


def iso(moment: Any) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def test_outdated_translation_as_of_each_moment(open_office: Office):
    page = published(open_office, slug="item")
    english = in_english(open_office, page, "Item")
    fresh = {
        "isOutdated": False,
        "newerSince": None,
        "originalGoneSince": None,
        "correctedAt": None,
    }
    assert ask(AGE, path="/news/item/")["page"] == fresh

    open_office.show(open_office.edit(page, title="แก้แล้ว"))

    since = iso(latest(page).effective_from)
    found = ask(AGE, path="/news/item/")["page"]
    assert found == {**fresh, "isOutdated": True, "newerSince": since}
    before = iso(latest(english).effective_from)
    assert ask(AGE, path="/news/item/", asOf=before)["page"] == fresh


def test_records_tell_their_age_too(open_office: Office):
    thai = open_office.show(open_office.department())
    copy = thai.copy_for_translation(open_office.english)
    copy.save()
    copy.save_revision(user=open_office.translator.user)
    open_office.show(copy)
    open_office.show(open_office.edit(thai, title="ใหม่"))

    query = "query($type: [String!]!) { records(type: $type, locale: EN) { nodes { isOutdated } } }"
    found = ask(query, type=["Department"])

    assert found["records"]["nodes"] == [{"isOutdated": True}]


@pytest.mark.parametrize("count", [1, 4])
def test_age_of_a_list_costs_one_query(open_office: Office, count: int):
    for number in range(count):
        in_english(open_office, published(open_office, slug=f"n{number}"), "Item")
    query = "{ news(locale: EN) { nodes { isOutdated correctedAt newerSince } } }"

    with CaptureQueriesContext(connection) as captured:
        assert len(ask(query)["news"]["nodes"]) == count

    assert len(captured) == 2


def test_history_tells_what_changed(open_office: Office):
    page = published(open_office, title="เปิดวันศุกร์", slug="item")
    open_office.show(open_office.edit(page, title="เปิดวันจันทร์", correction_note="แก้วัน"))

    found = ask(HISTORY, path="/news/item/")["history"]

    newest, oldest = found["versions"]
    assert (found["versionCount"], newest["correctionNote"]) == (2, "แก้วัน")
    (change,) = newest["changes"]
    removed = [piece["text"] for piece in change["pieces"] if piece["kind"] == "REMOVED"]
    assert removed == ["ศุกร์"] or removed == ["วันศุกร์"]
    assert oldest == {"correctionNote": "", "changes": []}


def test_history_costs_the_same_for_many_versions(open_office: Office):
    page = published(open_office, slug="item")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            ask(HISTORY, path="/news/item/")
        return len(captured)

    page = open_office.show(open_office.edit(page, title="หนึ่ง"))
    few = queries()
    for title in ("สอง", "สาม"):
        page = open_office.show(open_office.edit(page, title=title))

    assert queries() == few


def test_history_of_nothing_is_null(open_office: Office):
    assert ask(HISTORY, path="/nowhere/")["history"] is None


def test_history_of_what_was_withdrawn_is_null(open_office: Office):
    page = published(open_office, slug="item")
    withdraw(open_office, page)

    assert ask(HISTORY, path="/news/item/")["history"] is None


@pytest.mark.parametrize("arguments", ["first: 21", "first: -1", "skip: -1"])
def test_history_has_limits(open_office: Office, arguments: str):
    published(open_office, slug="item")
    query = f'{{ history(path: "/news/item/") {{ versions({arguments}) {{ contentHash }} }} }}'

    assert ask_for_result(query).errors


def test_withdrawals_tell_title_reason_and_signers(open_office: Office):
    page = published(open_office, title="ถอนแล้ว", kind="activity")
    note = withdraw(open_office, page)

    (found,) = ask(WITHDRAWALS)["withdrawals"]["nodes"]
    assert found == {
        "title": "ถอนแล้ว",
        "reason": REASON,
        "type": "NewsPage",
        "permanentId": note.address.short_id,
        "beginsOn": None,
        "signOff": [{"role": "APPROVER"}, {"role": "PUBLISHER"}],
    }
    assert ask(WITHDRAWALS, kind=["ACTIVITY"])["withdrawals"]["nodes"]
    assert not ask(WITHDRAWALS, kind=["GENERAL"])["withdrawals"]["nodes"]
    assert not ask(WITHDRAWALS, type=["EventPage"])["withdrawals"]["nodes"]


def test_withdrawals_leave_out_what_is_public_again(open_office: Office):
    page = published(open_office, title="เดิม")
    withdraw(open_office, page)
    open_office.show(open_office.edit(page, title="อีกครั้ง"))

    assert not ask(WITHDRAWALS)["withdrawals"]["nodes"]
