"""Addresses of the public web site."""

from django.urls import path, re_path

from website.alert_feeds import alert_feed
from website.alerts import alert, alerts
from website.assessments import assessment, assessments
from website.cap import cap_message
from website.changes import changes
from website.ckan import action as ckan_action
from website.dcat import catalogue as dcat_catalogue
from website.event_feeds import event_file, events_feed
from website.feeds import news_feed
from website.private import unlock_page
from website.search import search
from website.sitemap import robots, sitemap
from website.submissions import receipt, receipt_pdf, status
from website.transparency import transparency
from website.transparency_files import transparency_file
from website.verification import verify
from website.views import healthz, page, permanent, permanent_any, root

urlpatterns = [
    path("", root, name="root"),
    path("healthz/", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    # A draft that was never public has an empty short id, and its preview still names an address.
    re_path(r"^id/(?P<short_id>[a-z0-9]*)/(?P<language>th|en)/$", permanent, name="permanent"),
    re_path(r"^id/(?P<short_id>[a-z0-9]+)/$", permanent_any, name="permanent_any"),
    # Addresses that catalogues of data know: CKAN's API, and DCAT.
    re_path(r"^api/3/action/(?P<name>[a-z_]+)/?$", ckan_action, name="ckan"),
    re_path(
        r"^(?P<language>th|en)/open-data/catalog\.jsonld$", dcat_catalogue, name="dcat_catalogue"
    ),
    re_path(
        r"^(?P<language>th|en)/feeds/news\.(?P<feed_format>rss|atom)$",
        news_feed,
        name="news_feed",
    ),
    re_path(r"^(?P<language>th|en)/alerts/$", alerts, name="alerts"),
    re_path(
        r"^(?P<language>th|en)/alerts/feed\.(?P<feed_format>rss|atom)$",
        alert_feed,
        name="alert_feed",
    ),
    # A draft that was never public has no permanent id; see above.
    re_path(
        r"^(?P<language>th|en)/alerts/(?P<permanent_id>[a-z0-9]*)/$",
        alert,
        name="alert",
    ),
    re_path(r"^alerts/cap/(?P<identifier>[a-z0-9-]{3,60})\.xml$", cap_message, name="cap_message"),
    re_path(r"^(?P<language>th|en)/changes/(?P<permanent_id>[a-z0-9]+)/$", changes, name="changes"),
    re_path(r"^(?P<language>th|en)/assessments/$", assessments, name="answer_years"),
    re_path(
        r"^(?P<language>th|en)/assessments/(?P<framework>[\w-]{1,40})/(?P<year>[0-9]{4})/$",
        assessment,
        name="answer_year",
    ),
    re_path(r"^(?P<language>th|en)/unlock/$", unlock_page, name="unlock_page"),
    re_path(r"^(?P<language>th|en)/search/$", search, name="search"),
    re_path(r"^(?P<language>th|en)/status/$", status, name="status"),
    re_path(
        r"^(?P<language>th|en)/receipts/(?P<token>[\w-]{20,64})/$",
        receipt,
        name="receipt",
    ),
    re_path(
        r"^(?P<language>th|en)/receipts/(?P<token>[\w-]{20,64})\.pdf$",
        receipt_pdf,
        name="receipt_pdf",
    ),
    re_path(r"^(?P<language>th|en)/transparency/$", transparency, name="transparency"),
    re_path(
        r"^(?P<language>th|en)/transparency/(?P<name>numbers|log)\.(?P<file_format>csv|json)$",
        transparency_file,
        name="transparency_file",
    ),
    re_path(r"^(?P<language>th|en)/verify/$", verify, name="verification_form"),
    re_path(r"^(?P<language>th|en)/verify/(?P<typed>[^/]{1,300})/$", verify, name="verification"),
    re_path(r"^(?P<language>th|en)/feeds/events\.ics$", events_feed, name="events_feed"),
    re_path(
        # A draft that was never public has no permanent id; see above.
        r"^(?P<language>th|en)/feeds/events/(?P<permanent_id>[a-z0-9]*)\.ics$",
        event_file,
        name="event_file",
    ),
    re_path(r"^(?P<language>th|en)/(?P<path>(?:.+/)?)$", page, name="page"),
]
