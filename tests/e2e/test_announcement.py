"""docs/announcement.md: each item of the announcement stands at its address in both languages."""

import json
import re
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.e2e.desk import Server

pytestmark = pytest.mark.e2e

TABLE = Path(__file__).resolve().parents[2] / "docs" / "announcement.md"
_ROW = re.compile(r"^\| (\d\.\d[^|]*) \|[^|]*\|[^|]*\| `([^`]+)` \| `([^`]+)` \|", re.MULTILINE)
ROWS = sorted({(address, typename) for _item, address, typename in _ROW.findall(TABLE.read_text())})
ITEMS = {item for item, _address, _typename in _ROW.findall(TABLE.read_text())}
EXPECTED_ITEMS = {
    *(f"1.1 ({number})" for number in range(1, 8)),
    *(f"1.2 ({number})" for number in range(1, 3)),
    *(f"1.3 ({number})" for number in range(1, 4)),
    *(f"1.4 ({number})" for number in range(1, 4)),
    *("2.1", "2.2", "3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "4.3"),
}


def test_no_item_of_the_announcement_is_left_out():
    assert ITEMS == EXPECTED_ITEMS


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(("address", "typename"), ROWS)
def test_item_stands_at_its_address(server: Server, address: str, typename: str, language: str):
    with urllib.request.urlopen(f"{server.url}/{language}{address}") as response:  # noqa: S310
        assert response.status == 200

    query = urllib.parse.urlencode({"path": address, "locale": language.upper()})
    with urllib.request.urlopen(f"{server.url}/graphql/page/?{query}") as response:  # noqa: S310
        page = json.load(response)["data"]["page"]
    assert page["__typename"] == typename
    assert page["locale"] == language.upper()
