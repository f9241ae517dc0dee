"""`node`, `nodes`: what a global id finds."""

import datetime

from django.utils import timezone

from cms.publication.models import Publication
from tests.api.ask import ask, ask_for_result

NODE = "query ($id: ID!) { node(id: $id) { __typename id title } }"


def test_id_finds_the_record(open_office):
    item = open_office.show(open_office.draft(title="น้ำท่วม"))
    key = f"{item.translation_key}:th"

    assert ask(NODE, id=key)["node"] == {"__typename": "NewsPage", "id": key, "title": "น้ำท่วม"}


def test_what_is_not_public_is_null(open_office):
    draft = open_office.draft()
    ahead = timezone.now() + datetime.timedelta(days=1)
    later = open_office.show(open_office.draft(go_live_at=ahead))
    gone = open_office.show(open_office.draft())
    publication = Publication.objects.effective().get(subject=gone.translation_key)
    withdrawal = open_office.approver.request_withdrawal(publication, "ผิด")
    open_office.publisher.confirm_withdrawal(withdrawal)

    for item in (draft, later, gone):
        assert ask(NODE, id=f"{item.translation_key}:th")["node"] is None


def test_foreign_ids_are_null(open_office):
    for key in ("", "x", "1", ":th", f"{open_office.news.translation_key}:fr", "TmV3czox"):
        assert ask(NODE, id=key)["node"] is None


def test_nodes_come_in_the_order_of_their_ids(open_office, django_assert_num_queries):
    ids = [f"{page.translation_key}:th" for page in (open_office.news, open_office.home)]
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"

    with django_assert_num_queries(1):
        found = ask(query, ids=[ids[0], "unknown", ids[1]])["nodes"]
    assert found == [{"id": ids[0]}, None, {"id": ids[1]}]


def test_too_many_ids_are_refused(open_office):
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert ask_for_result(query, ids=["x"] * 101).errors
