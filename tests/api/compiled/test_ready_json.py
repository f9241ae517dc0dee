"""Ready text: made once for each publication, never of drafts, never what may change."""

import json
import uuid

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.publication.models import PinnedFile, Publication
from content_api.compiled.jobs import make_for, make_missing
from content_api.compiled.making import Shapes
from content_api.compiled.ready import HOLE, LINK
from content_api.context import Context
from content_api.documents import prepared
from content_api.execution import answer, ready_data, reference
from content_api.models import ReadyJson
from content_api.operations import document, run
from content_api.public_files import path_of
from pages.models import NewsPage
from tests.office import Office, image
from tests.publication.withdrawing import latest, withdraw

LIST = {"locale": "TH", "first": 20}


def news(office: Office, slug: str, html: str = "<p>ข่าว</p>") -> NewsPage:
    """A published item with a picture and a text."""
    draft = office.draft(slug=slug, lead_image=image())
    block = {"id": str(uuid.uuid4()), "type": "rich_text", "value": html}
    return office.show(office.edit(draft, body=json.dumps([block])))


def asked(name: str, **variables) -> dict:
    """The answer of a stored operation, which must be graphene's own."""
    found = run(name, variables)
    expected = reference(document(name), variables, Context())
    assert found.data == expected.data
    return found.data


def test_text_is_made_for_what_is_published(open_office: Office):
    publication = latest(news(open_office, "one"))

    make_for.func(publication.pk)

    assert ReadyJson.objects.filter(publication=publication).exists()
    assert asked("news", **LIST)["news"]["nodes"][0]["leadImage"]["url"].startswith("/files/")


def test_nothing_is_made_twice(open_office: Office):
    news(open_office, "one")

    assert make_missing()[0] > 0
    assert make_missing() == (0, 0)


def test_text_of_other_code_is_dropped(open_office: Office):
    publication = latest(news(open_office, "one"))
    ReadyJson.objects.create(publication=publication, shape="of-old-code", text=b"{}")

    assert make_missing()[1] == 1


def test_text_of_what_was_withdrawn_is_dropped(open_office: Office):
    page = news(open_office, "one")
    publication = latest(page)
    make_missing()

    withdraw(open_office, page)
    make_missing()

    assert not ReadyJson.objects.filter(publication=publication).exists()
    assert asked("news", **LIST)["news"]["nodes"] == []


def test_links_follow_their_targets(open_office: Office):
    target = open_office.show(open_office.draft(slug="target"))
    link = f'<p><a linktype="page" id="{target.pk}">ไป &amp; "ดู"</a> <b>ต่อ</b></p>'
    page = news(open_office, "one", link)
    make_missing()
    texts = ReadyJson.objects.filter(publication=latest(page)).values_list("text", flat=True)

    def html() -> str:
        data = asked("page", path="/news/one/", locale="TH")
        return data["page"]["body"][0]["richText"]["html"]

    assert any(HOLE + LINK + str(target.translation_key).encode() in text for text in texts)
    assert '<a href="/th/news/target/">ไป &amp; "ดู"</a>' in html()
    open_office.show(open_office.edit(target, slug="elsewhere"))
    assert '<a href="/th/news/elsewhere/">ไป &amp; "ดู"</a>' in html()
    withdraw(open_office, target)
    assert html() == '<p>ไป &amp; "ดู" <b>ต่อ</b></p>'


def test_address_in_ready_text_follows_a_move(open_office: Office):
    page = open_office.show(open_office.draft(slug="one", lead_image=image()))
    make_missing()
    asked("news", **LIST)

    open_office.show(open_office.edit(page, slug="two"))

    assert asked("news", **LIST)["news"]["nodes"][0]["path"] == "/th/news/two/"


def queries(query: str, prepare: bool) -> int:
    """How many queries an answer takes, with ready text for it or without."""
    node = prepared(query).node
    assert node is not None
    ReadyJson.objects.all().delete()
    if prepare:
        rows = Publication.objects.effective().select_related("address")
        Shapes([node]).make(list(rows))
    expected = reference(node, {}, Context())
    with CaptureQueriesContext(connection) as captured:
        found = answer(node, {}, Context())
    assert found.data == expected.data
    return len(captured)


PICTURES = "{ news { nodes { id title path kind leadImage { url srcset } } } }"
BODIES = """{ news(first: 100) { nodes {
  id title path permanentPath body { ... on RichTextBlock { richText { html } } }
  leadImage { url }
} } }"""
ARTICLE = """{ page(path: "/news/item-1/") { ... on NewsPage {
  id title path body { ... on RichTextBlock { richText { html } } } leadImage { url }
} } }"""


@pytest.mark.parametrize(
    ("query", "with_text", "without"), [(PICTURES, 1, 2), (BODIES, 2, 3), (ARTICLE, 2, 3)]
)
def test_questions_cost_few_queries_whatever_the_length(
    open_office: Office, query: str, with_text: int, without: int
):
    link = f'<p><a linktype="page" id="{open_office.news.pk}">ไป</a></p>'
    for number in range(2):
        news(open_office, f"item-{number}", link)
    few = [queries(query, prepare=True), queries(query, prepare=False)]
    news(open_office, "item-2", link)

    assert few == [with_text, without]
    assert [queries(query, prepare=True), queries(query, prepare=False)] == few


def test_snapshots_that_are_needed_after_all_are_fetched_together(open_office: Office):
    department = open_office.show(open_office.department())
    for number in range(3):
        draft = open_office.draft(slug=f"d-{number}", department=department, lead_image=image())
        open_office.show(draft)
    query = "{ news { nodes { title leadImage { url } department { title } } } }"

    assert queries(query, prepare=True) == 3  # the list with its text, snapshots, divisions


@pytest.mark.parametrize("filename", ["a.pdf", "ประกาศ ฉบับที่ 1.pdf", "a+b (c)~'!.pdf"])
def test_addresses_of_files_are_as_django_makes_them(filename):
    assert path_of("0" * 64, filename) == PinnedFile(sha256="0" * 64).path_as(filename)


def test_answer_is_parsed_only_where_it_is_read(open_office: Office):
    found = answer(document("news"), LIST, Context())

    assert "data" not in vars(found)
    assert json.loads(orjson.dumps(ready_data(found))) == found.data
