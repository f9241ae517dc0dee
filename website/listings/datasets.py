"""The list of open datasets, and where computers find them."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from website.datasets import all_datasets


def dataset_list(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """Every dataset with its formats, for `listings/datasets.html`."""
    items = [
        {**dataset, "formats": list(dict.fromkeys(file["format"] for file in dataset["files"]))}
        for dataset in all_datasets(language)
    ]
    return {
        "items": items,
        "catalogue_path": reverse("dcat_catalogue", args=[language]),
        "ckan_path": reverse("ckan", args=["package_list"]),
    }
