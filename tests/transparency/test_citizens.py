"""What citizens sent: counts by channel and month, response times, corruption by whole years."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from cms.engagement.cases import Case
from cms.engagement.channels import Channel, State
from cms.engagement.handling import change_state
from cms.engagement.retention import delete_expired
from cms.engagement.statistics import monthly_counts
from cms.transparency.citizens import corruption_years
from cms.transparency.numbers import Transparency
from tests.engagement.desk import handler
from tests.transparency import faces
from tests.transparency.world import World
from tests.website.reading import words

JANUARY, FEBRUARY = 3, 4  # the places of these months in a fiscal year


@pytest.fixture
def desks(world: World) -> World:
    """Three questions, two complaints and one about corruption in January; one more in February.

    One question is answered after 2 days, one after 20, one never; a complaint without ground.
    """
    world.open_desks()
    first, second, _third = [world.write("question") for _number in range(3)]
    groundless, _other = world.write("complaint"), world.write("complaint")
    world.write("corruption")
    world.pass_days(2)
    world.answer(first)
    world.pass_days(18)
    world.answer(second)
    world.answer(groundless, State.NO_GROUND)
    world.pass_days(20)
    world.write("complaint")
    world.pass_days(1)
    return world


def channel(told: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in told["channels"] if one["channel"] == name)


def counts(month: dict[str, Any]) -> tuple[int, int, int]:
    return month["received"], month["closed"], month["open"]


def test_each_channel_has_twelve_months_with_zeros(db):
    told = faces.of_graphql()

    assert [one["channel"] for one in told["channels"]] == [
        *("COMPLAINT", "QUESTION", "OPINION", "FORM")
    ]
    for one in told["channels"]:
        assert [month["month"][5:7] for month in one["months"]] == [
            *("10", "11", "12", "01", "02", "03", "04", "05", "06", "07", "08", "09")
        ]
        assert {counts(month) for month in one["months"]} == {(0, 0, 0)}


def test_cases_are_counted_as_by_hand_in_every_face(desks: World):
    expected = {"COMPLAINT": {JANUARY: (2, 1, 1), FEBRUARY: (1, 0, 1)}, "QUESTION": {}}
    expected["QUESTION"] = {JANUARY: (3, 2, 1)}
    page, lines = faces.of_page(), faces.lines_of_csv()

    for told in (faces.of_graphql(), faces.of_json()):
        for name, months in expected.items():
            found = channel(told, name)
            assert {
                place: counts(month)
                for place, month in enumerate(found["months"])
                if any(counts(month))
            } == months
            assert counts(found) == tuple(map(sum, zip(*months.values(), strict=True)))
    for name, months in expected.items():
        rows = page.select(f"#table-cases-{name.lower()} tbody tr")
        cells = [tuple(int(words(cell)) for cell in row.select("td")) for row in rows]
        assert {place: row for place, row in enumerate(cells[:12]) if any(row)} == months
        assert cells[12] == tuple(map(sum, zip(*months.values(), strict=True)))
        told_lines = [
            int(line["value"])
            for line in lines
            if (line["part"], line["key"]) == ("channels", name)
        ]
        assert told_lines == [number for row in cells for number in row]


def test_response_times_are_counted_as_by_hand_in_every_face(desks: World):
    expected = {"promisedDays": 15, "received": 3, "answered": 2, "waiting": 1}
    expected |= {"medianDays": 11, "withinPromise": 1, "withinPercent": 50}

    def without_year(times: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in times.items() if name != "fiscalYear"}

    assert without_year(faces.of_graphql()["responseTimes"]) == expected
    assert without_year(faces.of_json()["responseTimes"]) == expected
    lines = [line for line in faces.lines_of_csv() if line["part"] == "responseTimes"]
    assert {line["measure"]: float(line["value"]) for line in lines} == expected
    shown = [words(cell) for cell in faces.of_page().select("#responses dd")]
    assert shown == ["3", "2", "1", "11", "15", "1", "50", "0"]


def test_an_answer_that_never_came_has_no_median(db):
    told = faces.of_graphql()["responseTimes"]

    assert (told["medianDays"], told["withinPercent"]) == (None, None)
    assert "–" in words(faces.of_page().select_one("#responses"))


def test_a_case_that_is_open_again_waits_and_keeps_its_first_answer(desks: World):
    case = Case.objects.filter(channel="question", state=State.ANSWERED).earliest("pk")
    change_state(case, handler(desks.office, "question").user, State.PROGRESS)
    desks.pass_days(1)

    told = faces.of_graphql()
    assert channel(told, "QUESTION")["closed"] == 1
    assert told["responseTimes"]["answered"] == 2


def test_what_comes_today_is_told_tomorrow(world: World):
    world.open_desks()
    world.write("complaint")

    assert channel(faces.of_graphql(), "COMPLAINT")["received"] == 0
    world.pass_days(1)
    assert channel(faces.of_graphql(), "COMPLAINT")["received"] == 1


def test_past_days_are_told_the_same_after_answers_and_deletions(desks: World):
    days = [desks.first_day + datetime.timedelta(days=number) for number in (1, 3, 21)]
    before = [faces.of_graphql(day) for day in days]
    assert [channel(told, "QUESTION")["closed"] for told in before] == [0, 1, 2]

    desks.answer(Case.objects.get(channel="question", state=State.NEW))
    desks.pass_days(200)
    assert len(list(delete_expired())) == 7

    for face in (faces.of_graphql, faces.of_json):
        for day, told in zip(days, before, strict=True):
            found = face(day)
            for name in ("channels", "responseTimes", "corruptionComplaints"):
                assert found[name] == told[name]


def test_deleted_cases_are_counted_as_the_desks_statistics_count_them(desks: World):
    desks.pass_days(200)
    list(delete_expired())

    told = faces.of_graphql()
    for name in ("COMPLAINT", "QUESTION"):
        rows = monthly_counts(desks.fiscal_year, [Channel(name.lower())])
        assert channel(told, name)["received"] == sum(row.number for row in rows)


def test_an_earlier_fiscal_year_is_told_when_asked_for(desks: World):
    desks.pass_days(300)  # the next fiscal year
    year = desks.fiscal_year
    page = faces.of_page()
    old = page.select_one(f'.transparency-years a[href*="year={year}"]')

    assert int(words(page.select_one("#table-cases-question .whole td"))) == 0
    numbers = Transparency()
    assert numbers.fiscal_year == year + 1
    assert numbers.channels(year)[1].received == 3
    assert old is not None


# --- corruption ----------------------------------------------------------------------------------


def corruption() -> dict[int, tuple[int | None, str | None]]:
    return {
        one["fiscalYear"]["be"]: (one["received"], one["countedUntil"])
        for one in faces.of_graphql()["corruptionComplaints"]
    }


def test_corruption_is_in_no_channel_and_no_month(desks: World):
    told = faces.of_graphql()

    assert "CORRUPTION" not in {one["channel"] for one in told["channels"]}
    assert sum(one["received"] for one in told["channels"]) == 6


def test_corruption_of_the_running_year_is_told_by_its_halves(desks: World):
    year, common = desks.fiscal_year, desks.fiscal_year - 543
    assert corruption()[year] == (None, None)

    desks.pass_days((datetime.date(common, 4, 1) - timezone.localdate()).days)
    assert corruption()[year] == (1, f"{common}-03-31")
    desks.write("corruption")
    desks.pass_days(1)
    assert corruption()[year] == (1, f"{common}-03-31")
    desks.pass_days((datetime.date(common, 10, 1) - timezone.localdate()).days)
    assert corruption()[year] == (2, f"{common}-09-30")


def test_no_two_days_of_a_half_year_tell_corruption_apart(desks: World):
    day, years = desks.first_day, [desks.fiscal_year]
    days = [day + datetime.timedelta(days=number) for number in range(-5, 60)]

    assert {str(corruption_years(years, one)) for one in days} == {
        str(corruption_years(years, day))
    }


def test_corruption_is_the_same_in_every_face(desks: World):
    desks.pass_days(300)
    year = desks.fiscal_year
    rows = faces.of_page().select("#table-corruption tbody tr")
    page = {words(row.th)[-4:]: words(row.td) for row in rows}
    lines = [line for line in faces.lines_of_csv() if line["part"] == "corruptionComplaints"]

    assert corruption()[year][0] == 1
    assert page[str(year)] == "1"
    assert page[str(year + 1)] == "–"
    assert {line["period"]: line["value"] for line in lines}[str(year)] == "1"
    assert {line["period"]: line["value"] for line in lines}[str(year + 1)] == ""


def test_no_word_of_a_citizen_leaves(desks: World):
    cases = Case.objects.all()
    secret = {case.reference for case in cases} | {"ไฟถนนดับหน้าตลาด", "สมหญิง ตัวอย่าง"}
    texts = [str(faces.of_page()), str(faces.of_json()), str(faces.lines_of_csv())]

    assert len(secret) == 9
    assert not [word for word in secret for text in texts if word in text]
