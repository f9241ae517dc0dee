"""Ways to reach the office: what opens them, when, and all of it for search engines."""

import re
from typing import Any

from django.conf import settings
from django.http import QueryDict

from cms.thai.telephones import dialled
from website.json_ld import json_ld
from website.languages import site_name

_TELEPHONES = ("telephone", "emergency")
_WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def link_of(kind: str, address: str) -> str:
    """The address that a channel opens; empty where there is none, as for a fax."""
    address = address.strip()
    if kind in _TELEPHONES:
        return dialled(address)
    if kind == "email":
        return f"mailto:{address}" if re.fullmatch(r"[^\s@?&]+@[^\s@?&]+", address) else ""
    if kind != "fax" and re.match(r"https?://[^\s/]", address, re.IGNORECASE):
        return address
    if kind == "line" and re.fullmatch(r"@[\w.-]+", address, re.ASCII):
        return f"https://line.me/R/ti/p/{address}"
    return ""


def day_ranges(days: list[str], labels: list[str]) -> str:
    """Days in words, those in a row as a range: `"Monday–Friday, Sunday"`."""
    named = dict(zip(days, labels, strict=False))
    runs: list[list[str]] = []
    for place, day in enumerate(_WEEK):
        if day not in named:
            continue
        if runs and runs[-1][-1] == _WEEK[place - 1] and place:
            runs[-1].append(day)
        else:
            runs.append([day])
    texts = []
    for run in runs:
        first, last = named[run[0]], named[run[-1]]
        # Two days are no range: "Saturday, Sunday".
        texts += [first, last] if len(run) == 2 else [first if first == last else f"{first}–{last}"]
    return ", ".join(texts)


def office_data(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """The office as a schema.org GovernmentOffice, in the context of the contact page."""
    return {"json_ld": json_ld(_government_office(language, page))}


def _government_office(language: str, page: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "GovernmentOffice",
        "name": site_name(language),
        "url": f"{settings.BASE_URL}{page['path']}",
        "address": page["postalAddress"],
        "telephone": _addresses(page, "telephone"),
        "faxNumber": _addresses(page, "fax"),
        "email": _addresses(page, "email"),
        "sameAs": [
            link
            for channel in page["channels"]
            if channel["kind"] in ("facebook", "line", "website")
            and (link := link_of(channel["kind"], channel["address"]))
        ],
        "hasMap": page["mapUrl"],
        "geo": _place(page),
        "openingHoursSpecification": [_hours(block) for block in page["openingHours"]],
    }
    return {key: value for key, value in data.items() if value}


def _addresses(page: dict[str, Any], kind: str) -> list[str]:
    return [block["address"] for block in page["channels"] if block["kind"] == kind]


def _place(page: dict[str, Any]) -> dict[str, Any] | None:
    if page["latitude"] is None or page["longitude"] is None:
        return None
    return {
        "@type": "GeoCoordinates",
        "latitude": float(page["latitude"]),
        "longitude": float(page["longitude"]),
    }


def _hours(block: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [f"https://schema.org/{day.title()}" for day in block["days"]],
        "opens": block["opens"],
        "closes": block["closes"],
    }
