"""The blocks of which a page's body is built.

Each block and each child of a struct becomes a GraphQL type and field of the same name. One name
means one type everywhere, or a query could not ask for both blocks at once.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from pages.tables import TableBlock
from pages.videos import video_of

RICH_TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]


class RichTextBlock(blocks.RichTextBlock):
    """Running text: paragraphs, lists, small headings, links to pages, documents and sites."""

    def __init__(self, **kwargs):
        super().__init__(**{"features": RICH_TEXT_FEATURES, **kwargs})


class CaptionedImageBlock(blocks.StructBlock):
    """An image with the text that stands in for it (or marked decorative) and a caption."""

    image = ImageBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Image")


class GalleryBlock(blocks.StructBlock):
    """Several images of one activity."""

    images = blocks.ListBlock(CaptionedImageBlock(), label=_("images"), min_num=1, max_num=60)

    class Meta:
        icon = "image"
        label = _("Gallery")


class CaptionedTableBlock(blocks.StructBlock):
    """A table with a caption; the first row of the editor holds the column headings."""

    caption = blocks.CharBlock(label=_("caption"), max_length=250)
    table = TableBlock(label=_("table"))

    class Meta:
        icon = "table"
        label = _("Table")


class DocumentListBlock(blocks.StructBlock):
    """Files to download."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=250)
    documents = blocks.ListBlock(
        DocumentChooserBlock(label=_("document")), label=_("documents"), min_num=1
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("Documents")


class QuoteBlock(blocks.StructBlock):
    """Somebody's words and who said them, by position."""

    quotation = blocks.TextBlock(label=_("quotation"))
    attribution = blocks.CharBlock(label=_("attribution"), required=False, max_length=250)

    class Meta:
        icon = "openquote"
        label = _("Quote")


class VideoBlock(blocks.StructBlock):
    """A video on another site: a link, and a player once the reader agrees to load it."""

    url = blocks.URLBlock(label=_("address"))
    title = blocks.CharBlock(label=_("title"), max_length=250)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuses an address that no known video site has, with a message at the field."""
        cleaned = super().clean(value)
        if video_of(cleaned["url"]) is None:
            raise blocks.StructBlockValidationError(
                block_errors={
                    "url": ValidationError(_("Give the address of a video on YouTube or Vimeo."))
                }
            )
        return cleaned

    class Meta:
        icon = "media"
        label = _("Video")


class CallOutBlock(blocks.StructBlock):
    """A short notice that must not be overlooked."""

    tone = blocks.ChoiceBlock(
        label=_("tone"), choices=[("info", _("Information")), ("warning", _("Warning"))]
    )
    title = blocks.CharBlock(label=_("title"), required=False, max_length=250)
    message = RichTextBlock(label=_("message"))

    class Meta:
        icon = "warning"
        label = _("Call-out")


class BodyBlock(blocks.StreamBlock):
    """Everything a page's body may hold."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", max_length=250)
    rich_text = RichTextBlock(label=_("Text"), icon="pilcrow")
    image = CaptionedImageBlock()
    gallery = GalleryBlock()
    table = CaptionedTableBlock()
    document_list = DocumentListBlock()
    quote = QuoteBlock()
    video = VideoBlock()
    call_out = CallOutBlock()


class AttachmentsBlock(blocks.StreamBlock):
    """Documents that belong to a page as a whole."""

    document = DocumentChooserBlock(label=_("Document"))
