"""The request form on paper: its fields in their order, then the places to sign."""

import datetime
from collections.abc import Iterator

from django.template.defaultfilters import filesizeformat
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.evidence.models import EvidenceSettings
from cms.evidence.paper import (
    add_proof,
    clock,
    hash_prefix,
    in_slots,
    new_document,
    office_name,
)
from cms.evidence.request_form import RequestForm, SigningBlock, signer_label
from cms.thai.pdf import PdfDocument

_MOST_LINKS = 20
_BLANK = "................"


def form_pdf(form: RequestForm, language: str) -> bytes:
    """The PDF of a form, in the words of `language` ("th" or "en")."""
    with override(language):
        title = _("Request form for publishing information through the web site of the agency")
        footer = _("Version %(number)d of this item in its language; %(state)s") % {
            "number": form.version,
            "state": _state(form),
        }
        document = new_document(f"{title}: {form.data['title']}", language, footer)
        _heading(document, title, language)
        document.facts(_fields(form, language))
        _files(document, form)
        _signatures(document, form, language)
        _statements(document, form)
        _proof(document, form, language)
        return document.bytes()


def _heading(document: PdfDocument, title: str, language: str) -> None:
    document.heading(title, align="center")
    words = _("According to the announcement of %(office)s: %(announcement)s") % {
        "office": office_name(language),
        "announcement": EvidenceSettings.load().announcement_in(language),
    }
    document.paragraph(words, align="center")


def _fields(form: RequestForm, language: str) -> list[tuple[str, str]]:
    """The fields of the form, in the order in which the office's form has them."""
    return [
        (_("Name of the agency"), office_name(language)),
        (_("Day/month/year"), _date(form, language)),
        (_("Topic"), form.data["title"]),
        (_("Details of the information (in short, or as attached)"), form.summary or "–"),
        (_("External links"), _links(form)),
        (_("Remarks"), "\n".join(_remarks(form, language))),
    ]


def _date(form: RequestForm, language: str) -> str:
    if form.first_signature:
        return in_slots(form.first_signature.signed_at, language)
    slots = {"day": "......", "month": _BLANK, "year": "........"}
    return _("%(day)s %(month)s %(year)s") % slots


def _links(form: RequestForm) -> str:
    links = form.external_links
    shown = links[:_MOST_LINKS]
    if len(links) > len(shown):
        shown.append(_("and %(count)d more") % {"count": len(links) - len(shown)})
    return "\n".join(shown) or _("none")


def _remarks(form: RequestForm, language: str) -> Iterator[str]:
    yield _language_of(form)
    yield _state(form)
    for key, words in (
        ("effectiveFrom", _("To be public from %(moment)s.")),
        ("effectiveUntil", _("To be public until %(moment)s.")),
    ):
        if moment := _moment(form.data[key]):
            yield words % {"moment": clock(moment, language)}
    if form.data["signing"]["needsExecutive"]:
        yield _("Urgent or sensitive: the chief executive or chief administrator screens it (4.1).")
    for block in form.blocks:
        if block.signature and block.signature.comment:
            who = {"signer": block.signature.full_name, "words": block.signature.comment}
            yield _("Remark of %(signer)s: %(words)s") % who


def _language_of(form: RequestForm) -> str:
    if form.data["locale"] == "en":
        return _("The information is in English.")
    return _("The information is in Thai.")


def _state(form: RequestForm) -> str:
    """How far the item is, without a full stop."""
    if form.publication:
        return _("Signed and placed in the public record as number %(number)d") % {
            "number": form.publication.sequence
        }
    if form.is_being_signed:
        return _("Being signed")
    return _("Draft, not sent to the signatures")


def _moment(text: str | None) -> datetime.datetime | None:
    return parse_datetime(text) if text else None


def _files(document: PdfDocument, form: RequestForm) -> None:
    if not form.files:
        return
    document.table(
        [_("Attached file"), _("Size"), _("Hash (beginning)")],
        [
            (file["filename"], filesizeformat(file["size"]), hash_prefix(file["sha256"]))
            for file in form.files
        ],
        numeric=[],
        caption=_("Files that become public with it"),
    )


def _signatures(document: PdfDocument, form: RequestForm, language: str) -> None:
    document.heading(_("Signatures"), 2)
    document.signature_blocks(_block(block, language) for block in form.blocks)


def _block(block: SigningBlock, language: str) -> tuple[str, ...]:
    """Role, name, position, date, what stands for the hand, and the capacity."""
    role, signature = signer_label(block.role), block.signature
    if signature is None:
        return role, "", "", ""
    signed = _("Signed in the system with a password, record no. %(number)d") % {
        "number": signature.sequence
    }
    date = in_slots(signature.signed_at, language)
    return role, signature.full_name, signature.position, date, signed, signature.capacity


def _statements(document: PdfDocument, form: RequestForm) -> None:
    """What each signer confirmed, in the words that stood in the dialog."""
    confirmed = [block for block in form.blocks if block.statements]
    if not confirmed:
        return
    document.heading(_("What the signers confirmed"), 2)
    for block in confirmed:
        document.paragraph(signer_label(block.role), bold=True)
        document.bullet_list(block.statements)


def _proof(document: PdfDocument, form: RequestForm, language: str) -> None:
    words = (
        _("This page says whether this content is public, was public, or never was:")
        if form.publication
        else _("When this content is published, this page says so:")
    )
    add_proof(document, form.content_hash, language, words)
