"""The catalogue of datasets as DCAT (W3C, version 3) in JSON-LD, in each language."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from website.datasets import all_datasets
from website.headers import public
from website.languages import site_name
from website.transparency_catalogue import transparency_dataset

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
# The European authority list of frequencies, which DCAT profiles use; of ours, what it has.
_FREQUENCIES = "http://publications.europa.eu/resource/authority/frequency/"
_FREQUENCY = {
    "YEAR": "ANNUAL",
    "HALF_YEAR": "ANNUAL_2",
    "QUARTER": "QUARTERLY",
    "MONTH": "MONTHLY",
    "WEEK": "WEEKLY",
    "DAY": "DAILY",
    "HOUR": "HOURLY",
    "REAL_TIME": "CONT",
    "NEVER": "NEVER",
    "UNKNOWN": "UNKNOWN",
}


@public
def catalogue(request: HttpRequest, language: str) -> HttpResponse:
    """Every dataset with a distribution for each of its files, and the office's own numbers."""
    with translation.override(language):
        data = _catalogue(language, f"{settings.BASE_URL}{request.path}")
    text = json.dumps(data, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/ld+json; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"  # public data, no cookies
    return response


def _catalogue(language: str, address: str) -> dict[str, Any]:
    office = site_name(language)
    return {
        "@context": _CONTEXT,
        "@id": address,
        "@type": "dcat:Catalog",
        "dct:title": _text(_("Open data of %(office)s") % {"office": office}, language),
        "dct:language": language,
        "dct:publisher": _publisher(language),
        "foaf:homepage": {"@id": f"{settings.BASE_URL}/{language}/"},
        "dcat:dataset": [
            *(_dataset(dataset, language) for dataset in all_datasets(language)),
            transparency_dataset(language, _publisher(language)),
        ],
    }


def _text(value: str, language: str) -> dict[str, str]:
    return {"@value": value, "@language": language}


def _publisher(language: str) -> dict[str, Any]:
    return {
        "@id": f"{settings.BASE_URL}/",
        "@type": "foaf:Organization",
        "foaf:name": _text(site_name(language), language),
    }


def _dataset(dataset: dict[str, Any], language: str) -> dict[str, Any]:
    address = f"{settings.BASE_URL}{dataset['path']}"
    described = {
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:identifier": dataset["permanentId"],
        "dct:title": _text(dataset["title"], language),
        "dct:description": _text(dataset["summary"], language),
        "dcat:keyword": [_text(word, language) for word in dataset["keyword_list"]],
        "dct:language": language,
        "dct:publisher": _publisher(language),
        "dct:source": _text(dataset["dataSource"], language),
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": dataset["maintainer"],
            "vcard:hasEmail": {"@id": f"mailto:{dataset['maintainerEmail']}"},
        },
        "dcat:landingPage": {"@id": address},
        "dct:issued": _typed(dataset["dataCreatedOn"], "date"),
        "dct:modified": _typed(dataset["dataUpdatedOn"] or dataset["publishedAt"], ""),
        "dct:accrualPeriodicity": _frequency(dataset),
        "dct:spatial": _place(dataset, language),
        "dcat:distribution": [_distribution(file, dataset, language) for file in dataset["files"]],
    }
    return {name: value for name, value in described.items() if value is not None}


def _typed(value: str | None, type_: str) -> dict[str, str] | None:
    """A day or a moment, which its own form tells apart."""
    if not value:
        return None
    return {"@value": value, "@type": f"xsd:{type_ or ('dateTime' if 'T' in value else 'date')}"}


def _frequency(dataset: dict[str, Any]) -> dict[str, str] | None:
    """Only where one unit lies between two updates, as the list knows no "every three years"."""
    code = _FREQUENCY.get(dataset["updateFrequency"] or "")
    is_single = dataset["updateInterval"] in (None, 1)
    return {"@id": f"{_FREQUENCIES}{code}"} if code and is_single else None


def _place(dataset: dict[str, Any], language: str) -> dict[str, Any]:
    place: dict[str, Any] = {
        "@type": "dct:Location",
        "rdfs:label": _text(dataset["geographicCoverageLabel"], language),
    }
    bounds = next((file["bounds"] for file in dataset["files"] if file["bounds"]), None)
    if bounds:
        west, south, east, north = bounds
        corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        positions = ", ".join(f"{x} {y}" for x, y in corners)
        place["dcat:bbox"] = {
            "@value": f"POLYGON(({positions}))",
            "@type": "http://www.opengis.net/ont/geosparql#wktLiteral",
        }
    return place


def _distribution(file: dict[str, Any], dataset: dict[str, Any], language: str) -> dict[str, Any]:
    address = f"{settings.BASE_URL}{file['url']}"
    described: dict[str, Any] = {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": _text(file["title"], language),
        "dct:format": file["format"],
        "dcat:mediaType": {"@id": f"{_MEDIA_TYPES}{file['contentType']}"},
        "dcat:byteSize": int(file["size"]),
        "dcat:accessURL": {"@id": f"{settings.BASE_URL}{dataset['path']}"},
        "dcat:downloadURL": {"@id": address},
        "dct:license": {"@type": "dct:LicenseDocument", "rdfs:label": dataset["licenseLabel"]},
    }
    if file.get("sha256"):
        described["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": file["sha256"],
        }
    return described
