"""What was submitted leaves as one file, ready for entry."""

import pytest
from django.core.exceptions import PermissionDenied

from cms.assessors.exports import export_submission
from cms.thai.spreadsheets import read_table
from tests.assessors.answering import address_of, answered, submitted, year_list
from tests.office import Office


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_file_has_a_line_for_each_item_with_addresses_and_ways(
    open_office: Office, file_format: str
):
    page = open_office.show(open_office.draft(title="แผน", slug="plan"))
    assessment = year_list("O1", "O2")
    answered(
        open_office, assessment, "O1", address_of(page), address_of(open_office.news), th="หน้า 3"
    )
    answered(open_office, assessment, "O2")
    row = submitted(open_office, assessment)

    table = read_table(export_submission(row, open_office.overseer.user, file_format))

    first, other = table[1:]
    assert first[:3] == ["O1", "ข้อ O1", "มี"]
    assert [url.partition("/th/")[2] for url in first[3].split("\n")] == ["news/plan/", "news/"]
    assert first[4].split("\n") == ["หน้า 3", "1. หน้าแรก › ข่าว › แผน", "2. หน้าแรก › ข่าว"]
    assert other[:4] == ["O2", "ข้อ O2", "ไม่มี", ""]


def test_explanation_cannot_act_as_a_formula(open_office: Office):
    assessment = year_list("O1")
    answered(open_office, assessment, "O1", th="=1+1")
    row = submitted(open_office, assessment)

    text = export_submission(row, open_office.administrator.user, "csv").decode()

    assert "'=1+1" in text


def test_others_export_nothing(open_office: Office):
    assessment = year_list("O1")
    answered(open_office, assessment, "O1")
    row = submitted(open_office, assessment)

    with pytest.raises(PermissionDenied):
        export_submission(row, open_office.reporter.user, "csv")
