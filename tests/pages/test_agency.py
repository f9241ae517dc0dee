"""Rules of the agency's pages: figures, contacts, projects."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.blocks import StructBlockValidationError

from pages.blocks import StatisticsBlock
from pages.contact import ContactChannelBlock, ContactPage
from pages.models import ProjectPage


def figures(chart: str, *rows: list[str]):
    statistics = StatisticsBlock()
    table = {
        "columns": [{"type": "text", "heading": name} for name in ("ด้าน", "บาท", "หมายเหตุ")],
        "rows": [{"values": list(row)} for row in rows],
        "caption": "",
    }
    value = {"caption": "ก", "unit": "", "chart": chart, "table": table, "source": ""}
    return statistics.clean(statistics.to_python(value))


def test_chart_of_numbers_is_accepted():
    assert figures("bar", ["ก", "๑,๒๐๐", "x"], ["ข", "-", ""])


def test_chart_without_numbers_is_refused_at_its_field():
    with translation.override("en"), pytest.raises(StructBlockValidationError) as refusal:
        figures("line", ["1", "1,200 บาท", "x"])

    with translation.override("en"):
        assert "No chart" in str(refusal.value.block_errors["chart"])


def test_table_without_numbers_needs_no_chart():
    assert figures("none", ["ก", "ข", "ค"])


def channel(kind: str, address: str):
    channel_block = ContactChannelBlock()
    value = {"kind": kind, "name": "", "address": address}
    return channel_block.clean(channel_block.to_python(value))


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("telephone", "0 3900 0000 ต่อ 1"),
        ("email", "a@example.go.th"),
        ("line", "@office"),
        ("line", "https://example.com/line"),
        ("facebook", "https://example.com/f"),
        ("other", "ตู้ ปณ. 1"),
    ],
)
def test_contact_that_opens_is_accepted(kind, address):
    assert channel(kind, address)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("telephone", "โทรกลาง"),
        ("emergency", "-"),
        ("email", "office"),
        ("line", "office"),
        ("facebook", "เพจของเรา"),
        ("website", "javascript:x()"),
    ],
)
def test_contact_that_opens_nothing_is_refused_at_its_address(kind, address):
    with pytest.raises(StructBlockValidationError) as refusal:
        channel(kind, address)

    assert "address" in refusal.value.block_errors


@pytest.mark.parametrize(
    ("latitude", "longitude", "field"),
    [(13.5, None, "longitude"), (None, 100.5, "latitude"), (100.5, 13.5, "latitude")],
)
def test_place_outside_thailand_or_half_given_is_refused(db, latitude, longitude, field):
    page = ContactPage(title="ก", slug="a", latitude=latitude, longitude=longitude)

    with pytest.raises(ValidationError) as refusal:
        page.clean()
    assert field in refusal.value.message_dict


def project(**fields) -> ProjectPage:
    return ProjectPage(title="ก", slug="a", fiscal_year=2570, budget=5, **fields)


def test_progress_without_its_day_is_refused(db):
    with pytest.raises(ValidationError) as refusal:
        project(progress=5).clean()

    assert "reported_on" in refusal.value.message_dict


def test_completed_project_stands_at_the_whole(db):
    with pytest.raises(ValidationError) as refusal:
        project(state="completed").clean()

    assert "progress" in refusal.value.message_dict


def test_planned_project_needs_no_day(db):
    project(state="planned").clean()
