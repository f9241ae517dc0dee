"""Events and answers as schema.org describes them, for search engines."""

from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from website.events import days_of, moment_of
from website.json_ld import json_ld
from website.languages import site_name


def event_data(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """An event as schema.org/Event, in the context of its template."""
    return {"json_ld": json_ld(_event(language, page))}


def answer_data(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """A question with its answer as schema.org/QAPage, in the context of its template."""
    return {"json_ld": json_ld(_question(language, page))}


def _event(language: str, page: dict[str, Any]) -> dict[str, Any]:
    organiser = page["organiser"] or (page["department"] or {}).get("title", "")
    place = {"@type": "Place", "name": page["place"], "address": page["place"]}
    return {
        "@type": "Event",
        "name": page["title"],
        "description": page["summary"],
        "url": f"{settings.BASE_URL}{page['path']}",
        "inLanguage": language,
        "eventStatus": "https://schema.org/EventScheduled",
        "location": {**place, "url": page["placeUrl"]} if page["placeUrl"] else place,
        "organizer": {
            "@type": "GovernmentOrganization",
            "name": organiser or site_name(language),
            "url": f"{settings.BASE_URL}/{language}/",
        },
        **_times(page),
    }


def _times(page: dict[str, Any]) -> dict[str, str]:
    """Days, or moments with the offset of the office's time zone; none in an unfinished draft."""
    if not (page["startsAt"] and page["endsAt"]):
        return {}
    if page["isAllDay"]:
        begins, ends = (day.isoformat() for day in days_of(page))
    else:
        begins, ends = (
            timezone.localtime(moment_of(page[name])).isoformat() for name in ("startsAt", "endsAt")
        )
    return {"startDate": begins, "endDate": ends}


def _question(language: str, page: dict[str, Any]) -> dict[str, Any]:
    address = f"{settings.BASE_URL}{page['path']}"
    office = {"@type": "GovernmentOrganization", "name": site_name(language)}
    answer = {
        "@type": "Answer",
        "text": _words(page["answer"]),
        "dateCreated": page["answeredOn"],
        "url": f"{address}#answer",
        "author": office,
    }
    return {
        "@type": "QAPage",
        "inLanguage": language,
        "mainEntity": {
            "@type": "Question",
            "name": page["title"],
            "text": page["question"],
            "dateCreated": page["askedOn"],
            "answerCount": 1,
            "acceptedAnswer": answer,
        },
    }


def _words(blocks: list[dict[str, Any]]) -> str:
    """The running text of an answer."""
    return "\n".join(block["richText"]["text"] for block in blocks if "richText" in block)
