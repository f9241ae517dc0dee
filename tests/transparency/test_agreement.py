"""One truth, many faces: report, its files, page, GraphQL, CSV and JSON agree on every number.

What each number is was counted by hand, from the comments in `world.py`.
"""

import datetime
from typing import Any

import pytest

from cms.oversight.history import record_coverage
from cms.oversight.models import CoverageRecord
from tests.transparency import faces
from tests.transparency.faces import Groups, Numbers
from tests.transparency.world import World
from tests.website.reading import words


def numbers(**changes: int) -> Numbers:
    """Zeros, but for what is told."""
    names = (
        *("owed", "public", "inOrder", "missing", "incomplete", "overdue", "due", "fresh"),
        *("publicInThai", "publicInEnglish", "englishOutdated", "brokenLinks", "percent"),
    )
    return {**dict.fromkeys(names, 0), **changes}


@pytest.fixture
def world(world: World) -> World:
    """With everything that is owed."""
    world.owe_everything()
    return world


def grown(world: World) -> World:
    """Every state stands there 40 days after what is public was shown."""
    world.show_everything()
    world.pass_days(40)
    world.change_the_original()
    return world


def by_hand(world: World) -> Groups:
    """40 days on. 1.3 was due after one month; 1.4 is due in less than 30 days."""
    money = numbers(
        # 1.1 missing, 1.2 incomplete, 1.3 overdue, 1.4 due
        **{"owed": 4, "public": 2, "inOrder": 1, "missing": 1, "incomplete": 1},
        **{"overdue": 1, "due": 1, "publicInThai": 3, "percent": 50},
    )
    roads = numbers(
        # 2.1 fresh, 2.2 fresh with its English outdated, 2.3 fresh with a broken link, 2.4 missing
        **{"owed": 4, "public": 3, "inOrder": 1, "missing": 1, "fresh": 3, "publicInThai": 3},
        **{"publicInEnglish": 1, "englishOutdated": 1, "brokenLinks": 1, "percent": 75},
    )
    shown = numbers(
        **{"owed": 1, "public": 1, "inOrder": 1, "fresh": 1, "publicInThai": 1, "percent": 100}
    )
    not_shown = numbers(owed=1, missing=1)
    plan = numbers(
        **{"owed": 2, "public": 1, "inOrder": 1, "missing": 1, "fresh": 1, "publicInThai": 1},
        percent=50,
    )
    whole = numbers(
        **{"owed": 10, "public": 6, "inOrder": 3, "missing": 3, "incomplete": 1, "overdue": 1},
        **{"due": 1, "fresh": 4, "publicInThai": 7, "publicInEnglish": 1},
        **{"englishOutdated": 1, "brokenLinks": 1, "percent": 60},
    )
    standing = numbers(
        **{"owed": 8, "public": 5, "inOrder": 2, "missing": 2, "incomplete": 1, "overdue": 1},
        **{"due": 1, "fresh": 3, "publicInThai": 6, "publicInEnglish": 1},
        **{"englishOutdated": 1, "brokenLinks": 1, "percent": 62},
    )
    return {
        ("coverage", ""): whole,
        ("chapters", "1"): money,
        ("chapters", "2"): roads,
        ("chapters", "3"): plan,
        ("divisions", str(world.finance.translation_key)): money,
        ("divisions", str(world.works.translation_key)): roads,
        ("divisions", ""): plan,
        ("years", str(world.fiscal_year)): shown,
        ("years", str(world.fiscal_year - 1)): not_shown,
        ("years", ""): standing,
    }


def every_face(world: World, keys: Groups, day: datetime.date | None = None) -> dict[str, Groups]:
    """What each face says, by its name."""
    return {
        "graphql": faces.groups_of(faces.of_graphql(day)),
        "json": faces.groups_of(faces.of_json(day)),
        "csv": faces.groups_of_csv(faces.lines_of_csv(day)),
        "page": faces.groups_of_page(faces.of_page(day), keys),
        "report": faces.groups_of_report(world, keys, day),
        "report csv": faces.groups_of_exports(world, "csv", keys, day),
        "report xlsx": faces.groups_of_exports(world, "xlsx", keys, day),
    }


def assert_all_say(found: dict[str, Groups], expected: Groups) -> None:
    for face, groups in found.items():
        wanted = {
            key: value
            for key, value in expected.items()
            if not face.startswith("report") or key != ("years", "")
        }
        assert groups == wanted, face


def test_every_face_says_what_was_counted_by_hand(world: World):
    expected = by_hand(grown(world))

    assert_all_say(every_face(world, expected), expected)


def test_three_past_days_read_in_every_face_as_they_were_recorded(world: World):
    recorded: dict[datetime.date, Groups] = {}

    def record() -> None:
        record_coverage()
        now = faces.groups_of(faces.of_graphql())
        recorded[world.pass_days(0)] = now

    record()
    world.pass_days(1)
    world.show_everything()
    record()
    world.pass_days(40)
    world.change_the_original()
    record()
    world.pass_days(50)  # and what is due is overdue, and an item is called otherwise
    world.office.show(world.office.edit(world.good, title="ชื่อใหม่", review_months=1))

    whole = [groups["coverage", ""] for groups in recorded.values()]
    assert [(one["owed"], one["public"], one["inOrder"]) for one in whole] == [
        (10, 0, 0),
        (10, 6, 5),
        (10, 6, 3),
    ]
    assert faces.groups_of(faces.of_graphql()) not in recorded.values()
    for day, expected in recorded.items():
        assert_all_say(every_face(world, expected, day), expected)
        assert faces.of_graphql(day)["isRecorded"] is True


def test_the_curve_is_that_of_the_recorded_days_in_every_face(world: World):
    record_coverage()
    world.show_everything()
    for _day in range(2):
        world.pass_days(1)
        record_coverage()
    last = world.first_day + datetime.timedelta(days=2)
    expected = [(world.first_day.isoformat(), 10, 0, 0)]
    expected += [
        ((world.first_day + datetime.timedelta(days=n)).isoformat(), 10, 6, 5) for n in (1, 2)
    ]

    def read(days: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        return [(one["date"], one["owed"], one["public"], one["inOrder"]) for one in days]

    in_csv = [line for line in faces.lines_of_csv() if line["part"] == "recordedDays"]
    by_measure = [line["value"] for line in in_csv]
    page = faces.of_page()
    rows = page.select("#table-days tbody tr")
    assert read(faces.of_graphql()["recordedDays"]) == expected
    assert read(faces.of_json()["recordedDays"]) == expected
    assert [line["period"] for line in in_csv[::3]] == [day[0] for day in expected]
    assert by_measure == [str(number) for day in expected for number in day[1:]]
    assert [[int(words(cell)) for cell in row.select("td")] for row in rows] == [
        list(day[1:]) for day in reversed(expected)
    ]
    assert CoverageRecord.objects.filter(date=last, is_public=True).count() == 6
    assert page.select_one("figure.chart svg desc")
    # Of an earlier day the curve ends with it.
    assert read(faces.of_graphql(world.first_day)["recordedDays"]) == expected[:1]
