"""The news as RSS and Atom, in each language."""

import datetime
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _

from website.client import query
from website.headers import public
from website.languages import locale_of, site_name
from website.news import KINDS

FORMATS: dict[str, Any] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@public
def news_feed(request: HttpRequest, language: str, feed_format: str) -> HttpResponse:
    """The fifty newest items of news, the latest day first."""
    data = query("news_feed", {"locale": locale_of(language)})
    with translation.override(language):
        feed = _feed(FORMATS[feed_format], language, data["page"] or {}, request.path)
        for item in data["news"]["nodes"]:
            feed.add_item(**_entry(item))
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _feed(kind: Any, language: str, home: dict[str, Any], path: str) -> Any:
    office = site_name(language)
    return kind(
        title=_("News of %(office)s") % {"office": office},
        link=f"{settings.BASE_URL}/{language}/",
        description=_xml_text(home.get("summary") or office),
        language=language,
        author_name=office,
        feed_url=f"{settings.BASE_URL}{path}",
    )


def _entry(item: dict[str, Any]) -> dict[str, Any]:
    department = item["department"]
    return {
        "title": _xml_text(item["title"]),
        "link": f"{settings.BASE_URL}{item['path']}",
        "description": _xml_text(item["summary"]),
        "unique_id": f"{settings.BASE_URL}{item['permanentPath']}",
        "unique_id_is_permalink": True,
        "pubdate": _beginning_of(item["postedOn"]),
        "updateddate": datetime.datetime.fromisoformat(item["publishedAt"]),
        "categories": [str(KINDS.get(item["kind"], item["kind"]))],
        "author_name": _xml_text(department["title"]) if department else None,
    }


def _beginning_of(day: str) -> datetime.datetime:
    """Midnight in the office's time zone."""
    date = datetime.date.fromisoformat(day)
    return timezone.make_aware(datetime.datetime.combine(date, datetime.time.min))


def _xml_text(text: str) -> str:
    """Without the control characters that XML forbids and pasted text may hold."""
    return _NOT_XML.sub("", text)
