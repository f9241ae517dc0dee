"""Open datasets on the site, and as the catalogues of data read them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cms.publication.models import Publication
from pages.models import Listing
from tests.admin import status
from tests.office import Office, document
from tests.opendata import datasets, uploads
from tests.opendata.conftest import publish  # noqa: F401  # a fixture
from tests.website.reading import read, words

Publish = Callable[..., Publication]


@pytest.fixture
def table(publish: Publish) -> Publication:  # noqa: F811
    """A dataset with one table, converted."""
    publication = publish(slug="villages", title="หมู่บ้าน")
    datasets.convert_all()
    return publication


@pytest.fixture
def chart(publish: Publish, tmp_path: Any) -> Publication:  # noqa: F811
    """A dataset with one map, converted."""
    source = uploads.village_and_boundary(tmp_path).read_bytes()
    publication = publish(
        datasets.resource("map", document(source, name="map.geojson")), slug="chart"
    )
    datasets.convert_all()
    return publication


def ckan(action: str, status: int = 200, **parameters: Any) -> dict[str, Any]:
    response = Client().get(f"/api/3/action/{action}", parameters)
    assert response.status_code == status
    return response.json()


def dcat(language: str = "th") -> dict[str, Any]:
    response = Client().get(f"/{language}/open-data/catalog.jsonld")
    assert response["Content-Type"].startswith("application/ld+json")
    return json.loads(response.content)


def identifiers(language: str = "th") -> list[str]:
    return [dataset["dct:identifier"] for dataset in dcat(language)["dcat:dataset"]]


def test_page_offers_every_format_of_a_table(table: Publication):
    page = read("/th/news/villages/")

    links = page.select(".downloads a")
    assert [words(link).split()[0] for link in links] == ["CSV", "JSON", "XML", "ODS"]
    assert [status(Client(), link["href"]) for link in links] == [200] * 4


def test_page_shows_the_first_rows_with_their_codes(table: Publication):
    page = read("/th/news/villages/")

    rows = page.select(".resource > .table-scroll tbody tr")
    assert words(rows[0]) == "0632 บ้านทะเล 12"


def test_page_tells_all_fourteen_metadata(table: Publication):
    page = read("/th/news/villages/")

    texts = words(page.select_one(".metadata"))
    for value in ("หมู่บ้านในตำบล", "สำนักปลัด", "office@example.org", "Open Data Common"):
        assert value in texts
    assert len(page.select(".metadata tr")) == 14


def test_page_explains_the_columns(table: Publication):
    assert "รหัสหมู่บ้าน" in words(read("/th/news/villages/").select_one(".dictionary"))


def test_page_draws_a_map_without_any_tiles(chart: Publication):
    page = read("/th/news/chart/")

    image = page.select_one(".map-drawing img")
    response = Client().get(image["src"])
    assert response["Content-Type"] == "image/svg+xml"
    assert b"<circle" in b"".join(response.streaming_content)
    assert image["alt"]
    formats = [words(link).split()[0] for link in page.select(".downloads a")]
    assert formats == ["GeoJSON", "KML", "KMZ", "SHP"]


def test_page_of_a_new_dataset_says_that_its_files_are_being_prepared(
    publish: Publish,  # noqa: F811
):
    publish(slug="new")

    page = read("/th/news/new/")
    assert page.select_one(".resource [role=status]")
    assert not page.select(".downloads")


def test_section_lists_datasets_with_their_formats(table: Publication, open_office: Office):
    section = open_office.section(
        open_office.home, title="ชุดข้อมูล", slug="data", listing=Listing.DATASETS
    )
    open_office.show(section)

    page = read("/th/data/")

    assert words(page.select_one(".datasets h3")) == "หมู่บ้าน"
    assert [words(one) for one in page.select(".format")] == ["CSV", "JSON", "XML", "ODS"]


def test_ckan_lists_datasets_by_name(table: Publication):
    assert ckan("package_list") == {
        "help": "http://testserver/api/3/action/package_list",
        "success": True,
        "result": ["villages"],
    }


def test_ckan_shows_a_dataset_with_the_values_of_the_thai_code_lists(table: Publication):
    package = ckan("package_show", id="villages")["result"]

    assert package["title"] == "หมู่บ้าน"
    assert package["license_id"] == "Open Data Common"
    assert package["data_format"] == ["CSV"]
    assert package["tag_string"] == "หมู่บ้าน,ครัวเรือน"
    assert [resource["format"] for resource in package["resources"]] == [
        "CSV",
        "JSON",
        "XML",
        "ODS",
    ]
    assert package["resources"][0]["url"].endswith(".csv")


def test_ckan_shows_a_dataset_by_its_permanent_id(table: Publication):
    short_id = table.address.short_id

    assert ckan("package_show", id=short_id)["result"]["id"] == short_id


@pytest.mark.parametrize("name", ["package_show", "package_delete", "user_list"])
def test_ckan_knows_nothing_else(table: Publication, name: str):
    assert ckan(name, status=404, id="none")["success"] is False


@pytest.mark.parametrize(("words_", "count"), [("ครัวเรือน", 1), ("*:*", 2), ("ไม่มี", 0)])
def test_ckan_searches_titles_descriptions_and_keywords(
    table: Publication,
    publish: Publish,  # noqa: F811
    words_: str,
    count: int,
):
    publish(title="ถนน", keywords="ถนน", slug="roads")

    assert ckan("package_search", q=words_)["result"]["count"] == count


def test_ckan_gives_a_search_page_by_page(table: Publication, publish: Publish):  # noqa: F811
    publish(title="ถนน", keywords="ถนน", slug="roads")

    found = ckan("package_search", rows=1, start=1)["result"]

    assert found["count"] == 2
    assert len(found["results"]) == 1


def test_ckan_is_read_only(table: Publication):
    assert Client().post("/api/3/action/package_list").status_code == 405


def test_other_sites_may_read_the_catalogue(table: Publication):
    response = Client().get("/api/3/action/package_list")

    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies


def test_dcat_has_a_distribution_for_each_file(table: Publication):
    catalogue = dcat()

    dataset, _own = catalogue["dcat:dataset"]
    assert catalogue["@type"] == "dcat:Catalog"
    assert dataset["dct:title"] == {"@value": "หมู่บ้าน", "@language": "th"}
    assert dataset["dct:accrualPeriodicity"]["@id"].endswith("/ANNUAL")
    first = dataset["dcat:distribution"][0]
    assert first["dcat:mediaType"]["@id"].endswith("/text/csv")
    assert first["spdx:checksum"]["spdx:checksumValue"] in first["dcat:downloadURL"]["@id"]


def test_dcat_tells_where_a_map_lies(chart: Publication):
    dataset, _own = dcat()["dcat:dataset"]

    assert dataset["dct:spatial"]["dcat:bbox"]["@value"].startswith("POLYGON((100.0 10.0, 100.1")


def test_dcat_in_english_has_no_thai_dataset(table: Publication):
    assert identifiers("en") == ["transparency"]


def test_drafts_are_in_no_catalogue(open_office: Office):
    datasets.draft(open_office)

    assert ckan("package_list")["result"] == []
    assert identifiers() == ["transparency"]
