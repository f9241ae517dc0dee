"""Pages for some readers only: nothing of them is told without the right token."""

import json

import pytest
from graphql import execute, parse
from wagtail.models import PageViewRestriction

from cms.publication.models import Address, PinnedFile, Publication
from content_api.context import Context
from content_api.schema import schema
from tests.api.ask import ask
from tests.office import Office, document

EVERYWHERE = """{
  page(path: "/news/secret/item/") { __typename ... on Page { title } }
  section: page(path: "/news/secret/") { __typename }
  pages(first: 100) { totalCount nodes { title } }
  news(first: 100) { totalCount nodes { title } }
  navigation { title children { title children { title } } }
  downloads { totalCount nodes { file { title } } }
  history(path: "/news/secret/item/") { title }
  withdrawals { nodes { title reason } }
  kindCounts(type: "NewsPage") { count }
  fiscalYears { be }
}"""


def restrict(page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )


@pytest.fixture
def section(open_office: Office):
    return open_office.show(
        open_office.section(open_office.news, title="แมวดำ", slug="secret", listing="news")
    )


@pytest.fixture
def item(open_office: Office, section):
    attached = [{"id": "1", "type": "document", "value": document(b"%PDF-1.4 cat").pk}]
    draft = open_office.draft(section, title="แมวดำ", slug="item", summary="แมวดำ")
    return open_office.show(open_office.edit(draft, attachments=json.dumps(attached)))


def everything(unlocked: frozenset[str] = frozenset()) -> str:
    context = Context(unlocked=unlocked)
    result = execute(schema.graphql_schema, parse(EVERYWHERE), context_value=context)
    assert result.errors is None, result.errors
    return json.dumps(result.data, ensure_ascii=False)


def test_what_is_public_is_told_everywhere(item):
    assert everything().count("แมวดำ") >= 6


def test_restricted_section_and_what_lies_below_are_told_nowhere(item, section):
    before = ask("{ pages { totalCount } }")["pages"]["totalCount"]
    restrict(section)

    told = json.loads(everything())
    assert "แมวดำ" not in json.dumps(told, ensure_ascii=False)
    assert (told["page"], told["section"], told["history"]) == (None, None, None)
    assert told["pages"]["totalCount"] == before - 2
    assert told["downloads"]["totalCount"] == 0


def test_files_of_a_restricted_page_are_not_served(item, section, client):
    file = PinnedFile.objects.get(content_type="application/pdf")

    restrict(section)
    assert client.get(file.path).status_code == 404


def test_hash_of_a_restricted_page_was_never_public(item):
    content_hash = Publication.objects.get(subject=item.translation_key).content_hash
    query = "query ($hash: String!) { verification(hash: $hash) { state periods { title } } }"
    restrict(item)

    assert ask(query, hash=content_hash)["verification"] == {"state": "NEVER_PUBLIC", "periods": []}


def test_every_language_is_restricted(open_office, item):
    english = item.get_parent().specific.copy_for_translation(open_office.english)
    english.title = "Black cat"
    english.save_revision(user=open_office.translator.user)
    open_office.show(english)
    query = '{ page(path: "/news/secret/", locale: EN) { __typename } }'
    assert ask(query)["page"]

    restrict(item.get_parent())
    assert ask(query)["page"] is None


def test_withdrawn_restricted_page_tells_no_reason(open_office, item, section):
    restrict(section)
    publication = Publication.objects.in_force().get(subject=item.translation_key)
    withdrawal = open_office.approver.request_withdrawal(publication, "แมวดำ")
    open_office.publisher.confirm_withdrawal(withdrawal)

    assert "แมวดำ" not in everything()


def test_what_is_published_later_below_is_restricted_too(open_office, section):
    restrict(section)
    open_office.show(open_office.draft(section, title="แมวดำ", slug="item"))

    assert "แมวดำ" not in everything()


def test_page_that_is_moved_out_in_a_draft_stays_restricted_until_it_is_signed(
    open_office, item, section
):
    restrict(section)
    item.move(open_office.fresh(open_office.news), pos="last-child")
    assert "แมวดำ" not in everything()

    open_office.show(open_office.edit(open_office.fresh(item), title="แมวขาว"))
    assert "แมวขาว" in everything()


def test_right_token_opens_the_section(item, section):
    restrict(section)

    assert everything(frozenset({str(section.translation_key)})).count("แมวดำ") >= 6


def test_two_restrictions_need_two_tokens(item, section):
    restrict(section)
    restrict(item)
    keys = {str(section.translation_key), str(item.translation_key)}

    path = '"__typename": "NewsPage"'
    assert path not in everything(frozenset({str(section.translation_key)}))
    assert path not in everything(frozenset({str(item.translation_key)}))
    assert path in everything(frozenset(keys))


def test_lifted_restriction_opens_the_page_again(item, section):
    restrict(section).delete()

    assert "แมวดำ" in everything()


def test_page_that_was_deleted_stays_restricted(open_office, item):
    restrict(item)
    publication = Publication.objects.in_force().get(subject=item.translation_key)
    Publication.objects.filter(pk=publication.pk).update(effective_until=publication.effective_from)
    item.delete()

    assert (
        str(item.translation_key)
        in Address.objects.get(subject=item.translation_key, locale="th").restricted_by
    )


def test_only_administrators_restrict(open_office, item):
    def may(clerk) -> bool:
        return item.permissions_for_user(clerk.user).can_set_view_restrictions()

    assert may(open_office.root)
    assert not may(open_office.publisher)
    assert not may(open_office.approver)
