"""The news as RSS and Atom, in each language: all of it, or some kinds."""

import datetime
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.thai.dates import format_date
from website.client import query
from website.headers import public
from website.languages import locale_of, site_name
from website.listings.news import KINDS, kinds_in

_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721


class AtomFeedWithTombstones(Atom1Feed):
    """Atom that also says which entries are gone. `withdrawn`: see `_deleted`."""

    def root_attributes(self) -> dict[str, str]:
        """With the namespace of RFC 6721."""
        return {**super().root_attributes(), "xmlns:at": _TOMBSTONES}

    def add_root_elements(self, handler: Any) -> None:
        """The head of the feed, then its tombstones."""
        super().add_root_elements(handler)
        for tombstone in self.feed["withdrawn"]:
            attributes = {"ref": tombstone["ref"], "when": tombstone["when"]}
            handler.startElement("at:deleted-entry", attributes)
            handler.addQuickElement("at:comment", tombstone["comment"])
            handler.endElement("at:deleted-entry")

    def latest_post_date(self) -> datetime.datetime:
        """A withdrawal changes the feed too."""
        moments = [
            datetime.datetime.fromisoformat(tombstone["when"])
            for tombstone in self.feed["withdrawn"]
        ]
        if not self.items and moments:
            return max(moments)
        return max([super().latest_post_date(), *moments])


FORMATS: dict[str, Any] = {"rss": Rss201rev2Feed, "atom": AtomFeedWithTombstones}
_FILES_PER_ENTRY = {"rss": 1, "atom": 20}  # RSS 2.0 knows one enclosure
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@public
def news_feed(request: HttpRequest, language: str, feed_format: str) -> HttpResponse:
    """The fifty newest items, the latest day first; of some kinds with `?kind=PROCUREMENT`.

    What was withdrawn within the last thirty days is named as well, with the reason: Atom has
    tombstones, RSS gets an item that says so.
    """
    kinds = kinds_in(request.GET)
    conditions = {"kind": kinds} if kinds else {}
    variables = {"locale": locale_of(language), "filter": conditions, "kinds": kinds or None}
    data = query("news_feed", variables)
    address = "&".join(f"kind={kind}" for kind in kinds)
    own_path = f"{request.path}?{address}" if kinds else request.path
    with translation.override(language):
        home = data["page"] or {}
        withdrawn = data["withdrawals"]["nodes"]
        feed = _feed(FORMATS[feed_format], language, home, own_path, kinds)
        feed.feed["withdrawn"] = [_deleted(note) for note in withdrawn]
        for item in data["news"]["nodes"]:
            files = _offered(item)[: _FILES_PER_ENTRY[feed_format]]
            feed.add_item(**_entry(item), enclosures=[_enclosure(file) for file in files])
        for note in withdrawn if feed_format == "rss" else []:
            feed.add_item(**_withdrawal(note))
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _feed(kind: Any, language: str, home: dict[str, Any], path: str, kinds: list[str]) -> Any:
    office = site_name(language)
    title = _("News of %(office)s") % {"office": office}
    if kinds:
        title = f"{title} ({', '.join(str(KINDS[name]) for name in kinds)})"
    return kind(
        title=title,
        link=f"{settings.BASE_URL}/{language}/",
        description=xml_text(home.get("summary") or office),
        language=language,
        author_name=office,
        feed_url=f"{settings.BASE_URL}{path}",
    )


def _entry(item: dict[str, Any]) -> dict[str, Any]:
    department = item["department"]
    return {
        "title": xml_text(item["title"]),
        "link": f"{settings.BASE_URL}{item['path']}",
        "description": xml_text(_description(item)),
        "unique_id": f"{settings.BASE_URL}{item['permanentPath']}",
        "unique_id_is_permalink": True,
        "pubdate": _beginning_of(item["postedOn"]),
        "updateddate": datetime.datetime.fromisoformat(item["publishedAt"]),
        "categories": [str(KINDS.get(item["kind"], item["kind"]))],
        "author_name": xml_text(department["title"]) if department else None,
    }


def _description(item: dict[str, Any]) -> str:
    """The summary, and after a correction when that was and what the office says of it."""
    if not item["correctedAt"]:
        return item["summary"]
    moment = datetime.datetime.fromisoformat(item["correctedAt"])
    day = format_date(moment, get_language() or "th")
    if item["correctionNote"]:
        note = _("Corrected on %(day)s: %(note)s") % {"day": day, "note": item["correctionNote"]}
    else:
        note = _("Corrected on %(day)s") % {"day": day}
    return "\n\n".join(part for part in (item["summary"], note) if part)


def _deleted(note: dict[str, Any]) -> dict[str, str]:
    """A tombstone: the id of the entry that is gone, since when, and why."""
    return {
        "ref": f"{settings.BASE_URL}{note['permanentPath']}",
        "when": note["withdrawnAt"],
        "comment": xml_text(note["reason"]),
    }


def _withdrawal(note: dict[str, Any]) -> dict[str, Any]:
    """An item of its own: readers' programs show nobody an old one again."""
    address = f"{settings.BASE_URL}{note['permanentPath']}"
    return {
        "title": _("Withdrawn: %(title)s") % {"title": xml_text(note["title"])},
        "link": address,
        "description": xml_text(note["reason"]),
        "unique_id": f"{address}#withdrawn",
        "unique_id_is_permalink": False,
        "pubdate": datetime.datetime.fromisoformat(note["withdrawnAt"]),
    }


def _offered(item: dict[str, Any]) -> list[dict[str, Any]]:
    """The files of an item, each once: attachments, then those in its text."""
    named = [
        file
        for block in [*item["attachments"], *item["body"]]
        for file in [block.get("document"), *block.get("documents", [])]
        if file and file["url"]
    ]
    return list({file["url"]: file for file in named}.values())


def _enclosure(file: dict[str, Any]) -> Enclosure:
    return Enclosure(f"{settings.BASE_URL}{file['url']}", str(file["size"]), file["contentType"])


def _beginning_of(day: str) -> datetime.datetime:
    """Midnight in the office's time zone."""
    date = datetime.date.fromisoformat(day)
    return timezone.make_aware(datetime.datetime.combine(date, datetime.time.min))


def xml_text(text: str) -> str:
    """Without the control characters that XML forbids and pasted text may hold."""
    return _NOT_XML.sub("", text)
