"""Emergency alerts as RSS 2.0 for warning systems and as Atom for people, in each language."""

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed
from django.utils.translation import gettext as _

from website.cap import CONTENT_TYPE, cap_url, cap_xml
from website.client import query
from website.feeds import xml_text
from website.headers import public
from website.languages import locale_of, site_name

_FORMATS: dict[str, Any] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}


@public
def alert_feed(request: HttpRequest, language: str, feed_format: str) -> HttpResponse:
    """The alerts in force, then the twenty that ended last.

    In RSS an item leads to its CAP message, as collectors of alerts expect; in Atom to the page,
    with the message beside it.
    """
    with translation.override(language):
        data = query("alert_feed", {"locale": locale_of(language)})
        office = site_name(language)
        feed = _FORMATS[feed_format](
            title=_("Emergency alerts of %(office)s") % {"office": office},
            link=f"{settings.BASE_URL}{reverse('alerts', args=[language])}",
            description=_("Alerts in Thai and English, each also in CAP 1.2."),
            language=language,
            author_name=office,
            feed_url=f"{settings.BASE_URL}{request.path}",
        )
        for alert in [*data["current"]["nodes"], *data["past"]["nodes"]]:
            feed.add_item(**_entry(alert, language, feed_format))
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _entry(alert: dict[str, Any], language: str, feed_format: str) -> dict[str, Any]:
    words, message = alert["info"], cap_url(alert["identifier"])
    page = f"{settings.BASE_URL}{reverse('alert', args=[language, alert['permanentId']])}"
    sent = datetime.datetime.fromisoformat(alert["publishedAt"])
    length = str(len(cap_xml(alert)))
    return {
        "title": xml_text(title_of(alert)),
        "link": message if feed_format == "rss" else page,
        "description": xml_text(f"{words['description']}\n\n{words['instruction']}"),
        "unique_id": message,
        "unique_id_is_permalink": True,
        "pubdate": sent,
        "updateddate": sent,
        "categories": [words["categoryLabel"], words["severityLabel"]],
        "enclosures": [Enclosure(message, length, CONTENT_TYPE)],
    }


def title_of(alert: dict[str, Any]) -> str:
    """The headline, after the words that change its meaning: an exercise, an end."""
    headline = alert["info"]["headline"]
    if alert["messageType"] == "CANCEL":
        headline = _("End of alert: %(headline)s") % {"headline": headline}
    if alert["isExercise"]:
        headline = _("Exercise: %(headline)s") % {"headline": headline}
    return headline
