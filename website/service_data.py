"""A service as schema.org's GovernmentService, for search engines."""

from typing import Any

from django.conf import settings
from django.http import QueryDict

from website.json_ld import json_ld
from website.languages import site_name


def service_data(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """A manual or an e-Service, in the context of its template."""
    return {"json_ld": json_ld(_service(language, page))}


def _service(language: str, page: dict[str, Any]) -> dict[str, Any]:
    base_url = settings.BASE_URL
    office = {
        "@type": "GovernmentOrganization",
        "name": site_name(language),
        "url": f"{base_url}/{language}/",
    }
    data = {
        "@type": "GovernmentService",
        "@id": f"{base_url}{page['permanentPath']}",
        "name": page["title"],
        "description": page["summary"],
        "url": f"{base_url}{page['path']}",
        "inLanguage": language,
        "provider": office,
        "serviceOperator": _operator(page, office),
        "audience": _audience(page),
        "availableChannel": _channels(page, base_url),
        "offers": _offers(page),
    }
    return {name: value for name, value in data.items() if value}


def _operator(page: dict[str, Any], office: dict[str, Any]) -> dict[str, Any] | None:
    division = page["department"]
    if not division:
        return None
    return {
        "@type": "GovernmentOrganization",
        "name": division["title"],
        "telephone": division["telephone"],
        "email": division["email"],
        "parentOrganization": office,
    }


def _audience(page: dict[str, Any]) -> dict[str, Any] | None:
    if not page.get("audience"):
        return None
    return {"@type": "Audience", "audienceType": page["audience"]}


def _channels(page: dict[str, Any], base_url: str) -> list[dict[str, Any]]:
    found = [_channel(channel) for channel in page.get("serviceChannels") or []]
    if address := page.get("serviceUrl"):
        found.append({"@type": "ServiceChannel", "serviceUrl": address})
    elif target := page.get("servicePage"):
        found.append({"@type": "ServiceChannel", "serviceUrl": f"{base_url}{target['path']}"})
    return found


def _channel(channel: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "ServiceChannel",
        "name": channel["name"],
        "description": channel["hours"],
        "serviceUrl": channel["url"],
    }
    if channel["kind"] == "counter":
        data["serviceLocation"] = {"@type": "Place", "name": channel["name"]}
    return {name: value for name, value in data.items() if value}


def _offers(page: dict[str, Any]) -> list[dict[str, Any]]:
    """What it costs; an explicit nothing where there is no fee."""
    if page.get("noFees"):
        return [{"@type": "Offer", "price": "0", "priceCurrency": "THB"}]
    return [
        {
            "@type": "Offer",
            "name": fee["name"],
            "price": str(fee["amount"]),
            "priceCurrency": "THB",
        }
        for fee in page.get("fees") or []
    ]
