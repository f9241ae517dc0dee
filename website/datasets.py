"""Every open dataset as the API tells it: for the list of datasets and for the catalogues."""

from collections.abc import Iterator
from typing import Any

from website.client import query
from website.languages import locale_of


def all_datasets(language: str) -> list[dict[str, Any]]:
    """The datasets of a language in the office's order, each with its `name` and `files`."""
    return [_named(dataset) for dataset in _pages(language)]


def _pages(language: str) -> Iterator[dict[str, Any]]:
    after = None
    while True:
        pages = query("datasets", {"locale": locale_of(language), "after": after})["pages"]
        yield from pages["nodes"]
        if not pages["pageInfo"]["hasNextPage"]:
            return
        after = pages["pageInfo"]["endCursor"]


def _named(dataset: dict[str, Any]) -> dict[str, Any]:
    name = dataset["path"].strip("/").rpartition("/")[2]
    keywords = [word.strip() for word in dataset["keywords"].split(",") if word.strip()]
    files = [file for resource in dataset["resources"] for file in _files(resource)]
    return {**dataset, "name": name, "keyword_list": keywords, "files": files}


def _files(resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every format of a resource; the uploaded file itself until those are made."""
    title, description = resource["title"], resource["description"]
    bounds = (resource.get("mapPreview") or {}).get("bounds")
    original = resource["file"]
    files = resource["convertedFiles"] or ([original] if original else [])
    for position, file in enumerate(files):
        format_name = file.get("format") or file["filename"].rpartition(".")[2].upper()
        yield {
            **file,
            "id": f"{resource['id']}-{position}",
            "title": f"{title} ({format_name})",
            "description": description,
            "format": format_name,
            "bounds": bounds,
        }
