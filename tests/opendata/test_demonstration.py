"""The demonstration's datasets: files that convert, and dictionaries of exactly their columns."""

from pathlib import Path
from typing import Any

import pytest

from cms.demonstration import content
from cms.demonstration.files import MAKERS
from tests.opendata.converting import map_preview, preview

DATASETS = [entry for entry in content.items() if entry["type"] == "DatasetPage"]
RESOURCES = [block for entry in DATASETS for block in entry["streams"]["resources"]]


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda block: block["file"]["document"])
def test_dictionary_names_every_column(resource: dict[str, Any], tmp_path: Path):
    found = preview_of(resource, tmp_path)

    names = [entry["name"]["th"] for entry in resource["dictionary"]]
    assert [column["name"] for column in found["columns"]] == names


def test_register_keeps_its_leading_zeros(tmp_path: Path):
    found = preview_of(RESOURCES[0], tmp_path)

    assert found["count"] >= 30
    assert all(row[0].startswith("0") for row in found["rows"])
    assert found["columns"][0]["type"] == "text"


def test_map_lies_in_the_sea(tmp_path: Path):
    (resource,) = [block for block in RESOURCES if block["type"] == "map_resource"]

    west, south, east, north = preview_of(resource, tmp_path)["bounds"]

    assert 100.4 < west < east < 101.0  # the Gulf of Thailand: no place that anybody owns
    assert 10.5 < south < north < 11.5


def preview_of(resource: dict[str, Any], folder: Path) -> dict[str, Any]:
    name = resource["file"]["document"]
    (entry,) = [file for file in content.files() if file["name"] == name]
    maker = MAKERS.get(entry["kind"])
    path = folder / name
    path.write_bytes(maker(entry) if maker else (content.FILES_FOLDER / name).read_bytes())
    return preview(path) if resource["type"] == "table_resource" else map_preview(path)
