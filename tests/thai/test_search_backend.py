"""The admin's search finds ordinary Thai words in drafts, whole and while they are typed."""

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.search.query import Phrase
from wagtail.search.utils import parse_query_string

from pages.models import NewsPage
from tests.api.test_search import BEGINNINGS, TITLES, WORDS
from tests.office import Office, image


@pytest.fixture
def drafts(open_office: Office) -> Office:
    """Five drafts as an office writes them, none of them public."""
    for name, title in TITLES.items():
        text = "งบประมาณ 1,500,000 บาท ติดต่อกองช่าง" if name == "road" else ""
        open_office.draft(title=title, summary=text)
    return open_office


def test_words_and_beginnings_are_found(drafts):
    in_titles = {w: names for w, names in WORDS.items() if w not in ("กองช่าง", "งบประมาณ")}
    found = {w: sorted(page.title for page in NewsPage.objects.search(w)) for w in in_titles}
    begun = {b: [p.title for p in Page.objects.all().autocomplete(b)] for b in BEGINNINGS}

    assert found == {w: sorted(TITLES[n] for n in names) for w, names in in_titles.items()}
    assert begun == {b: [TITLES[name]] for b, name in BEGINNINGS.items()}


def test_queries_of_every_kind_are_cut(drafts):
    _filters, quoted = parse_query_string('"จัดซื้อจัดจ้าง"')

    assert [page.title for page in NewsPage.objects.search(quoted)] == [TITLES["road"]]
    assert [p.title for p in NewsPage.objects.search(Phrase("ก่อสร้างถนน"))] == [TITLES["road"]]


def test_the_explorer_and_the_chooser_find_them(drafts, client: Client):
    client.force_login(drafts.root.user)

    for address in ("/admin/pages/search/", "/admin/choose-page/search/"):
        answer = client.get(address, {"q": "วัคซีน"})
        assert TITLES["dog"] in answer.content.decode()
        assert TITLES["crab"] not in answer.content.decode()


def test_pictures_are_found_too(open_office: Office):
    picture = image()
    picture.title = "ภาพโครงการฉีดวัคซีน"
    picture.save()

    assert list(get_image_model().objects.search("วัคซีน")) == [picture]


def test_an_index_that_is_built_again_finds_the_same(drafts):
    call_command("update_index", verbosity=0)

    assert [page.title for page in NewsPage.objects.search("สมัคร")] == [TITLES["job"]]
