"""What the API tells of a dataset's resources."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from cms.publication.models import Publication
from tests.api.ask import ask
from tests.office import document
from tests.opendata import datasets, uploads
from tests.opendata.conftest import publish  # noqa: F401  # a fixture

Publish = Callable[..., Publication]
QUERY = """
query ($path: String) {
  page(path: $path, locale: TH) {
    ... on DatasetPage {
      resources {
        ... on TableResourceBlock {
          state count convertedFiles { format url contentType size sha256 }
          preview { columns { name type } rows }
        }
        ... on MapResourceBlock {
          state count convertedFiles { format filename }
          mapPreview { columns { name type } bounds geoJson drawing { url } }
        }
      }
    }
  }
}
"""
LIST = """
{ pages(locale: TH, filter: { type: ["DatasetPage"] }) { nodes { ... on DatasetPage {
  resources { ... on TableResourceBlock { state convertedFiles { url } preview { rows } } }
} } } }
"""


def resource(path: str) -> dict[str, Any]:
    (found,) = ask(QUERY, path=path)["page"]["resources"]
    return found


def test_table_has_files_and_a_preview(publish: Publish):  # noqa: F811
    publish(slug="villages")
    datasets.convert_all()

    found = resource("/news/villages/")

    assert (found["state"], found["count"]) == ("READY", 2)
    assert found["convertedFiles"][0]["format"] == "CSV"
    assert found["convertedFiles"][0]["sha256"] in found["convertedFiles"][0]["url"]
    assert found["preview"]["columns"][2] == {"name": "ครัวเรือน", "type": "number"}
    assert found["preview"]["rows"][0] == ["0632", "บ้านทะเล", "12"]


def test_map_has_bounds_shapes_and_a_drawing(publish: Publish, tmp_path: Any):  # noqa: F811
    source = uploads.village_and_boundary(tmp_path).read_bytes()
    publish(datasets.resource("map", document(source, name="map.geojson")), slug="chart")
    datasets.convert_all()

    found = resource("/news/chart/")

    assert found["mapPreview"]["bounds"] == [100.0, 10.0, 100.1, 10.1]
    assert len(json.loads(found["mapPreview"]["geoJson"])["features"]) == 2
    assert found["mapPreview"]["drawing"]["url"].endswith(".svg")


def test_new_resource_is_being_prepared(publish: Publish):  # noqa: F811
    publish(slug="new")

    found = resource("/news/new/")

    assert (found["state"], found["count"], found["preview"]) == ("PREPARING", None, None)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number(
    publish: Publish,  # noqa: F811
    django_assert_num_queries: Any,
    count: int,
):
    for number in range(count):
        publish(datasets.table(b"a\n%d\n" % number), datasets.table())
    datasets.convert_all()

    with django_assert_num_queries(2):  # the publications, the conversions
        ask(LIST)
