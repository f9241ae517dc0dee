"""Every file behind a link of the demonstration opens in a reader that did not write it."""

import csv
import io
import json
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import shapefile
from defusedxml import ElementTree
from odf.opendocument import load as load_ods
from odf.table import TableRow
from PIL import Image
from pypdf import PdfReader

from tests.e2e.desk import Server

pytestmark = pytest.mark.e2e

DOWNLOADS = """{ downloads(first: 100) { totalCount nodes { file { url filename } } } }"""
DATASETS = """{ pages(filter: {type: ["DatasetPage"]}) { nodes { ... on DatasetPage { resources {
  ... on TableResourceBlock { count convertedFiles { format url } }
  ... on MapResourceBlock { count convertedFiles { format url } }
} } } } }"""


def asked(server: Server, query: str) -> dict[str, Any]:
    return json.loads(fetched(server, f"/graphql/?{urllib.parse.urlencode({'query': query})}"))[
        "data"
    ]


def fetched(server: Server, path: str) -> bytes:
    address = f"{server.url}{urllib.parse.quote(path, safe='/?=&%+')}"
    with urllib.request.urlopen(address) as response:  # noqa: S310
        return response.read()


def words_of_pdf(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def text_of_docx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document = ElementTree.fromstring(archive.read("word/document.xml"))
    return "".join(document.itertext())


def size_of_picture(content: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        return picture.size


def rows_of_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


# By suffix: what an independent reader finds in the file, which must not be empty.
READERS: dict[str, Callable[[bytes], Any]] = {
    "pdf": words_of_pdf,
    "docx": text_of_docx,
    "txt": bytes.decode,
    "csv": rows_of_csv,
    "tiff": size_of_picture,
    "jpg": size_of_picture,
    "geojson": lambda content: json.loads(content)["features"],
}
THAI = ("pdf", "docx", "txt")


def test_every_download_opens_and_holds_thai(server: Server):
    downloads = asked(server, DOWNLOADS)["downloads"]
    files = {node["file"]["url"]: node["file"]["filename"] for node in downloads["nodes"]}

    assert len(downloads["nodes"]) == downloads["totalCount"]
    assert {name.rpartition(".")[2] for name in files.values()} == set(READERS)
    for url, name in files.items():
        suffix = name.rpartition(".")[2]
        found = READERS[suffix](fetched(server, url))
        assert found, name
        if suffix in THAI:
            assert "ตัวอย่าง" in found, name


def counted(file_format: str, content: bytes) -> int:
    """The rows or features that an independent reader finds in a converted file."""
    if file_format == "CSV":
        return len(rows_of_csv(content)) - 1
    if file_format == "JSON":
        return len(json.loads(content))
    if file_format == "XML":
        return len(list(ElementTree.fromstring(content)))
    if file_format == "ODS":
        return len(load_ods(io.BytesIO(content)).getElementsByType(TableRow)) - 1
    if file_format == "GeoJSON":
        return len(json.loads(content)["features"])
    if file_format in ("KML", "KMZ"):
        if file_format == "KMZ":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                content = archive.read("doc.kml")
        return len(ElementTree.fromstring(content).findall(".//{*}Placemark"))
    return counted_shapes(content)


def counted_shapes(content: bytes) -> int:
    """A shapefile holds one kind of shape: points and areas stand in files of their own."""
    total = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".shp"):
                parts = {
                    part: io.BytesIO(archive.read(f"{name[:-4]}.{part}"))
                    for part in ("shp", "shx", "dbf")
                }
                with shapefile.Reader(**parts) as shapes:
                    total += len(shapes)
    return total


def test_every_format_of_a_dataset_holds_every_row(server: Server):
    pages = asked(server, DATASETS)["pages"]["nodes"]
    resources = [resource for page in pages for resource in page["resources"]]

    assert {file["format"] for r in resources for file in r["convertedFiles"]} == {
        *("CSV", "JSON", "XML", "ODS"),
        *("GeoJSON", "KML", "KMZ", "SHP"),
    }
    for resource in resources:
        for file in resource["convertedFiles"]:
            content = fetched(server, file["url"])
            assert counted(file["format"], content) == resource["count"], file
