"""The faces of one truth: report, its files, page, GraphQL, CSV and JSON, each read as it leaves.

Each reader gives the numbers of coverage of the whole office and of each group, under one name.
"""

import csv
import datetime
import io
import json
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from cms.oversight.coverage import Totals
from cms.oversight.report_rows import labelled
from content_api.operations import run
from tests.admin import browser
from tests.transparency.world import World
from tests.website.reading import words
from website.transparency_tables import measures

Numbers = dict[str, int]
Groups = dict[tuple[str, str], Numbers]  # by part and key; ("coverage", "") is the whole office
PARTS = ("chapters", "divisions", "years")
_FILTERS = {"chapters": "chapter", "divisions": "division", "years": "year"}


def thai_names() -> dict[str, str]:
    """The names of the numbers by their Thai words, as page and report write them."""
    with translation.override("th"):
        found = {label: name for name, label in measures()}
        assert list(found) == [label for label, _number in labelled(Totals())]
    return found


def of_graphql(day: datetime.date | None = None) -> dict[str, Any]:
    """The whole answer of the stored operation."""
    result = run("transparency", {"locale": "TH", "asOf": day and day.isoformat()})
    assert not result.errors, result.errors
    return (result.data or {})["transparency"]


def groups_of(told: dict[str, Any]) -> Groups:
    """The groups in an answer of GraphQL, or in the JSON file."""
    found = {("coverage", ""): told["totals"]}
    for part in PARTS:
        found |= {(part, one["key"]): one["totals"] for one in told[part]}
    return found


def of_json(day: datetime.date | None = None) -> dict[str, Any]:
    """The JSON file."""
    return json.loads(_file("json", day))


def lines_of_csv(day: datetime.date | None = None) -> list[dict[str, str]]:
    """The CSV file, line by line."""
    text = _file("csv", day).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def groups_of_csv(lines: list[dict[str, str]]) -> Groups:
    """The groups in the CSV file."""
    found: Groups = {}
    for line in lines:
        if line["part"] in ("coverage", *PARTS):
            numbers = found.setdefault((line["part"], line["key"]), {})
            numbers[line["measure"]] = int(line["value"])
    return found


def of_page(day: datetime.date | None = None, language: str = "th") -> BeautifulSoup:
    """The public page."""
    response = Client().get(f"/{language}/transparency/", _asked(day))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def groups_of_page(page: BeautifulSoup, keys: Groups) -> Groups:
    """The groups on the Thai page; it names no keys: they are those of `keys`, in their order."""
    names = thai_names()
    totals = {names[words(p.dt)]: int(words(p.dd)) for p in page.select("#totals > div")}
    found = {("coverage", ""): totals}
    for part in PARTS:
        table = page.select_one(f"#table-{part}")
        columns = [names[words(cell)] for cell in table.select("thead th")[1:]]
        rows = table.select("tbody tr")
        wanted = [key for key in keys if key[0] == part]
        for key, row in zip(wanted, rows, strict=True):
            values = [int(words(cell)) for cell in row.select("td")]
            found[key] = dict(zip(columns, values, strict=True))
    return found


def groups_of_report(world: World, keys: Groups, day: datetime.date | None = None) -> Groups:
    """The report of the admin, narrowed to each group that it can be narrowed to."""
    return {key: _report(world, key, day) for key in keys if key != ("years", "")}


def groups_of_exports(
    world: World, file_format: str, keys: Groups, day: datetime.date | None = None
) -> Groups:
    """The same from its files."""
    read = {"csv": _report_csv, "xlsx": _report_xlsx}[file_format]
    return {key: read(world, key, day) for key in keys if key != ("years", "")}


def numbers_of_report(html: str | bytes) -> Numbers:
    """The totals on the page of the report."""
    pairs = BeautifulSoup(html, "html.parser").select(".oversight-totals > div")
    names = thai_names()
    return {names[words(pair.dt)]: int(words(pair.dd)) for pair in pairs}


def numbers_of_report_csv(text: str) -> Numbers:
    """The totals at the end of its CSV."""
    lines, names = list(csv.reader(io.StringIO(text))), thai_names()
    return {names[label]: int(number) for label, number in lines[lines.index([]) + 1 :]}


def _report(world: World, key: tuple[str, str], day: datetime.date | None) -> Numbers:
    return numbers_of_report(_reported(world, key, day))


def _report_csv(world: World, key: tuple[str, str], day: datetime.date | None) -> Numbers:
    return numbers_of_report_csv(_reported(world, key, day, export="csv").decode("utf-8-sig"))


def _report_xlsx(world: World, key: tuple[str, str], day: datetime.date | None) -> Numbers:
    content, names = _reported(world, key, day, export="xlsx"), thai_names()
    sums = load_workbook(io.BytesIO(content)).worksheets[1]
    rows = sums.iter_rows(min_row=2, values_only=True)
    return {names[str(row[0])]: int(str(row[1])) for row in rows if row[0] in names}


def _reported(
    world: World, key: tuple[str, str], day: datetime.date | None, **params: str
) -> bytes:
    part, value = key
    if part == "chapters":
        value = world.chapters[value]
    if part != "coverage":
        params[_FILTERS[part]] = value or "none"
    response = browser(world.office.overseer).get(  # type: ignore[attr-defined]
        reverse("coverage_report"), {**params, **_asked(day)}
    )
    assert response.status_code == 200
    return b"".join(response)


def _file(file_format: str, day: datetime.date | None) -> bytes:
    response = Client().get(f"/th/transparency/numbers.{file_format}", _asked(day))
    assert response.status_code == 200
    return response.content


def _asked(day: datetime.date | None) -> dict[str, str]:
    return {"as_of": day.isoformat()} if day else {}
