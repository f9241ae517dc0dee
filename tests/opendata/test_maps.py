"""Maps in every format, opened again by other programs than the one that wrote them."""

import csv
import io
import json
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import shapefile
from defusedxml import ElementTree

from tests.opendata import uploads
from tests.opendata.converting import converted_map, map_preview

KML = "{http://www.opengis.net/kml/2.2}"


def read_geojson(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def signed_area(ring: list[list[float]]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def read_shapefile(archive: zipfile.ZipFile, stem: str) -> shapefile.Reader:
    parts = {part: io.BytesIO(archive.read(f"{stem}.{part}")) for part in ("shp", "shx", "dbf")}
    return shapefile.Reader(**parts, encoding=archive.read(f"{stem}.cpg").decode())


def test_geojson_keeps_columns_and_winds_areas_as_its_standard_says(tmp_path: Path):
    point, area = read_geojson(converted_map(uploads.village_and_boundary(tmp_path), "geojson"))

    assert point["properties"] == {"ชื่อ": "บ้านกลางทะเล", "รหัส": "0632", "ครัวเรือน": 12}
    assert point["geometry"] == {"type": "Point", "coordinates": [100.05, 10.05]}
    assert signed_area(area["geometry"]["coordinates"][0]) > 0
    assert area["properties"]["ครัวเรือน"] is None


def test_kml_has_a_placemark_with_typed_data_for_each_feature(tmp_path: Path):
    result = converted_map(uploads.village_and_boundary(tmp_path), "kml")

    root = ElementTree.parse(result).getroot()
    first, second = root.iter(f"{KML}Placemark")
    assert first.find(f"{KML}name").text == "บ้านกลางทะเล"
    assert first.find(f".//{KML}SimpleData[@name='รหัส']").text == "0632"
    assert first.find(f".//{KML}coordinates").text == "100.05,10.05"
    assert second.find(f"{KML}Polygon/{KML}outerBoundaryIs/{KML}LinearRing") is not None


def test_kmz_is_the_kml_in_a_zip(tmp_path: Path):
    source = uploads.village_and_boundary(tmp_path)

    packed = zipfile.ZipFile(converted_map(source, "kmz"))

    assert packed.read("doc.kml") == converted_map(source, "kml").read_bytes()


def test_shapefiles_are_one_for_each_kind_of_shape(tmp_path: Path):
    archive = zipfile.ZipFile(converted_map(uploads.village_and_boundary(tmp_path), "shp"))

    points = read_shapefile(archive, "map_points")
    areas = read_shapefile(archive, "map_areas")
    assert points.shapeTypeName == "POINT"
    assert list(points.record(0)) == ["บ้านกลางทะเล", "0632", 12]
    assert areas.shapeTypeName == "POLYGON"
    assert len(areas) == 1


def test_shapefile_comes_with_its_encoding_projection_and_column_list(tmp_path: Path):
    archive = zipfile.ZipFile(converted_map(uploads.village_and_boundary(tmp_path), "shp"))

    assert archive.read("map_points.cpg") == b"UTF-8"
    assert b"WGS" in archive.read("map_points.prj")
    rows = list(csv.reader(io.StringIO(archive.read("columns.csv").decode("utf-8-sig"))))
    assert rows[1][:3] == ["F1", "ชื่อ", "text"]


def test_long_thai_text_is_cut_in_a_shapefile_between_letters_and_said_so(tmp_path: Path):
    long = uploads.geojson(tmp_path, uploads.feature("Point", [100, 10], ชื่อ="ก" * 200))

    archive = zipfile.ZipFile(converted_map(long, "shp"))

    assert read_shapefile(archive, "map_points").record(0)[0] == "ก" * 84
    assert archive.read("columns.csv").decode("utf-8-sig").splitlines()[1] == "F1,ชื่อ,text,1"


def test_thai_shapefile_without_its_encoding_reads_as_thai_and_moves_to_wgs_84(tmp_path: Path):
    (place,) = read_geojson(converted_map(uploads.shapefile_zip(tmp_path), "geojson"))

    assert place["properties"] == {"VILL_NAME": "บ้าน", "VILL_CODE": "00632"}
    assert place["geometry"]["coordinates"] == pytest.approx([100.0, 10.0], abs=0.01)


@pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
def test_shapefile_with_its_encoding_reads_as_it_says(tmp_path: Path, encoding: str):
    upload = uploads.shapefile_zip(tmp_path, encoding=encoding, leave_out=())

    (place,) = read_geojson(converted_map(upload, "geojson"))

    assert place["properties"]["VILL_NAME"] == "บ้าน"


def test_name_cut_in_the_middle_of_a_letter_does_not_stop_a_shapefile(tmp_path: Path):
    upload = uploads.shapefile_zip(tmp_path, name="บ้าน" * 30, encoding="utf-8")

    (place,) = read_geojson(converted_map(upload, "geojson"))

    assert place["properties"]["VILL_NAME"].startswith("บ้านบ้าน")


@pytest.mark.parametrize("wrap", [uploads.kml, None])
def test_kml_and_kmz_are_read_without_heights(tmp_path: Path, wrap: Any):
    upload = uploads.kml(tmp_path)
    if wrap is None:
        upload = uploads.zipped(tmp_path, "map.kmz", {"files/doc.kml": upload.read_bytes()})

    (place,) = read_geojson(converted_map(upload, "geojson"))

    assert place["geometry"]["coordinates"] == [100.5, 10.5]
    assert place["properties"]["Name"] == "ศาลา"


def test_kml_in_tis_620_is_read(tmp_path: Path):
    text = uploads.kml(tmp_path).read_text(encoding="utf-8").replace("UTF-8", "TIS-620")
    (tmp_path / "map.kml").write_bytes(text.encode("cp874"))

    (place,) = read_geojson(converted_map(tmp_path / "map.kml", "geojson"))

    assert place["properties"]["Name"] == "ศาลา"


def test_every_format_is_read_again(tmp_path: Path):
    source = uploads.village_and_boundary(tmp_path)
    for target, name in (("geojson", "a.geojson"), ("kml", "a.kml"), ("kmz", "a.kmz")):
        again = tmp_path / target
        again.mkdir()
        result = converted_map(source, target).rename(again / name)

        places = read_geojson(converted_map(result, "geojson"))

        assert [place["geometry"]["type"] for place in places] == ["Point", "Polygon"], target


def test_multi_geometries_and_collections_survive(tmp_path: Path):
    moved = [[[x + 1, y] for x, y in uploads.SQUARE]]
    collection = uploads.feature("Point", [0, 0], ก=1)
    collection["geometry"] = {
        "type": "GeometryCollection",
        "geometries": [
            {"type": "Point", "coordinates": [100, 10]},
            {"type": "LineString", "coordinates": [[100, 10], [100.2, 10.2]]},
        ],
    }
    source = uploads.geojson(
        tmp_path,
        uploads.feature("MultiPolygon", [[uploads.SQUARE], moved], ก=2),
        uploads.feature("MultiPoint", [[100, 10], [101, 11]], ก=3),
        collection,
    )

    kinds = [place["geometry"]["type"] for place in read_geojson(converted_map(source, "geojson"))]
    archive = zipfile.ZipFile(converted_map(source, "shp"))

    assert kinds == ["MultiPolygon", "MultiPoint", "GeometryCollection"]
    assert {name.removesuffix(".shp") for name in archive.namelist() if name.endswith(".shp")} == {
        "map_areas",
        "map_lines",
        "map_multipoints",
        "map_points",
    }


def test_same_map_gives_the_same_bytes_every_day(tmp_path: Path):
    source = uploads.village_and_boundary(tmp_path)
    other = tmp_path / "again"
    other.mkdir()
    again = uploads.village_and_boundary(other)

    for target in ("geojson", "kml", "kmz", "shp"):
        assert converted_map(source, target).read_bytes() == (
            converted_map(again, target).read_bytes()
        )


def test_preview_has_bounds_shapes_and_a_drawing_of_numbers_only(tmp_path: Path):
    found = map_preview(uploads.village_and_boundary(tmp_path))

    svg = (tmp_path / "work-preview" / "result").read_text()
    drawing = ElementTree.fromstring(svg)
    assert found["count"] == 2
    assert found["bounds"] == [100.0, 10.0, 100.1, 10.1]
    assert found["geojson"]["features"][0]["properties"] == {"name": "บ้านกลางทะเล"}
    assert "บ้าน" not in svg
    assert len(drawing.findall(".//{http://www.w3.org/2000/svg}circle")) == 1


def test_preview_of_many_places_stays_small(tmp_path: Path):
    many = [uploads.feature("Point", [100 + i / 9000, 10], ชื่อ=f"จุดที่ {i}") for i in range(9000)]

    found = map_preview(uploads.geojson(tmp_path, *many))

    assert found["count"] == 9000
    assert 500 < found["shown"] < 9000
    assert len(json.dumps(found["geojson"], ensure_ascii=False).encode()) <= 260_000


def test_gdal_knows_four_drivers_only(tmp_path: Path):
    import subprocess
    import sys

    from cms.opendata.sandbox import _environment

    program = "from cms.opendata.maps.gdal import pyogrio; print(sorted(pyogrio.list_drivers()))"
    found = subprocess.run(
        [sys.executable, "-c", program],
        env=_environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )

    assert found.stdout.strip() == "['ESRI Shapefile', 'GPKG', 'GeoJSON', 'LIBKML']"
