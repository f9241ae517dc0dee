"""Thai conventions as an app: template tags, and dates in the forms of the admin."""

from django.apps import AppConfig


class ThaiConfig(AppConfig):
    """Dates, digits and slugs of Thai text."""

    name = "cms.thai"

    def ready(self) -> None:
        from cms.thai.date_fields import replace_date_pickers
        from cms.thai.dates import speak_buddhist_era

        speak_buddhist_era()
        replace_date_pickers()
