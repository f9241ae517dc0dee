"""Pages of the site name what they were read from, so that caches in front purge them by it."""

from typing import Any

from django.test import Client

from cms.publication.models import Publication
from cms.publication.tags import subject_tag, tags_of
from tests.office import Office


def tags(client: Client, path: str) -> set[str]:
    return set(client.get(path)["Surrogate-Key"].split())


def test_page_names_itself_and_the_menus(open_office: Office, client: Client):
    found = tags(client, "/th/news/")

    assert {subject_tag(open_office.news.translation_key), "layout"} <= found


def test_publication_purges_its_page_and_the_list_that_it_enters(
    open_office: Office, client: Client
):
    page = open_office.show(open_office.draft(slug="flood"))
    shown, listed = tags(client, "/th/news/flood/"), tags(client, "/th/news/")
    open_office.show(open_office.edit(page, title="ใหม่"))

    purged = tags_of(Publication.objects.latest("sequence"))
    assert purged & shown
    assert purged & listed


def test_page_that_is_not_there_is_purged_when_anything_comes(open_office: Office, client: Client):
    assert "list" in tags(client, "/th/nowhere/")


def test_tags_of_one_page_do_not_stay_for_the_next(open_office: Office, client: Client):
    page = open_office.show(open_office.draft(slug="flood"))
    tags(client, "/th/news/flood/")

    assert subject_tag(page.translation_key) not in tags(client, "/th/changes/")


def test_remembered_answer_is_the_same_page(open_office: Office, client: Client, settings: Any):
    fresh = client.get("/th/news/")
    settings.RESPONSE_CACHE_MB = 8
    client.get("/th/news/")
    remembered = client.get("/th/news/")

    assert remembered.content == fresh.content
    assert remembered["Surrogate-Key"] == fresh["Surrogate-Key"]
