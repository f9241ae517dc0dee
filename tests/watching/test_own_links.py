"""Links within the site are answered from the public record, without a request."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.oversight import link_checks
from cms.oversight.models import LinkCheck
from cms.publication.models import PinnedFile
from cms.watching import own_links
from cms.watching.models import Pass
from cms.watching.own_links import check_own_links
from pages.models import ManagedRedirect, WebLink
from tests.admin import browser
from tests.office import Office, document
from tests.publication.withdrawing import latest, withdraw
from tests.website.reading import block, published


def linking(office: Office, *links: str) -> Any:
    """A public page with these `<a>` elements in its text, as an editor stores them."""
    return published(office, block("rich_text", f"<p>{' '.join(links)}</p>"))


def to(href: str) -> str:
    return f'<a href="{href}">ที่นี่</a>'


def broken() -> set[str]:
    """The addresses that the report names."""
    return set(LinkCheck.objects.filter(message="not-public").values_list("url", flat=True))


def test_links_that_lead_somewhere_are_right(open_office: Office, settings: Any):
    page = published(open_office)
    address = latest(page).address
    linking(
        open_office,
        to(f"/th{address.path}"),
        to(f"{settings.BASE_URL}/th{address.path}#part"),
        to(f"/th{address.path}".rstrip("/")),
        to(f"/id/{address.short_id}/th/"),
        to(f"/id/{address.short_id}/"),
        to("/th/"),
        to("/"),
        to("/th/search/?q=น้ำ"),
        to("/th/feeds/news.rss"),
        to("/static/site.css"),
        f'<a linktype="page" id="{page.pk}">หน้า</a>',
    )

    check_own_links()

    assert broken() == set()


@pytest.mark.parametrize(
    "path",
    ["/th/news/nowhere/", "/id/zzzzzzzz/th/", "/id/zzzzzzzz/", "/nowhere", "/files/abc/a.pdf"],
)
def test_link_that_leads_nowhere_is_reported(open_office: Office, settings: Any, path: str):
    page = linking(open_office, to(path))

    check_own_links()

    check = LinkCheck.objects.get()
    assert check.url.startswith(settings.BASE_URL)
    assert (check.state, check.message) == ("broken", "not-public")
    assert list(check.publications.all()) == [latest(page)]


def test_link_to_a_withdrawn_page_is_reported(open_office: Office):
    target = published(open_office)
    linking(open_office, f'<a linktype="page" id="{target.pk}">หน้า</a>')
    withdraw(open_office, target)

    check_own_links()

    assert broken() == {f"http://127.0.0.1:8000/id/{latest(target).address.short_id}/th/"}


def test_link_to_a_draft_tells_nothing_of_it(open_office: Office):
    draft = open_office.draft(title="ความลับ", slug="secret")
    linking(open_office, f'<a linktype="page" id="{draft.pk}">หน้า</a>')

    check_own_links()

    assert broken() == {f"urn:uuid:{draft.translation_key}"}


def test_former_address_leads_on(open_office: Office):
    target = published(open_office, slug="before")
    open_office.show(open_office.edit(target, slug="after"))
    linking(open_office, to("/th/news/before/"))

    check_own_links()

    assert broken() == set()


def test_address_of_a_former_site_that_leads_on_is_right(open_office: Office):
    values = {"title": "ข่าวเดิม", "old_path": "/index.php/news/", "target_page": open_office.news}
    open_office.show(open_office.record(ManagedRedirect, **values))
    linking(open_office, to("/index.php/news/"))

    check_own_links()

    assert broken() == set()


def test_public_file_is_right(open_office: Office):
    attachment = block("document", document().pk)
    page = open_office.edit(open_office.draft(), attachments=json.dumps([attachment]))
    open_office.show(page)
    linking(open_office, to(PinnedFile.objects.latest("pk").path))

    check_own_links()

    assert broken() == set()


def test_web_link_of_ours_is_looked_at(open_office: Office, settings: Any):
    url = f"{settings.BASE_URL}/th/nowhere/"
    open_office.show(open_office.record(WebLink, title="ก", kind="external", url=url))

    check_own_links()

    assert broken() == {url}


def test_link_that_was_corrected_leaves_the_report(open_office: Office):
    page = linking(open_office, to("/th/nowhere/"))
    check_own_links()
    body = json.dumps([block("rich_text", "<p>ไม่มีลิงก์</p>")])
    open_office.show(open_office.edit(page, body=body))

    check_own_links()

    assert broken() == set()


def test_link_whose_target_is_public_again_leaves_the_report(open_office: Office):
    page = linking(open_office, to("/th/news/later/"))
    check_own_links()
    published(open_office, slug="later")

    check_own_links()

    assert broken() == set()
    assert latest(page).link_checks.count() == 0


def test_our_own_addresses_are_never_asked_over_the_network(open_office: Office):
    linking(open_office, to("/th/nowhere/"))
    check_own_links()
    LinkCheck.objects.update(checked_at=None)

    assert link_checks.due(link_checks.RECENT) == []


def test_pass_that_was_killed_goes_on_where_it_was(open_office: Office, monkeypatch: Any):
    for number in range(4):
        linking(open_office, to(f"/th/nowhere-{number}/"))
    monkeypatch.setattr(own_links, "CHUNK", 1)
    real, calls = own_links._note, []

    def note(links: Any, found: Any) -> None:
        calls.append(list(links))
        if len(calls) == 3:
            raise SystemExit("killed")
        real(links, found)

    monkeypatch.setattr(own_links, "_note", note)
    with pytest.raises(SystemExit):
        check_own_links()
    check_own_links()

    assert calls[2] == calls[3]
    assert len({call[0] for call in calls}) == len(calls) - 1
    assert len(broken()) == 4
    assert Pass.objects.get(name="own_links").finished_at


def test_number_of_queries_does_not_grow_with_links(open_office: Office):
    linking(open_office, to("/th/nowhere-0/"), to("/id/zzzzzzzz/"))
    with CaptureQueriesContext(connection) as few:
        check_own_links()
    for number in range(5):
        linking(open_office, to(f"/th/nowhere-{number}/"), to(f"/id/zzzzzzz{number}/"))
    with CaptureQueriesContext(connection) as many:
        check_own_links()

    assert abs(len(many) - len(few)) <= 2  # rows that are new, rows that are known


def test_there_is_one_report_of_links_and_files(open_office: Office):
    linking(open_office, to("/th/nowhere/"))
    check_own_links()

    html = browser(open_office.reporter).get(reverse("broken_links")).content.decode()

    assert "/th/nowhere/" in html
    assert str(LinkCheck.objects.get().finding) in html
