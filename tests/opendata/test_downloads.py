"""What the API gets of resources: files, preview, count and state, in a fixed number of queries."""

from collections.abc import Callable
from typing import Any

import pytest

from cms.opendata.downloads import INCOMPLETE, PREPARING, READY, ResourceDownloads, downloads
from cms.opendata.models import Conversion
from cms.publication.models import Publication
from tests.office import document
from tests.opendata import datasets, uploads

Publish = Callable[..., Publication]


def only(publication: Publication) -> ResourceDownloads:
    (found,) = downloads([publication])[publication.pk].values()
    return found


def test_new_dataset_is_being_prepared(publish: Publish):
    found = only(publish())

    assert (found.state, found.files, found.preview, found.count) == (PREPARING, [], None, None)


def test_ready_dataset_has_every_format_and_a_preview(publish: Publish):
    dataset = publish()
    datasets.convert_all()

    found = only(dataset)

    assert found.state == READY
    assert [one.format.name for one in found.files] == ["CSV", "JSON", "XML", "ODS"]
    assert found.count == 2
    assert found.preview["rows"][0] == ["0632", "บ้านทะเล", "12"]


def test_failed_format_leaves_the_others(publish: Publish):
    dataset = publish()
    datasets.convert_all()
    Conversion.objects.filter(target="ods").update(state="failed", result=None)

    found = only(dataset)

    assert found.state == INCOMPLETE
    assert [one.format.key for one in found.files] == ["csv", "json", "xml"]


def test_map_has_a_drawing(publish: Publish, tmp_path: Any):
    source = uploads.village_and_boundary(tmp_path).read_bytes()
    dataset = publish(datasets.resource("map", document(source, name="map.geojson")))
    datasets.convert_all()

    found = only(dataset)

    assert [one.format.key for one in found.files] == ["geojson", "kml", "kmz", "shp"]
    assert found.drawing.filename.endswith(".svg")
    assert found.preview["bounds"] == [100.0, 10.0, 100.1, 10.1]


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_datasets_costs_one_query(
    publish: Publish, django_assert_num_queries: Any, count: int
):
    rows = [publish(datasets.table(b"a\n%d\n" % i), datasets.table()) for i in range(count)]
    datasets.convert_all()

    with django_assert_num_queries(1):
        found = downloads(rows)

    assert len(found) == count
