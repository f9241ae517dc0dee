"""The GraphQL type of documents, served from pinned files."""

from typing import Any, NamedTuple

import graphene
from django.template.defaultfilters import filesizeformat
from django.utils import translation

from cms.publication.models import Publication
from cms.thai.digits import to_thai_digits
from content_api.dates import Numerals
from content_api.immutable import immutable
from content_api.public_files import PublicFile
from content_api.reader import reader_of
from content_api.scalars import Locale, plain


class FileValue(NamedTuple):
    """A document in a snapshot, and the publication it is in."""

    data: dict[str, Any]
    publication: Publication

    @property
    def file(self) -> PublicFile | None:
        """The pinned file."""
        return reader_of(self.publication).file(self.data["file"], self.publication)


class File(graphene.ObjectType):
    """A document to download."""

    title = graphene.String(required=True)
    url = graphene.String(required=True, description="Relative to the origin of this API.")
    filename = graphene.String(required=True)
    content_type = graphene.String(required=True)
    size = graphene.Int(required=True, description="In bytes.")
    size_formatted = graphene.String(
        required=True,
        numerals=Numerals(required=True, default_value="arabic", description="The digits."),
        locale=Locale(description="Default: the language of the record."),
        description="The size in a unit that fits, e.g. 1.2 MB.",
    )
    page_count = graphene.Int(description="Of a PDF, where it can be told.")
    sha256 = graphene.String(required=True, description="Of the bytes, hexadecimal.")

    @staticmethod
    @immutable
    def resolve_title(value: FileValue, info: Any) -> str:
        """As the office named it."""
        return value.data["title"]

    @staticmethod
    @immutable
    def resolve_url(value: FileValue, info: Any) -> str:
        """The address of the pinned file."""
        return value.file.path if value.file else ""

    @staticmethod
    @immutable
    def resolve_filename(value: FileValue, info: Any) -> str:
        """The name to save it under."""
        return value.publication.data["files"][value.data["file"]]["filename"]

    @staticmethod
    @immutable
    def resolve_content_type(value: FileValue, info: Any) -> str:
        """Its media type."""
        return value.publication.data["files"][value.data["file"]]["contentType"]

    @staticmethod
    @immutable
    def resolve_size(value: FileValue, info: Any) -> int:
        """In bytes."""
        return value.publication.data["files"][value.data["file"]]["size"]

    @staticmethod
    def resolve_size_formatted(
        value: FileValue, info: Any, numerals: Any, locale: Any = None
    ) -> str:
        """As Django writes it."""
        language = plain(locale) or value.publication.locale
        with translation.override(language):
            text = filesizeformat(File.resolve_size(value, info)).replace("\xa0", " ")
        is_thai = plain(numerals) == "thai" and language == "th"
        return to_thai_digits(text) if is_thai else text

    @staticmethod
    def resolve_page_count(value: FileValue, info: Any) -> int | None:
        """As it was counted at the publication."""
        return value.file.page_count if value.file else None

    @staticmethod
    @immutable
    def resolve_sha256(value: FileValue, info: Any) -> str:
        """What was signed for."""
        return value.data["file"]
