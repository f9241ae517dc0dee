"""How catalogues of data (DCAT) know the numbers of transparency and the log of publications."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

_ACCESS = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
_DAILY = "http://publications.europa.eu/resource/authority/frequency/DAILY"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_FORMATS = {"csv": "text/csv", "json": "application/json"}


def transparency_dataset(language: str, publisher: dict[str, Any]) -> dict[str, Any]:
    """The dataset with its four files; its texts are the site's own, so nobody signs them."""
    page = f"{settings.BASE_URL}{reverse('transparency', args=[language])}"
    return {
        "@id": page,
        "@type": "dcat:Dataset",
        "dct:identifier": "transparency",
        "dct:title": _text(_("Transparency in numbers"), language),
        "dct:description": _text(
            _(
                "What the office owes the public and what stands there, how quickly it answers, "
                "what citizens sent, and every publication. All of it is counted from the office's "
                "records; nobody types these numbers."
            ),
            language,
        ),
        "dct:language": language,
        "dct:publisher": publisher,
        "dct:accessRights": {"@id": _ACCESS},
        "dct:accrualPeriodicity": {"@id": _DAILY},
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": [
            _distribution(language, page, name, title, file_format)
            for name, title in (("numbers", _("The numbers")), ("log", _("The log")))
            for file_format in _FORMATS
        ],
    }


def _distribution(
    language: str, page: str, name: str, title: str, file_format: str
) -> dict[str, Any]:
    path = reverse("transparency_file", args=[language, name, file_format])
    address = {"@id": f"{settings.BASE_URL}{path}"}
    return {
        **address,
        "@type": "dcat:Distribution",
        "dct:title": _text(f"{title} ({file_format.upper()})", language),
        "dct:format": file_format.upper(),
        "dcat:mediaType": {"@id": f"{_MEDIA_TYPES}{_FORMATS[file_format]}"},
        "dcat:accessURL": {"@id": page},
        "dcat:downloadURL": address,
    }


def _text(value: str, language: str) -> dict[str, str]:
    return {"@value": value, "@language": language}
