"""Thai conventions as an app, for its template tags."""

from django.apps import AppConfig


class ThaiConfig(AppConfig):
    """Dates, digits and slugs of Thai text."""

    name = "cms.thai"
