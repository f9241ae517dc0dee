"""Charts drawn from tables of figures."""

from decimal import Decimal

import pytest

from tests.office import Office
from tests.website.reading import block, published, read, words
from website.chart_scales import fits, ticks_for, written
from website.chart_shapes import NARROW, WIDE
from website.charts import drawn, figures_in


def statistics(chart: str, columns: list[str], rows: list[list[str]]) -> dict:
    table = {"columns": columns, "rows": rows}
    return {"id": "c", "caption": "ประชากร", "unit": "คน", "chart": chart, "table": table}


def years(count: int, series: int = 1) -> dict:
    columns = ["ปี", *[f"ชุด {n}" for n in range(series)]]
    rows = [[str(2560 + n), *[str(100 + n * s) for s in range(series)]] for n in range(count)]
    return statistics("bar", columns, rows)


def numbers(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]


def test_every_column_of_numbers_is_a_series():
    found = figures_in(
        ["หมู่", "ชาย", "หมายเหตุ", "หญิง"], [["1", "๑,๒๐๐", "ก", "-"]] * 2 + [["2", "5", "", "6"]]
    )

    assert [series.name for series in found.series] == ["ชาย", "หญิง"]
    assert found.series[0].values == numbers("1200", "1200", "5")
    assert found.series[1].values == [None, None, Decimal(6)]


def test_totals_are_not_drawn():
    found = figures_in(["ด้าน", "บาท"], [["ก", "1"], ["ข", "2"], ["รวมทั้งสิ้น", "3"]])

    assert found.labels == ["ก", "ข"]


def test_shares_are_not_drawn_beside_amounts():
    found = figures_in(["ด้าน", "บาท", "ร้อยละ"], [["ก", "9,000", "60"], ["ข", "6,000", "40"]])

    assert [series.name for series in found.series] == ["บาท"]


def test_shares_alone_are_drawn():
    assert figures_in(["ด้าน", "ร้อยละ"], [["ก", "60%"]]).series[0].values == numbers("60")


def test_nothing_is_drawn_without_numbers():
    assert drawn(statistics("bar", ["ก", "ข"], [["1", "ไม่มี"]])) is None


def test_nothing_is_drawn_where_the_editor_wants_no_chart():
    assert drawn({**years(3), "chart": "none"}) is None


def test_ragged_rows_are_drawn():
    assert figures_in(["ก", "ข"], [["1"], ["2", "5"], []]).series[0].values == [None, Decimal(5)]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        (["3", "97"], ["0", "25", "50", "75", "100"]),
        (["-30", "50"], ["-40", "-20", "0", "20", "40", "60"]),
        (["0"], ["0", "0.25", "0.5", "0.75", "1"]),
        (["-8"], ["-8", "-6", "-4", "-2", "0"]),
    ],
)
def test_ticks_are_round_and_include_zero(values, ticks):
    assert ticks_for(numbers(*values), 4) == numbers(*ticks)


def test_line_of_close_numbers_need_not_begin_at_zero():
    assert ticks_for(numbers("7801", "7950"), 4, from_zero=False)[0] > 7000


def test_numbers_are_written_without_needless_decimals():
    assert [written(n) for n in numbers("1000000", "2.50", "0")] == ["1,000,000", "2.5", "0"]


def test_marks_above_letters_take_no_room():
    assert fits("ที่ปี้ที่ปี้", 40, 1)


def test_each_chart_is_drawn_for_two_widths():
    assert [drawing.width for drawing in drawn(years(3)).drawings] == [WIDE, NARROW]


def test_short_labels_stand_below_standing_bars():
    bars = drawn(years(4)).drawings[0].bars

    assert len({bar.y + bar.height for bar in bars}) == 1


def test_long_labels_stand_beside_lying_bars():
    rows = [[f"งานส่งเสริมคุณภาพชีวิตของผู้สูงอายุและผู้พิการในพื้นที่ตำบล {n}", "5"] for n in range(8)]
    drawing = drawn(statistics("bar", ["งาน", "คน"], rows)).drawings[0]

    assert len({bar.x for bar in drawing.bars}) == 1
    assert all(label.x + label.width <= drawing.bars[0].x for label in drawing.labels)


def test_bars_of_a_narrow_drawing_stay_inside():
    for count, series in [(1, 1), (5, 3), (40, 6)]:
        for drawing in drawn(years(count, series)).drawings:
            assert all(bar.x >= 0 and bar.x + bar.width <= drawing.width for bar in drawing.bars)
            assert all(text.y <= drawing.height for text in drawing.texts)


def test_negative_bars_hang_from_zero():
    value = statistics("bar", ["ก", "ข"], [["1", "10"], ["2", "-10"]])
    up, down = drawn(value).drawings[0].bars

    assert up.y + up.height == down.y


def test_missing_value_interrupts_a_line():
    rows = [["ม.ค.", "1"], ["ก.พ.", "-"], ["มี.ค.", "3"]]
    drawing = drawn(statistics("line", ["เดือน", "ตัน"], rows)).drawings[0]

    assert (len(drawing.lines), len(drawing.marks)) == (2, 2)


def test_description_tells_the_extremes():
    text = drawn(years(3, 2)).description

    assert "102" in text
    assert "2562 (ชุด 1)" in text


def chart_on_page(office: Office, kind: str = "bar", columns: int = 2):
    headings = ["ปี", "ชาย", "หญิง"][: columns + 1]
    table = {
        "columns": [{"type": "text", "heading": heading} for heading in headings],
        "rows": [{"values": [str(2568 + n), "10", "20"][: columns + 1]} for n in range(3)],
        "caption": "",
    }
    value = {"caption": "ประชากร", "unit": "คน", "chart": kind, "table": table, "source": "ทะเบียน"}
    published(office, block("statistics", value), slug="figures")
    return read("/th/news/figures/").select_one(".body")


def test_chart_is_one_image_with_title_and_description(open_office: Office):
    chart = chart_on_page(open_office).select_one("svg.chart-drawing")

    assert chart["role"] == "img"
    assert words(chart.find(id=chart["aria-labelledby"])) == "ประชากร"
    assert words(chart.find(id=chart["aria-describedby"]))


def test_table_stays_below_the_chart(open_office: Office):
    body = chart_on_page(open_office)

    assert body.select_one("figure.chart").find_next("table")
    assert len(body.select("tbody tr")) == 3


def test_series_differ_without_colour(open_office: Office):
    body = chart_on_page(open_office)
    patterns = {shape_of(p) for p in body.select(".chart-wide pattern")}

    assert len(patterns) == 2
    assert [words(item) for item in body.select(".chart-legend li")] == ["ชาย", "หญิง"]


def shape_of(pattern) -> str:
    return "".join(str(child) for child in pattern.find_all(True))


def test_lines_have_marks_of_different_shape(open_office: Office):
    circle, square = chart_on_page(open_office, "line").select(".chart-legend .chart-mark")

    assert "a5 5" in circle["d"]
    assert "h10v10" in square["d"]


def test_single_series_needs_no_key(open_office: Office):
    assert not chart_on_page(open_office, columns=1).select(".chart-legend")


def test_chart_has_no_inline_style_and_no_id_twice(open_office: Office):
    body = chart_on_page(open_office)
    ids = [element["id"] for element in body.select("[id]")]

    assert not body.select("[style], style")
    assert len(ids) == len(set(ids))
