"""The calendar of events as a feed to subscribe to, and one event as a file."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from website.client import query
from website.events import events_between, withdrawn_since
from website.headers import public
from website.icalendar import calendar
from website.languages import locale_of, site_name
from website.rendering import not_found_response

_PAST_DAYS = 365  # subscribers keep a year to look back on


@public
def events_feed(request: HttpRequest, language: str) -> HttpResponse:
    """Every event from a year ago on, in one language; those withdrawn since as cancelled."""
    since = timezone.localdate() - datetime.timedelta(days=_PAST_DAYS)
    events = events_between(language, since)
    return _file(language, events, "events.ics", withdrawn_since(language, since))


@public
def event_file(request: HttpRequest, language: str, permanent_id: str) -> HttpResponse:
    """One event, for the calendar of whoever means to come."""
    variables = {"permanentId": permanent_id, "locale": locale_of(language)}
    event = query("event", variables)["page"]
    if not event:  # nothing, gone, or a page that is no event
        with translation.override(language):
            return not_found_response(language)
    return _file(language, [event], f"event-{permanent_id}.ics")


def _file(language: str, events, filename: str, withdrawn=()) -> HttpResponse:
    with translation.override(language):
        name = _("Events of %(office)s") % {"office": site_name(language)}
        content = calendar(name, events, withdrawn)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return response
