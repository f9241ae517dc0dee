"""What every print of ours shares: the office's name, dates in slots, the way to the proof."""

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.thai.dates import format_date
from cms.thai.pdf import PdfDocument

HASH_PREFIX = 12  # digits of a file's hash: enough to tell files apart on paper


def office_name(language: str) -> str:
    """The office's name in a language."""
    return settings.SITE_NAME_EN if language == "en" else settings.SITE_NAME_TH


def verification_url(content_hash: str, language: str) -> str:
    """The address of the public page that says whether this hash is, was or never was public."""
    return f"{settings.BASE_URL}{reverse('verification', args=[language, content_hash])}"


def in_slots(moment: datetime.date, language: str) -> str:
    """A date as forms have it: day, month and year each with its word."""
    return _("%(day)s %(month)s %(year)s") % {
        "day": format_date(moment, language, "j"),
        "month": format_date(moment, language, "F"),
        "year": format_date(moment, language, "Y"),
    }


def clock(moment: datetime.datetime, language: str) -> str:
    """A moment with its time of day in the office's time zone."""
    return _("%(date)s at %(time)s") % {
        "date": format_date(moment, language, "j F Y"),
        "time": format_date(moment, language, "H:i"),
    }


def hash_prefix(sha256: str) -> str:
    """The beginning of a file's hash."""
    return f"sha256:{sha256[:HASH_PREFIX]}…"


def new_document(title: str, language: str, footer: str) -> PdfDocument:
    """A document of the office: official digits in Thai, the time of print in the footer."""
    printed = _("Printed on %(moment)s") % {"moment": clock(timezone.now(), language)}
    return PdfDocument(
        title,
        language,
        footer=f"{footer}\n{printed}",
        official_digits=language == "th",
        author=office_name(language),
    )


def add_proof(document: PdfDocument, content_hash: str, language: str, words: str) -> None:
    """The content hash in full and the way to the public page about it, not parted by a page."""
    label = _("Content hash (SHA-256)")
    # The code leads to the answer; where it cannot be read, the hash is typed into the form.
    form = f"{settings.BASE_URL}{reverse('verification_form', args=[language])}"
    address = verification_url(content_hash, language)
    document.qr(address, f"{label}\n{content_hash}\n{words}\n{form}")
