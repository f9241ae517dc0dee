"""The blocks of which a page's body is built.

Each block and each child of a struct becomes a GraphQL type and field of the same name. One name
means one type everywhere, or a query could not ask for both blocks at once.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from cms.thai.numbers import holds_numbers
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
        help_text = _("Say in “Alt text” what the picture shows; a caption adds who, where, when")


class GalleryBlock(blocks.StructBlock):
    """Several images of one activity."""

    images = blocks.ListBlock(CaptionedImageBlock(), label=_("images"), min_num=1, max_num=60)

    class Meta:
        icon = "image"
        label = _("Gallery")
        help_text = _("Up to 60 pictures of one activity, each with what it shows")


class CaptionedTableBlock(blocks.StructBlock):
    """A table with a caption; the first row of the editor holds the column headings."""

    caption = blocks.CharBlock(label=_("caption"), max_length=250)
    table = TableBlock(label=_("table"))

    class Meta:
        icon = "table"
        label = _("Table")
        help_text = _("Name the table in its caption; the first row holds the column headings")


class StatisticsBlock(blocks.StructBlock):
    """Figures as a table, drawn as a chart as well where the editor asks for one.

    The first column names the rows; each further column that holds numbers is a series.
    """

    caption = blocks.CharBlock(label=_("caption"), max_length=250)
    unit = blocks.CharBlock(
        label=_("unit"), required=False, max_length=60, help_text=_("For example: baht, persons")
    )
    chart = blocks.ChoiceBlock(
        label=_("chart"),
        choices=[("none", _("No chart")), ("bar", _("Bars")), ("line", _("Lines"))],
        default="bar",
        help_text=_("Drawn from the table below, which stays on the page for those who cannot see"),
    )
    table = TableBlock(label=_("table"))
    source = blocks.CharBlock(
        label=_("source"),
        required=False,
        max_length=250,
        help_text=_("Where the figures come from, with date (announcement 1.1(4))"),
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuses a chart where, beside the names of the rows, no column holds numbers."""
        cleaned = super().clean(value)
        if cleaned["chart"] != "none" and not _has_series(cleaned["table"]):
            message = _(
                "There is nothing to draw: no column after the first holds only numbers. Take the"
                " units out of the cells (they have a field of their own), or choose “No chart”."
            )
            raise blocks.StructBlockValidationError(
                block_errors={"chart": ValidationError(message)}
            )
        return cleaned

    class Meta:
        icon = "table"
        label = _("Figures")


def _has_series(table: TypedTable) -> bool:
    columns = zip(*(row["values"] for row in table.row_data), strict=False)
    return any(holds_numbers(cell or "" for cell in column) for column in list(columns)[1:])


class DocumentListBlock(blocks.StructBlock):
    """Files to download."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=250)
    documents = blocks.ListBlock(
        DocumentChooserBlock(label=_("document")), label=_("documents"), min_num=1
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("Documents")
        help_text = _("Files that belong to the text above, under a heading of their own")


class QuoteBlock(blocks.StructBlock):
    """Somebody's words and who said them, by position."""

    quotation = blocks.TextBlock(label=_("quotation"))
    attribution = blocks.CharBlock(label=_("attribution"), required=False, max_length=250)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        help_text = _("Somebody's own words, and who said them, by position")


class VideoBlock(blocks.StructBlock):
    """A video on another site: a link, and a player once the reader agrees to load it."""

    url = blocks.URLBlock(label=_("address"))
    title = blocks.CharBlock(label=_("title"), max_length=250)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuses an address that no known video site has, with a message at the field.

        An empty one may stand in a draft.
        """
        cleaned = super().clean(value)
        if cleaned["url"] and video_of(cleaned["url"]) is None:
            raise blocks.StructBlockValidationError(
                block_errors={
                    "url": ValidationError(_("Give the address of a video on YouTube or Vimeo."))
                }
            )
        return cleaned

    class Meta:
        icon = "media"
        label = _("Video")
        help_text = _("A video on YouTube or Vimeo; readers load it only if they want to")


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
        help_text = _("A short notice that must not be overlooked: one or two sentences")


class BodyBlock(blocks.StreamBlock):
    """Everything a page's body may hold."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", max_length=250)
    rich_text = RichTextBlock(label=_("Text"), icon="pilcrow")
    image = CaptionedImageBlock()
    gallery = GalleryBlock()
    table = CaptionedTableBlock()
    statistics = StatisticsBlock()
    document_list = DocumentListBlock()
    quote = QuoteBlock()
    video = VideoBlock()
    call_out = CallOutBlock()


class AttachmentsBlock(blocks.StreamBlock):
    """Documents that belong to a page as a whole."""

    document = DocumentChooserBlock(label=_("Document"))


class RelatedPagesBlock(blocks.StreamBlock):
    """Pages that a reader of this one may want next."""

    related_page = blocks.PageChooserBlock(label=_("Page"), page_type="pages.ContentPage")
