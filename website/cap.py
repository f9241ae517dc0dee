"""Emergency alerts in the Common Alerting Protocol 1.2 (OASIS), for other warning systems."""

import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from website.client import query
from website.feeds import xml_text
from website.headers import public
from website.languages import site_name

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
CONTENT_TYPE = "application/cap+xml"
# BCP 47, as Thai warning systems write theirs, and the name of each language's part in the answer.
_LANGUAGES = {"th": ("th-TH", "thai"), "en": ("en", "english")}


@public
def cap_message(request: HttpRequest, identifier: str) -> HttpResponse:
    """One message; 410 where it was withdrawn, 404 where there never was one."""
    found = query("alert_message", {"identifier": identifier})["alert"]
    if found is None:
        return HttpResponse(status=404)
    if found["__typename"] == "Gone":
        return HttpResponse(found["reason"] or "", status=410, content_type="text/plain")
    return HttpResponse(cap_xml(found), content_type=f"{CONTENT_TYPE}; charset=utf-8")


def cap_url(identifier: str) -> str:
    """The address of a message."""
    return f"{settings.BASE_URL}{reverse('cap_message', args=[identifier])}"


def sender() -> str:
    """Who sends, as CAP identifies it: the name of the office's own domain, or as it is set."""
    return settings.ALERT_SENDER or urlsplit(settings.BASE_URL).hostname or "localhost"


def cap_xml(alert: dict[str, Any]) -> bytes:
    """The XML of a message in both languages, its elements in the order of the schema."""
    root = ElementTree.Element(f"{{{NAMESPACE}}}alert")
    _add(root, "identifier", alert["identifier"])
    _add(root, "sender", sender())
    _add(root, "sent", _moment(alert["publishedAt"]))
    _add(root, "status", "Exercise" if alert["isExercise"] else "Actual")
    _add(root, "msgType", _value(alert["messageType"]))
    _add(root, "scope", "Public")
    if alert["isExercise"]:  # the schema asks for a note of its purpose (3.2.1, status)
        _add(root, "note", "การฝึกซ้อมหรือตัวอย่าง / Exercise or example")
    references = [
        f"{sender()},{earlier['identifier']},{_moment(earlier['sentAt'])}"
        for earlier in alert["references"]
    ]
    if alert["messageType"] != "ALERT":
        _add(root, "references", " ".join(references))
    for language, (code, part) in _LANGUAGES.items():
        _add_info(root, alert, alert[part], language, code)
    ElementTree.register_namespace("", NAMESPACE)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _add_info(
    root: ElementTree.Element,
    alert: dict[str, Any],
    words: dict[str, Any],
    language: str,
    code: str,
) -> None:
    info = ElementTree.SubElement(root, f"{{{NAMESPACE}}}info")
    _add(info, "language", code)
    _add(info, "category", _value(alert["category"]))
    _add(info, "event", words["event"])
    _add(info, "responseType", _value(alert["responseType"]))
    _add(info, "urgency", _value(alert["urgency"]))
    _add(info, "severity", _value(alert["severity"]))
    _add(info, "certainty", _value(alert["certainty"]))
    _add(info, "effective", _moment(alert["effectiveFrom"]))
    _add(info, "onset", _moment(alert["onset"]))
    _add(info, "expires", _moment(alert["expiresAt"]))
    _add(info, "senderName", site_name(language))
    _add(info, "headline", words["headline"])
    _add(info, "description", words["description"])
    _add(info, "instruction", words["instruction"])
    page = reverse("alert", args=[language, alert["permanentId"]])
    _add(info, "web", alert["web"] or f"{settings.BASE_URL}{page}")
    _add(info, "contact", alert["contact"])
    area = ElementTree.SubElement(info, f"{{{NAMESPACE}}}area")
    _add(area, "areaDesc", words["area"])
    _add(area, "polygon", alert["areaPolygon"])
    _add(area, "circle", alert["areaCircle"])


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    """Adds an element, but never an empty one."""
    if text:
        ElementTree.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = xml_text(text)


def _value(name: str) -> str:
    """CAP's spelling of a choice: `ALL_CLEAR` is AllClear; CBRNE stays."""
    return name if name == "CBRNE" else "".join(part.title() for part in name.split("_"))


def _moment(text: str | None) -> str:
    """A moment with Thailand's offset and whole seconds; CAP forbids "Z"."""
    if not text:
        return ""
    moment = timezone.localtime(datetime.datetime.fromisoformat(text))
    return moment.isoformat(timespec="seconds")
