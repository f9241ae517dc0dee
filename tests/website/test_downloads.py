"""The list of files to download, by type and year."""

import datetime
import json

import pytest

from pages.models import Listing, OfficeDocument
from tests.office import Office, document, image, png
from tests.website.reading import block, published, read, thai, words
from website.listings import downloads

LIST = "/th/downloads/"


@pytest.fixture
def library(open_office: Office) -> Office:
    """An office with a section that lists files, at /th/downloads/."""
    section = open_office.section(
        open_office.home, title="ดาวน์โหลด", slug="downloads", listing=Listing.DOWNLOADS
    )
    open_office.show(section)
    return open_office


def with_files(office: Office, *files: OfficeDocument, year: int = 2026, **fields):
    attachments = json.dumps([block("document", file.pk) for file in files])
    day = datetime.date(year, 1, 15)
    return published(office, attachments=attachments, posted_on=day, **fields)


def named(title: str, name: str) -> OfficeDocument:
    file = document(f"content of {name}".encode(), name)
    OfficeDocument.objects.filter(pk=file.pk).update(title=title)
    return OfficeDocument.objects.get(pk=file.pk)


def titles(path: str = LIST) -> list[str]:
    return [words(title) for title in read(path).select(".download-items h3")]


def test_each_file_names_its_type_and_its_page(library: Office):
    with_files(library, named("แบบคำขอ", "form.docx"), title="ข่าวแบบคำขอ", slug="forms")

    (item,) = read(LIST).select(".download-items li")
    assert words(item.h3) == "แบบคำขอ"
    assert words(item.select_one(".file-kind")).startswith("DOCX, ")
    assert item.select_one(".found-on a")["href"] == "/th/news/forms/"


def test_latest_day_stands_first(library: Office):
    with_files(library, named("ใหม่", "a.pdf"), year=2026)
    with_files(library, named("เก่า", "b.pdf"), year=2020)

    assert titles() == ["ใหม่", "เก่า"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.pdf", "PDF"),
        ("a.doc", "DOCUMENT"),
        ("a.docx", "DOCUMENT"),
        ("a.csv", "TABLE"),
        ("a.xlsx", "TABLE"),
        ("a.txt", "TEXT"),
        ("a.tiff", "IMAGE"),
        ("a.jpg", "IMAGE"),
        ("a.zip", "OTHER"),
    ],
)
def test_one_type(library: Office, name: str, kind: str):
    with_files(library, named("ที่ต้องการ", name))

    found = {key for key in downloads.TYPES if titles(f"{LIST}?type={key}")}
    assert found == {kind}


def test_years_are_of_the_buddhist_era(library: Office):
    with_files(library, named("ปีนี้", "a.pdf"), year=2026)
    with_files(library, named("ปีก่อน", "b.pdf"), year=2025)

    assert titles(f"{LIST}?year=2568") == ["ปีก่อน"]
    years = [words(link) for link in read(LIST).select(".filters")[1].select("a")]
    assert years == [thai("All years"), "2569", "2568"]


def test_type_and_year_go_together(library: Office):
    with_files(library, named("ปีนี้", "a.pdf"), named("ข้อความ", "a.txt"), year=2026)
    with_files(library, named("ปีก่อน", "b.pdf"), year=2025)

    page = read(f"{LIST}?type=PDF&year=2569")
    assert titles(f"{LIST}?type=PDF&year=2569") == ["ปีนี้"]
    assert [link["href"] for link in page.select(".filters [aria-current]")] == [
        f"{LIST}?type=PDF&year=2569"
    ] * 2


@pytest.mark.parametrize(
    "query", ["type=NONSENSE", "year=abc", "year=99999", "year=๒๕๖๙", "type=", "year="]
)
def test_bad_parameters_are_ignored(library: Office, query: str):
    with_files(library, named("แฟ้ม", "a.pdf"))

    assert titles(f"{LIST}?{query}") == ["แฟ้ม"]


def test_bad_cursor_is_refused_in_words(library: Office):
    assert words(read(f"{LIST}?after=x", 400).h1) == thai("This list does not go on here")


def test_whole_list_can_be_walked(library: Office, monkeypatch):
    monkeypatch.setattr(downloads, "PAGE_SIZE", 2)
    with_files(library, *[named(str(number), f"{number}.pdf") for number in range(5)])

    seen, path = [], LIST
    while path:
        seen += titles(path)
        following = read(path).select_one("a[rel=next]")
        path = following and following["href"]
    assert sorted(seen) == ["0", "1", "2", "3", "4"]


def test_file_of_two_pages_is_listed_with_each(library: Office):
    file = named("ระเบียบ", "rules.pdf")
    with_files(library, file, slug="first")
    with_files(library, file, slug="second")

    links = read(LIST).select(".found-on a")
    assert {link["href"] for link in links} == {"/th/news/first/", "/th/news/second/"}


def test_each_page_names_the_file_as_it_was_then(library: Office):
    file = named("ชื่อเดิม", "rules.pdf")
    with_files(library, file, slug="first")
    OfficeDocument.objects.filter(pk=file.pk).update(title="ชื่อใหม่")
    with_files(library, file, slug="second")

    assert sorted(titles()) == sorted(["ชื่อเดิม", "ชื่อใหม่"])


def test_new_version_of_a_page_replaces_its_files(library: Office):
    page = with_files(library, named("ฉบับแรก", "a.pdf"))
    second = json.dumps([block("document", named("ฉบับหลัง", "b.pdf").pk)])
    library.publish(library.edit(page, attachments=second))

    assert titles() == ["ฉบับหลัง"]


def test_pictures_of_a_text_are_not_for_download(library: Office):
    published(library, lead_image=image())

    assert titles() == []


def test_picture_that_is_attached_is_for_download_where_it_is_attached(library: Office):
    published(library, lead_image=image("teal"), slug="picture")
    scan = document(png("teal"), "scan.png")
    OfficeDocument.objects.filter(pk=scan.pk).update(title="ภาพสแกน")
    with_files(library, OfficeDocument.objects.get(pk=scan.pk), slug="scan")

    assert titles() == ["ภาพสแกน"]
    assert read(LIST).select_one(".found-on a")["href"] == "/th/news/scan/"


def test_section_without_files_says_so(library: Office):
    assert words(read(LIST).select_one(".nothing")) == thai("There are no files to download yet.")
