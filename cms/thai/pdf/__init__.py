"""Documents in Thai and English as PDF: `from cms.thai.pdf import PdfDocument`."""

from cms.thai.pdf.document import PdfDocument

__all__ = ["PdfDocument"]
