"""The log of publications: what was done to the public record, and nothing that is not public."""

import csv
import datetime
import io

from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.publication.models import Publication, PublicSettings
from tests.api.ask import ask, ask_for_result
from tests.office import Office
from tests.publication.withdrawing import latest, withdraw
from tests.website.reading import in_english, published, read, thai, words
from website import transparency_files

QUERY = """query ($asOf: Date, $first: Int, $after: String, $of: Locale) {
  transparency(asOf: $asOf) { log(first: $first, after: $after, locale: $of) { totalCount
    pageInfo { hasNextPage endCursor }
    nodes { at action type typeLabel title locale permanentPath path } } } }"""


def log(**variables: object) -> list[dict]:
    return ask(QUERY, **variables)["transparency"]["log"]["nodes"]


def acts(first: int = 3) -> list[tuple[str, str]]:
    return [(one["action"], one["title"]) for one in log(first=first)]


def lines() -> list[list[str]]:
    text = Client().get("/th/transparency/log.csv").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_log_tells_publishing_changing_and_withdrawing_the_newest_first(open_office: Office):
    page = published(open_office, title="ฉบับแรก", slug="here")
    open_office.show(open_office.edit(page, title="ฉบับที่สอง"))
    other = published(open_office, title="ที่ถอน")
    withdraw(open_office, other)

    assert acts() == [
        ("WITHDRAWN", "ที่ถอน"),
        ("CHANGED", "ฉบับที่สอง"),
        ("PUBLISHED", "ฉบับแรก"),
    ]
    first, second, _third = log(first=3)
    assert (first["path"], second["path"]) == (None, "/th/news/here/")
    assert second["permanentPath"] == f"/id/{latest(page).address.short_id}/th/"
    assert (second["type"], second["locale"]) == ("NewsPage", "TH")


def test_record_without_a_page_is_named_without_an_address(open_office: Office):
    open_office.show(open_office.department(title="กองคลัง"))

    (newest,) = log(first=1)
    shown = read("/th/transparency/").select_one(".transparency-log li")
    assert (newest["title"], newest["path"], newest["permanentPath"]) == ("กองคลัง", None, None)
    assert "กองคลัง" in words(shown)
    assert shown.a is None
    assert lines()[1][-2:] == ["", ""]


def test_what_comes_back_after_a_withdrawal_is_published_anew(open_office: Office):
    page = published(open_office, title="กลับมา")
    withdraw(open_office, page)
    open_office.show(open_office.edit(page, title="กลับมาแล้ว"))

    assert acts(2) == [("PUBLISHED", "กลับมาแล้ว"), ("WITHDRAWN", "กลับมา")]


def test_log_is_of_both_languages_or_of_one(open_office: Office):
    in_english(open_office, published(open_office, title="ข่าว"), "News of today")

    assert [one["locale"] for one in log(first=2)] == ["EN", "TH"]
    assert {one["locale"] for one in log(of="TH")} == {"TH"}


def test_drafts_what_is_scheduled_and_what_is_private_are_in_no_log(open_office: Office):
    before = log()
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    open_office.draft(title="ร่าง")
    open_office.show(open_office.draft(title="พรุ่งนี้", go_live_at=tomorrow))
    private = open_office.draft(title="เฉพาะบางคน")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    open_office.show(private)

    assert log() == before
    assert Publication.objects.filter(title="พรุ่งนี้").exists()
    assert not [one for line in lines() for one in line if one in ("ร่าง", "พรุ่งนี้", "เฉพาะบางคน")]


def test_signers_are_not_named_even_where_the_office_shows_names(open_office: Office):
    published(open_office)
    settings, _made = PublicSettings.objects.get_or_create(site=open_office.home.get_site())
    settings.show_signer_names = True
    settings.save()
    name = open_office.publisher.user.get_full_name()

    assert name not in str(read("/th/transparency/"))
    assert name not in str(lines())


def test_log_of_a_past_day_ends_with_it(open_office: Office, world):
    published(open_office, title="วันแรก")
    world.pass_days(1)
    published(open_office, title="วันที่สอง")

    assert acts(1) == [("PUBLISHED", "วันที่สอง")]
    assert log(first=1, asOf=world.first_day.isoformat())[0]["title"] == "วันแรก"


def test_log_is_read_page_by_page(open_office: Office):
    for number in range(3):
        published(open_office, title=f"ข่าว {number}")
    found = ask(QUERY, first=2)["transparency"]["log"]
    cursor = found["pageInfo"]["endCursor"]

    assert [one["title"] for one in log(first=1, after=cursor)] == ["ข่าว 0"]
    assert ask_for_result(QUERY, first=2, after="nonsense").errors


def test_page_shows_the_log_with_its_next_part(open_office: Office, monkeypatch):
    monkeypatch.setattr("website.transparency.LOG_PAGE", 2)
    for number in range(3):
        published(open_office, title=f"ข่าว {number}", slug=f"n{number}")

    page = read("/th/transparency/")
    following = read(page.select_one("#log ~ nav a[rel~=next]")["href"].partition("#")[0])
    assert [words(a) for a in page.select(".transparency-log a")] == ["ข่าว 2", "ข่าว 1"]
    assert page.select_one(".transparency-log a")["href"] == "/th/news/n2/"
    assert words(page.select_one(".log-action")) == thai("published")
    assert words(following.select_one(".transparency-log a")) == "ข่าว 0"
    assert following.select_one('meta[name="robots"][content="noindex"]')


def test_file_of_the_log_cannot_act_as_a_formula(open_office: Office):
    published(open_office, title="=1+1", slug="formula")

    heading, newest = lines()[:2]
    assert heading[:3] == ["at", "action", "action_name"]
    assert newest[5] == "'=1+1"
    assert newest[-1].endswith("/th/news/formula/")
    assert Client().get("/th/transparency/log.csv").content.startswith(b"\xef\xbb\xbf")


def test_files_of_the_log_name_the_next_one_until_all_is_told(open_office: Office, monkeypatch):
    monkeypatch.setattr(transparency_files, "LOG_ROWS", 4)
    monkeypatch.setattr(transparency_files, "_PAGE", 2)
    for number in range(3):
        published(open_office, title=f"ข่าว {number}")
    url, titles = "/th/transparency/log.json", []
    while url:
        response = Client().get(url)
        titles += [row["title"] for row in response.json()["rows"]]
        url = response.get("Link", "").partition(">")[0].removeprefix("<")

    assert titles == [row["title"] for row in log(first=100)]
    assert len(titles) == 7
