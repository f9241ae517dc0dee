"""Bombs, wrong names and broken files: each refused with words that tell what to do."""

import sqlite3
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from cms.opendata import limits
from cms.opendata.checks import check_upload
from cms.opendata.problems import PROBLEMS, Refused
from cms.opendata.sandbox import run
from cms.opendata.sniffing import content_of
from tests.office import document
from tests.opendata import uploads
from tests.opendata.converting import refusal

VRT = b'<OGRVRTDataSource><OGRVRTLayer name="passwd"><SrcDataSource>/etc/passwd</SrcDataSource>'


def named(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", ["map.geojson", "map.json", "map.kml", "map.gpkg"])
def test_file_that_sends_gdal_elsewhere_is_refused(tmp_path: Path, name: str):
    assert refusal("map", named(tmp_path, name, VRT)) == "not_a_map"


def test_file_that_only_gdal_would_take_for_something_else_is_refused(tmp_path: Path):
    wolf = named(tmp_path, "map.geojson", b'{"type":"Feature' + VRT)

    assert refusal("map", wolf) == "broken"


@pytest.mark.parametrize(
    ("kind", "name", "content", "code"),
    [
        ("table", "table.csv", b"%PDF-1.7 ...", "not_a_table"),
        ("table", "table.xlsx", b"\xd0\xcf\x11\xe0old workbook", "not_a_table"),
        ("table", "table.csv", b'{"type":"FeatureCollection","features":[]}', "not_a_table"),
        ("table", "table.csv", b"<html><table></table></html>", "not_a_table"),
        ("table", "table.xlsx", b"a,b\n1,2\n", "misnamed"),
        ("table", "table.csv", b"", "empty"),
        ("table", "table.csv", b"a,b\n\0\0\xff\xfe\n", "encoding"),
        ("map", "map.geojson", b"a,b\n1,2\n", "not_a_map"),
        ("map", "map.kml", b'{"type":"FeatureCollection","features":[]}', "misnamed"),
        ("map", "map.geojson", b'{"type":"FeatureCollection","features":[{]}', "broken"),
        ("map", "map.geojson", b'{"type":"FeatureCollection","features":[]}', "no_features"),
    ],
)
def test_wrong_content_is_refused(tmp_path: Path, kind: str, name: str, content: bytes, code: str):
    assert refusal(kind, named(tmp_path, name, content)) == code


def test_workbook_named_csv_is_refused(tmp_path: Path):
    workbook = uploads.xlsx(tmp_path, [["ก"], ["1"]])

    assert refusal("table", workbook.rename(tmp_path / "table.csv")) == "misnamed"


def test_workbook_with_macros_is_refused(tmp_path: Path):
    workbook = uploads.repacked(
        uploads.xlsx(tmp_path, [["ก"], ["1"]]), "xl/vbaProject.bin", b"macro"
    )

    assert refusal("table", workbook) == "macros"


@pytest.mark.parametrize("name", ["table.xlsx", "map.zip"])
def test_archive_that_unpacks_without_end_is_refused(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 20 * limits.MEBIBYTE)
    bomb = uploads.zipped(tmp_path, name, {"xl/workbook.xml": bytes(30 * limits.MEBIBYTE)})

    assert bomb.stat().st_size < limits.MEBIBYTE
    with pytest.raises(Refused) as caught:
        content_of(bomb)
    assert caught.value.code == "unpacks_too_large"


def test_archive_that_claims_two_gibibytes_is_refused_before_it_is_unpacked(tmp_path: Path):
    honest = uploads.zipped(tmp_path, "map.zip", {"map.shp": bytes(limits.MEBIBYTE)})
    size, claim = limits.MEBIBYTE.to_bytes(4, "little"), (2**31 - 1).to_bytes(4, "little")

    bomb = named(tmp_path, "map.zip", honest.read_bytes().replace(size, claim))
    assert refusal("map", bomb) == "unpacks_too_large"


def test_archive_that_lies_about_its_sizes_gains_nothing(tmp_path: Path):
    honest = uploads.repacked(
        uploads.xlsx(tmp_path, [["ก"], ["1"]]), "xl/workbook.xml", bytes(limits.MEBIBYTE)
    )
    size = limits.MEBIBYTE.to_bytes(4, "little")
    liar = named(tmp_path, "table.xlsx", honest.read_bytes().replace(size, bytes([9, 0, 0, 0])))

    assert refusal("table", liar) in {"broken_archive", "broken"}


def test_archive_of_too_many_files_is_refused(tmp_path: Path):
    entries = {f"{number}.shp": b"" for number in range(limits.ARCHIVE_ENTRIES + 1)}

    assert refusal("map", uploads.zipped(tmp_path, "map.zip", entries)) == "too_many_entries"


def test_archive_cut_off_in_the_middle_is_refused(tmp_path: Path):
    whole = uploads.shapefile_zip(tmp_path).read_bytes()

    assert refusal("map", named(tmp_path, "cut.zip", whole[: len(whole) // 2])) == "broken_archive"


def test_entities_in_kml_are_refused(tmp_path: Path):
    assert refusal("map", uploads.kml(tmp_path, prolog=uploads.ENTITIES)) == "xml_entities"


def test_entities_in_kml_in_another_encoding_are_refused(tmp_path: Path):
    text = uploads.kml(tmp_path, prolog=uploads.ENTITIES).read_text()

    assert refusal("map", named(tmp_path, "map.kml", text.encode("utf-16"))) == "xml_entities"


def test_entities_in_kmz_are_refused(tmp_path: Path):
    inner = uploads.kml(tmp_path, prolog=uploads.ENTITIES).read_bytes()

    assert refusal("map", uploads.zipped(tmp_path, "map.kmz", {"doc.kml": inner})) == "xml_entities"


def test_entities_in_a_workbook_are_refused(tmp_path: Path):
    book = uploads.xlsx(tmp_path, [["ก"], ["1"]])
    sheet = zipfile.ZipFile(book).read("xl/worksheets/sheet1.xml")
    bomb = uploads.repacked(book, "xl/worksheets/sheet1.xml", uploads.ENTITIES.encode() + sheet)

    assert refusal("table", bomb) == "xml_entities"


def test_entities_in_a_spreadsheet_are_refused(tmp_path: Path):
    book = uploads.ods(tmp_path, [["ก"], ["1"]])
    content = zipfile.ZipFile(book).read("content.xml").split(b"?>", 1)[1]
    bomb = uploads.repacked(book, "content.xml", uploads.ENTITIES.encode() + content)

    assert refusal("table", bomb) == "xml_entities"


def test_spreadsheet_that_repeats_without_end_is_refused(tmp_path: Path):
    book = uploads.ods(tmp_path, [["ก"], ["1"]])
    content = zipfile.ZipFile(book).read("content.xml")
    repeated = content.replace(
        b"<table:table-cell", b'<table:table-cell table:number-columns-repeated="999999999"'
    )

    bomb = uploads.repacked(book, "content.xml", repeated)
    assert refusal("table", bomb) == "too_many_columns"


def test_geopackage_with_a_foreign_virtual_table_is_refused(tmp_path: Path):
    path = tmp_path / "map.gpkg"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA application_id = 1196444487")
        database.execute("CREATE VIRTUAL TABLE other USING fts5(x)")
    database.close()

    assert refusal("map", path) == "broken"


@pytest.mark.parametrize("part", [".shx", ".dbf"])
def test_shapefile_without_a_part_is_told_which(tmp_path: Path, part: str):
    assert refusal("map", uploads.shapefile_zip(tmp_path, leave_out=(part,))) == "shapefile_parts"


def test_shapefile_without_projection_in_metres_is_refused(tmp_path: Path):
    upload = uploads.shapefile_zip(tmp_path, leave_out=(".prj", ".cpg"))

    assert refusal("map", upload) == "no_coordinate_system"


def test_geojson_in_metres_is_refused(tmp_path: Path):
    upload = uploads.geojson(tmp_path, uploads.feature("Point", [609_500.0, 1_105_500.0]))

    assert refusal("map", upload) == "outside_the_world"


def test_work_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "PROCESS_WALL_SECONDS", 0)
    source = uploads.csv(tmp_path, "ก\n1\n")

    with pytest.raises(Refused) as caught:
        run("table", "csv", source, source.name, tmp_path)
    assert caught.value.code == "too_much_work"


def test_every_problem_has_words_in_thai():
    with override("en"):
        english = {code: str(text) for code, text in PROBLEMS.items()}

    assert len(set(english.values())) == len(PROBLEMS)


def test_editor_is_told_what_to_do(db: None):
    upload = document(b"%PDF-1.4 not a table", name="table.csv")

    with override("en"), pytest.raises(ValidationError, match="Save the table as CSV, XLSX or ODS"):
        check_upload(upload, "table")


def test_good_upload_passes_the_editors_check(db: None):
    assert check_upload(document("ก,ข\n1,2\n".encode(), name="table.csv"), "table") is None


def test_check_is_made_once_for_the_same_file(db: None, monkeypatch: pytest.MonkeyPatch):
    upload = document("ก,ข\n1,3\n".encode(), name="table.csv")
    check_upload(upload, "table")
    monkeypatch.setattr("cms.opendata.checks.run", lambda *_: pytest.fail("checked again"))

    check_upload(upload, "table")
