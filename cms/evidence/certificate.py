"""The certificate of publication: from when to when something stood in public, by the record."""

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail import hooks

from cms.evidence.continuity import Continuity, Span, continuity
from cms.evidence.paper import add_proof, clock, new_document, office_name
from cms.publication.models import Address
from cms.thai.dates import format_date
from cms.thai.pdf import PdfDocument


def period_of_days(first: datetime.date, last: datetime.date) -> Span:
    """From the beginning of the first day to the end of the last, or to now while that one lasts.

    Raises `ValidationError` where the days are in the wrong order, or not over yet: nobody can
    certify the future.
    """
    if first > last:
        raise ValidationError(_("The last day is before the first."))
    if last > timezone.localdate():
        raise ValidationError(_("Only what has been can be certified: choose days of the past."))
    end = _midnight(last + datetime.timedelta(days=1))
    return Span(_midnight(first), min(end, timezone.now()))


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def certified(address: Address, period: Span) -> Continuity:
    """What can be certified. Raises `ValidationError` where nothing was public in the period.

    Raises `RecordBroken` where the record does not hold: then nothing can be certified.
    """
    found = continuity(address, period)
    if not found.versions:
        raise ValidationError(_("It was not public at any moment of this period."))
    return found


def certificate_pdf(found: Continuity, officer: Any, language: str) -> bytes:
    """The PDF of a certificate, with a place for `officer` to sign by hand."""
    with override(language):
        latest = found.versions[-1].publication
        title = _("Certificate of publication")
        footer = _("Made from the public record; records no. %(first)d to %(last)d") % {
            "first": min(version.publication.sequence for version in found.versions),
            "last": max(version.publication.sequence for version in found.versions),
        }
        document = new_document(f"{title}: {latest.title}", language, footer)
        document.heading(title, align="center")
        document.paragraph(office_name(language), align="center")
        document.paragraph(_statement(found, language))
        document.facts(_facts(found))
        _gaps(document, found, language)
        _versions(document, found, language)
        document.heading(_("What this certificate says, and what it does not"), 2)
        document.bullet_list(_limits())
        document.signature_blocks(
            [(_("Certifying officer"), officer.get_full_name(), officer.position_in(language), "")]
        )
        words = _("This page says whether the latest of these versions is or was public:")
        add_proof(document, latest.content_hash, language, words)
        return document.bytes()


def _statement(found: Continuity, language: str) -> str:
    """The sentence that is certified; it never says more than the record does."""
    words = {
        "title": found.versions[-1].publication.title,
        "start": clock(found.period.start, language),
        "end": clock(found.period.end, language),
    }
    if found.is_uninterrupted:
        return (
            _(
                "According to the office's public record, “%(title)s” was public without "
                "interruption from %(start)s to %(end)s."
            )
            % words
        )
    counted = ngettext(
        "According to the office's public record, “%(title)s” was public between %(start)s and "
        "%(end)s, but not without interruption: for %(count)d stretch of time it was not public.",
        "According to the office's public record, “%(title)s” was public between %(start)s and "
        "%(end)s, but not without interruption: for %(count)d stretches of time it was not public.",
        len(found.gaps),
    )
    return counted % {**words, "count": len(found.gaps)}


def _facts(found: Continuity) -> list[tuple[str, object]]:
    address = found.versions[-1].publication.address
    in_english = address.locale == "en"
    return [
        (_("Address at present"), _present_address(address)),
        (_("Language of the information"), _("English") if in_english else _("Thai")),
        (_("Versions in this period"), len(found.versions)),
        (_("Changes of the content in this period"), found.changes),
        (_("Withdrawals in this period"), len(found.withdrawals)),
        *[
            fact
            for hook in hooks.get_hooks("find_certificate_facts")
            for fact in hook(address, found.period)
        ],
    ]


def _present_address(address: Address) -> str:
    return f"{settings.BASE_URL}{address}" if address.path else _("none")


def _gaps(document: PdfDocument, found: Continuity, language: str) -> None:
    if not found.gaps:
        return
    document.table(
        [_("Not public from"), _("Not public until")],
        [(clock(gap.start, language), clock(gap.end, language)) for gap in found.gaps],
        caption=_("When it was not public"),
    )


def _versions(document: PdfDocument, found: Continuity, language: str) -> None:
    document.table(
        [_("Record no."), _("Public from"), _("Public until"), _("Content hash (SHA-256)")],
        [
            (
                version.publication.sequence,
                format_date(version.span.start, language, "j M Y H:i"),
                format_date(version.span.end, language, "j M Y H:i"),
                _in_two_lines(version.publication.content_hash),
            )
            for version in found.versions
        ],
        numeric=[],
        caption=_("Versions that stood in public, within this period"),
    )


def _in_two_lines(content_hash: str) -> str:
    """Else it would leave no room for the dates beside it."""
    half = len(content_hash) // 2
    return f"{content_hash[:half]}\n{content_hash[half:]}"


def _limits() -> list[str]:
    return [
        _("It states what the public record of the system says, which was recomputed for it."),
        _(
            "It does not say that the machine and the network worked at every moment: times at "
            "which the web site could not be reached are not in the record."
        ),
        _(
            "Samples over the network are requests that the system itself makes to its public "
            "address, some each hour: nothing is known of the time between two of them."
        ),
        _("It does not say that the content was right."),
    ]
