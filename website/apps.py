"""The app of the public web site."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """Pages, feeds and the sitemap, all rendered from stored operations."""

    name = "website"
