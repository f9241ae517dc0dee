"""Addresses of the public web site."""

from django.urls import path, re_path

from website.feeds import news_feed
from website.sitemap import robots, sitemap
from website.views import healthz, page, permanent, permanent_any, root

urlpatterns = [
    path("", root, name="root"),
    path("healthz/", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    # A draft that was never public has an empty short id, and its preview still names an address.
    re_path(r"^id/(?P<short_id>[a-z0-9]*)/(?P<language>th|en)/$", permanent, name="permanent"),
    re_path(r"^id/(?P<short_id>[a-z0-9]+)/$", permanent_any, name="permanent_any"),
    re_path(
        r"^(?P<language>th|en)/feeds/news\.(?P<feed_format>rss|atom)$",
        news_feed,
        name="news_feed",
    ),
    re_path(r"^(?P<language>th|en)/(?P<path>(?:.+/)?)$", page, name="page"),
]
