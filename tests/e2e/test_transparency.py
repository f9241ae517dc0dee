"""On the demonstration the report, its file, the page, GraphQL and the open data agree."""

import csv
import io
import json

import pytest
from bs4 import BeautifulSoup

from tests.e2e.desk import Desk, Server
from tests.transparency import faces

pytestmark = pytest.mark.e2e

REPORT = "/admin/reports/oversight/"


def test_every_face_tells_the_same_numbers_of_the_demonstration(server: Server, desk: Desk):
    answer = json.loads(server.read("/graphql/transparency/?locale=TH"))
    told = faces.groups_of(answer["data"]["transparency"])
    page = BeautifulSoup(server.read("/th/transparency/"), "html.parser")
    in_json = json.loads(server.read("/th/transparency/numbers.json"))
    text = server.read("/th/transparency/numbers.csv").removeprefix("\ufeff")
    window = desk.window("overseer")
    window.goto(f"{server.url}{REPORT}")
    report = faces.numbers_of_report(window.content())
    exported = window.request.get(f"{server.url}{REPORT}?export=csv").body().decode("utf-8-sig")

    assert told["coverage", ""]["owed"] > 40
    assert faces.groups_of_page(page, told) == told
    assert faces.groups_of(in_json) == told
    assert faces.groups_of_csv(list(csv.DictReader(io.StringIO(text)))) == told
    assert report == faces.numbers_of_report_csv(exported) == told["coverage", ""]
    for part in faces.PARTS:
        groups = [numbers for (name, _key), numbers in told.items() if name == part]
        assert sum(one["owed"] for one in groups) == told["coverage", ""]["owed"]
