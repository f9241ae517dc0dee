"""`changes`: a client that keeps a copy misses nothing and is told nothing twice."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.publication.models import Publication
from tests.api.ask import ask, ask_for_result
from tests.office import Office

CHANGES = """query ($after: String, $since: DateTime, $first: Int! = 100) {
  changes(after: $after, since: $since, first: $first, locale: TH) {
    cursor hasMore
    nodes { kind id type path oldPath reason permanentPath node { title } }
  }
}"""


class Client:
    """A front end that keeps a copy of the titles, by id."""

    def __init__(self) -> None:
        self.cursor, self.copy = None, {}
        self.poll()

    def poll(self, first: int = 100) -> list[str]:
        """Asks until there is no more; returns the kinds and paths."""
        told = []
        while True:
            found = ask(CHANGES, after=self.cursor, first=first)["changes"]
            self.cursor = found["cursor"]
            for change in found["nodes"]:
                told.append(f"{change['kind']} {change['path'] or change['id'][:8]}")
                if change["node"]:
                    self.copy[change["id"]] = change["node"]["title"]
                else:
                    self.copy.pop(change["id"], None)
            if not found["hasMore"]:
                return told


@pytest.fixture
def client_(open_office: Office) -> Client:
    return Client()


def titles() -> list[str]:
    """What is public in Thai."""
    return sorted(Publication.objects.effective().filter(locale="th").values_list("title", flat=1))


def test_first_poll_tells_everything(open_office, client_):
    assert sorted(client_.copy.values()) == titles()


def test_nothing_is_told_twice(open_office, client_):
    assert client_.poll() == []

    open_office.show(open_office.draft(slug="flood"))
    assert client_.poll() == ["CREATED /th/news/flood/"]
    assert client_.poll() == []


def test_new_version_is_a_change(open_office, client_):
    item = open_office.show(open_office.draft(slug="flood"))
    open_office.show(open_office.edit(item, title="ฉบับแก้ไข"))

    assert client_.poll() == ["CREATED /th/news/flood/", "CHANGED /th/news/flood/"]
    assert "ฉบับแก้ไข" in client_.copy.values()


def test_move_of_a_section_is_told_of_everything_below(open_office, client_):
    open_office.show(open_office.draft(slug="flood"))
    client_.poll()
    open_office.show(open_office.edit(open_office.news, slug="announcements"))

    told = client_.poll()
    assert "MOVED /th/announcements/flood/" in told
    assert "MOVED /th/announcements/" in told


def test_withdrawal_leaves_the_reason(open_office, client_):
    item = open_office.show(open_office.draft(slug="flood"))
    client_.poll()
    publication = Publication.objects.effective().get(subject=item.translation_key)
    withdrawal = open_office.approver.request_withdrawal(publication, "ข้อมูลผิด")
    before = client_.cursor
    open_office.publisher.confirm_withdrawal(withdrawal)

    found = ask(CHANGES, after=before)["changes"]["nodes"]
    assert [(one["kind"], one["reason"], one["node"]) for one in found] == [
        ("WITHDRAWN", "ข้อมูลผิด", None)
    ]
    client_.poll()
    assert sorted(client_.copy.values()) == titles()


def test_what_is_to_begin_later_is_told_when_it_begins(open_office, client_, monkeypatch):
    ahead = timezone.now() + datetime.timedelta(hours=1)
    open_office.show(open_office.draft(slug="later", go_live_at=ahead))
    assert client_.poll() == []

    at(monkeypatch, ahead + datetime.timedelta(minutes=1))
    assert client_.poll() == ["CREATED /th/news/later/"]
    assert client_.poll() == []


def test_end_of_a_time_window_is_told_when_it_comes(open_office, client_, monkeypatch):
    ends = timezone.now() + datetime.timedelta(hours=1)
    item = open_office.show(open_office.draft(slug="brief", expire_at=ends))
    assert client_.poll() == ["CREATED /th/news/brief/"]

    at(monkeypatch, ends + datetime.timedelta(minutes=1))
    assert client_.poll() == [f"EXPIRED {str(item.translation_key)[:8]}"]
    assert client_.poll() == []


def test_transaction_that_commits_late_is_not_missed(open_office, client_, monkeypatch):
    began = timezone.now()
    at(monkeypatch, began + datetime.timedelta(minutes=5))
    client_.poll()
    monkeypatch.undo()
    open_office.show(open_office.draft(slug="late"))  # its moment is before that of the poll

    assert client_.poll() == ["CREATED /th/news/late/"]


def test_restricted_page_is_told_to_be_dropped(open_office, client_):
    item = open_office.show(open_office.draft(slug="flood"))
    client_.poll()
    restriction = PageViewRestriction.objects.create(page=item, restriction_type="login")
    assert client_.poll() == [f"RESTRICTED {str(item.translation_key)[:8]}"]

    restriction.delete()
    assert client_.poll() == ["CREATED /th/news/flood/"]


def test_page_that_was_always_restricted_is_never_told(open_office, client_):
    PageViewRestriction.objects.create(page=open_office.news, restriction_type="login")
    client_.poll()
    open_office.show(open_office.draft(slug="secret"))

    assert client_.poll() == []


def test_small_pages_tell_the_same(open_office, client_):
    for number in range(4):
        open_office.show(open_office.draft(slug=f"n{number}"))

    assert client_.poll(first=1) == [f"CREATED /th/news/n{number}/" for number in range(4)]


def test_since_a_moment(open_office):
    open_office.show(open_office.draft(slug="before"))
    moment = timezone.now().isoformat()
    open_office.show(open_office.draft(slug="after"))

    found = ask(CHANGES, since=moment)["changes"]["nodes"]
    assert [one["path"] for one in found] == ["/th/news/after/"]


@pytest.mark.parametrize("cursor", ["x", "W10", "bnVsbA", "WzEsMiwzXQ"])
def test_foreign_cursor_is_refused(open_office, cursor):
    result = ask_for_result(CHANGES, after=cursor)

    assert "cursor" in str(result.errors[0])


def at(monkeypatch, moment: datetime.datetime) -> None:
    """Sets the clock by which readers are answered."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
