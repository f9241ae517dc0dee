"""The datasets as CKAN tells them, so that the national catalogues can harvest them.

Three actions of CKAN's API, read-only; fields are those of the extension that Thai catalogues use
(ckanext-thai_gdc: the 14 mandatory metadata), with the values of its code lists in Thai.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, JsonResponse, QueryDict

from website.datasets import all_datasets
from website.headers import public
from website.languages import site_name

_LANGUAGE = "th"  # catalogues harvest the Thai originals
_ROWS, _MOST_ROWS = 10, 1_000
_EVERYTHING = {"", "*:*", "*"}


class _NotFound(Exception):
    """No dataset has this id or name."""


@public
def action(request: HttpRequest, name: str) -> JsonResponse:
    """One action of CKAN's API, version 3."""
    answer: dict[str, Any] = {"help": request.build_absolute_uri(request.path)}
    try:
        result = _ACTIONS[name](request.GET)
    except (KeyError, _NotFound):
        error = {"__type": "Not Found Error", "message": "Not found"}
        return _json({**answer, "success": False, "error": error}, status=404)
    return _json({**answer, "success": True, "result": result})


def _json(data: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"  # public data, no cookies
    return response


def _package_list(parameters: QueryDict) -> list[str]:
    names = [dataset["name"] for dataset in all_datasets(_LANGUAGE)]
    start = _number(parameters, "offset", 0)
    return names[start : start + _number(parameters, "limit", len(names))]


def _package_show(parameters: QueryDict) -> dict[str, Any]:
    wanted = parameters.get("id", "")
    for dataset in all_datasets(_LANGUAGE):
        if wanted in (dataset["permanentId"], dataset["name"]):
            return package(dataset)
    raise _NotFound(wanted)


def _package_search(parameters: QueryDict) -> dict[str, Any]:
    words = parameters.get("q", "").strip()
    found = [
        dataset
        for dataset in all_datasets(_LANGUAGE)
        if words in _EVERYTHING or _matches(dataset, words)
    ]
    start = _number(parameters, "start", 0)
    rows = min(_number(parameters, "rows", _ROWS), _MOST_ROWS)
    results = [package(dataset) for dataset in found[start : start + rows]]
    return {"count": len(found), "results": results, "facets": {}, "search_facets": {}}


_ACTIONS: dict[str, Callable[[QueryDict], Any]] = {
    "package_list": _package_list,
    "package_show": _package_show,
    "package_search": _package_search,
}


def _number(parameters: QueryDict, name: str, default: int) -> int:
    """A number that is not negative; the default for anything else."""
    text = parameters.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def _matches(dataset: dict[str, Any], words: str) -> bool:
    text = " ".join([dataset["title"], dataset["summary"], dataset["keywords"], dataset["name"]])
    return all(word in text.lower() for word in words.lower().split())


def package(dataset: dict[str, Any]) -> dict[str, Any]:
    """One dataset with the 14 mandatory metadata, in their order."""
    office = _organization()
    return {
        "id": dataset["permanentId"],
        "name": dataset["name"],
        "type": "dataset",
        "state": "active",
        "private": False,
        "url": f"{settings.BASE_URL}{dataset['path']}",
        "metadata_created": dataset["publishedAt"],
        "metadata_modified": dataset["publishedAt"],
        "data_type": dataset["dataTypeLabel"],
        "data_type_other": dataset["dataTypeOther"],
        "title": dataset["title"],
        "owner_org": office["id"],
        "organization": office,
        "author": (dataset["department"] or {}).get("title", ""),
        "maintainer": dataset["maintainer"],
        "maintainer_email": dataset["maintainerEmail"],
        "tag_string": ",".join(dataset["keyword_list"]),
        "tags": [{"name": word, "display_name": word} for word in dataset["keyword_list"]],
        "notes": dataset["summary"],
        "objective": dataset["objectivesLabels"],
        "objective_other": dataset["objectivesOther"],
        "update_frequency_unit": dataset["updateFrequencyLabel"],
        "update_frequency_unit_other": dataset["updateFrequencyOther"],
        "update_frequency_interval": dataset["updateInterval"],
        "geo_coverage": dataset["geographicCoverageLabel"],
        "geo_coverage_other": dataset["geographicCoverageOther"],
        "data_source": dataset["dataSource"],
        "data_format": dataset["dataFormatsLabels"],
        "data_format_other": dataset["dataFormatsOther"],
        "data_category": dataset["dataCategoryLabel"],
        "license_id": dataset["licenseLabel"],
        "license_title": dataset["licenseLabel"],
        "license_id_other": dataset["licenseOther"],
        "created_date": dataset["dataCreatedOn"],
        "last_updated_date": dataset["dataUpdatedOn"],
        "num_resources": len(dataset["files"]),
        "resources": [
            _resource(dataset, file, position) for position, file in enumerate(dataset["files"])
        ],
    }


def _organization() -> dict[str, Any]:
    """The office; its id is the host name, which no other office has."""
    host = urlsplit(settings.BASE_URL).hostname or ""
    return {
        "id": host,
        "name": host.replace(".", "-"),
        "title": site_name(_LANGUAGE),
        "type": "organization",
        "is_organization": True,
        "state": "active",
    }


def _resource(dataset: dict[str, Any], file: dict[str, Any], position: int) -> dict[str, Any]:
    return {
        "id": file["id"],
        "package_id": dataset["permanentId"],
        "position": position,
        "name": file["title"],
        "description": file["description"],
        "url": f"{settings.BASE_URL}{file['url']}",
        "format": file["format"],
        "mimetype": file["contentType"],
        "size": int(file["size"]),
        "hash": file.get("sha256", ""),
        "resource_last_updated_date": dataset["dataUpdatedOn"],
        "state": "active",
    }
