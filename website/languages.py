"""The two languages of the site: code, name in the API, the office's name in each."""

from django.conf import settings

LANGUAGES = ("th", "en")


def locale_of(language: str) -> str:
    """The API's name of a language: `"th"` gives `"TH"`."""
    return language.upper()


def other_language(language: str) -> str:
    """The language that a switch leads to."""
    return "en" if language == "th" else "th"


def site_name(language: str) -> str:
    """The office's name in a language."""
    return settings.SITE_NAME_EN if language == "en" else settings.SITE_NAME_TH
