"""The obligations as a spreadsheet: what an import makes, changes, refuses and leaves alone."""

import csv
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override
from openpyxl import load_workbook
from wagtail.models import Revision

from cms.oversight.disclosure_lists import (
    SHIPPED,
    export_disclosure_items,
    import_disclosure_items,
    shipped_count,
)
from cms.oversight.obligations import obligations
from cms.oversight.sheets import ListErrors
from cms.publication.models import Publication
from cms.signoff.release_preparing import submit_release
from cms.thai.spreadsheets import read_table, write_table
from pages.counting import unknown_counts
from pages.models import DisclosureItem
from tests.office import Office
from tests.oversight.duties import owe
from tests.releasing import fresh, release_of, signed_by


def sheet(*lines: list[str], head: str = "code parent title_th title_en") -> bytes:
    return write_table([head.split(), *lines], "csv")


def drafts() -> dict[str, DisclosureItem]:
    rows = DisclosureItem.objects.filter(locale__language_code="th")
    found = [row.get_latest_revision_as_object() for row in rows]
    return {draft.code: draft for draft in found}


def divisions_of_the_shipped_list(office: Office) -> None:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        names = {row["division"] for row in csv.DictReader(file)} - {""}
    for name in sorted(names):
        office.department(title=name)


def test_shipped_list_becomes_a_signed_tree_in_one_release(open_office: Office):
    divisions_of_the_shipped_list(open_office)

    done = import_disclosure_items(SHIPPED.read_bytes(), open_office.reporter.user)

    assert len(done.created) == len(done.translated) == shipped_count()
    assert not Publication.objects.filter(type="DisclosureItem").exists()
    assert all(not unknown_counts(item.counts) for item in drafts().values())
    few = [item for item in done.created if item.code.startswith("1.4")]
    release = release_of(open_office, *few)
    submit_release(release, open_office.reporter.user)
    signed_by(open_office, fresh(release), "reporter", "approver", "publisher")
    tree = obligations()
    assert [item.code for item in tree.all][:3] == ["1.4", "1.4(1)", "1.4(1).1"]
    assert {leaf.chapter.code for leaf in tree.leaves} == {"1.4"}

    for file_format in ("csv", "xlsx"):
        before = Revision.objects.count()
        data = export_disclosure_items(open_office.reporter.user, file_format)
        again = import_disclosure_items(data, open_office.reporter.user)
        assert (again.created, again.changed, again.translated) == ([], [], [])
        assert again.unchanged == shipped_count()
        assert Revision.objects.count() == before


def test_english_texts_become_an_english_draft(open_office: Office):
    data = sheet(["1.1", "", "ข้อมูล & ข่าว", "Data & news"])

    done = import_disclosure_items(data, open_office.reporter.user)

    english = done.translated[0].get_latest_revision_as_object()
    assert (english.locale.language_code, english.title) == ("en", "Data & news")
    assert english.code == "1.1"


def test_codes_and_numbers_may_be_in_thai_digits_and_headings_in_thai(open_office: Office):
    with override("th"):
        file = export_disclosure_items(open_office.reporter.user, "csv")
        heads = read_table(file)[0]
    line = dict.fromkeys(heads, "")
    line[heads[0]], line[heads[2]], line[heads[17]] = "๑.๑ (๑)", "ชื่อ", "๖"

    import_disclosure_items(
        write_table([heads, list(line.values())], "csv"), open_office.reporter.user
    )

    assert drafts()["1.1(1)"].review_months == 6


def test_what_is_public_stays_until_the_changed_draft_is_signed(open_office: Office):
    owe(open_office, "1.1", title="เดิม")

    done = import_disclosure_items(sheet(["1.1", "", "ใหม่", ""]), open_office.reporter.user)

    assert [item.code for item in done.changed] == ["1.1"]
    assert drafts()["1.1"].title == "ใหม่"
    assert [one.title("th") for one in obligations().all] == ["เดิม"]


def test_every_error_is_told_by_row_and_column_and_nothing_is_taken(open_office: Office):
    data = sheet(
        ["1.1", "9.9", "ก", "", "x"],
        ["1.2", "", "", "", "3"],
        ["1.3", "", "ค", "", "3"],
        head="code parent title_th title_en review_months",
    )

    with override("en"), pytest.raises(ListErrors) as caught:
        import_disclosure_items(data, open_office.reporter.user)

    assert [(error.row, error.column) for error in caught.value.errors] == [
        (2, "review interval in months"),
        (3, "name in Thai"),
    ]
    assert drafts() == {}


def test_wrong_references_are_told_and_nothing_is_taken(open_office: Office):
    data = sheet(
        ["1.1", "9.9", "ก", "", "", ""],
        ["1.2", "", "ข", "กองที่ไม่มี", "", ""],
        ["1.3", "", "ค", "", "NoPage", ""],
        ["1.4", "", "ง", "", "", "fiscal-year"],
        ["1.5", "", "จ", "", "", ""],
        head="code parent title_th division counts period",
    )

    with override("en"), pytest.raises(ListErrors) as caught:
        import_disclosure_items(data, open_office.reporter.user)

    assert [(error.row, error.column) for error in caught.value.errors] == [
        (2, "Is a part of"),
        (3, "Responsible division"),
        (4, "What counts"),
        (5, "First fiscal year (B.E.)"),
    ]
    assert drafts() == {}


@pytest.mark.parametrize(
    "lines",
    [
        [["1.1", "", "ก", ""], ["1.1", "", "ข", ""]],
        [["1.1", "1.2", "ก", ""], ["1.2", "1.1", "ข", ""]],
    ],
)
def test_one_code_twice_and_circles_are_refused(open_office: Office, lines: list[list[str]]):
    with pytest.raises(ListErrors):
        import_disclosure_items(sheet(*lines), open_office.reporter.user)

    assert drafts() == {}


def test_what_is_being_signed_is_not_changed(open_office: Office):
    item = open_office.record(DisclosureItem, code="1.1", title="เดิม")
    open_office.reporter.submit(item)

    with pytest.raises(ListErrors):
        import_disclosure_items(sheet(["1.1", "", "ใหม่", ""]), open_office.reporter.user)

    assert drafts()["1.1"].title == "เดิม"


def test_only_who_may_change_obligations_imports_them(open_office: Office):
    for clerk in (open_office.overseer, open_office.translator):
        with pytest.raises(PermissionDenied):
            import_disclosure_items(sheet(["1.1", "", "ก", ""]), clerk.user)

    assert drafts() == {}


def test_no_cell_of_an_export_is_a_formula_and_it_comes_back_as_it_was(open_office: Office):
    title = '=HYPERLINK("https://example.org/")'
    open_office.record(DisclosureItem, code="1.1", title=title)
    as_csv = export_disclosure_items(open_office.reporter.user, "csv")
    as_xlsx = export_disclosure_items(open_office.reporter.user, "xlsx")

    assert as_csv.startswith(b"\xef\xbb\xbf")
    assert f"'{title}" in read_csv(as_csv)
    cells = [cell for row in load_workbook(io.BytesIO(as_xlsx)).active for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    for data in (as_csv, as_xlsx):
        assert import_disclosure_items(data, open_office.reporter.user).unchanged == 1


def read_csv(data: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    return [cell for row in rows for cell in row]
