"""The sender's copy of a case as a PDF: what was sent, when, and the notice that was seen."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.engagement.lookup import CaseCopy
from cms.thai.dates import format_date
from cms.thai.pdf import PdfDocument


def receipt_pdf(copy: CaseCopy) -> bytes:
    """The bytes of the PDF, in the language of the form."""
    with override(copy.locale):
        document = PdfDocument(f"{copy.title} {copy.reference}", copy.locale)
        document.heading(copy.title)
        document.paragraph(copy.office)
        received = format_date(copy.received_at, copy.locale, "j F Y H:i")
        document.facts([(_("Reference number"), copy.reference), (_("Received"), received)])
        document.heading(_("What you sent"), 2)
        document.facts([(fact.label, fact.value or "–") for fact in copy.facts])
        if copy.notice:
            document.heading(_("How the office handles your data"), 2)
            document.facts([(fact.label, fact.value) for fact in copy.notice])
        return document.bytes()
