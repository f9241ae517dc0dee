"""The files that public pages offer for download, by type and year."""

import datetime
from collections.abc import Iterator
from typing import Any

import graphene
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, ExtractYear, TruncDate

from cms.publication.models import Publication
from cms.thai.dates import BUDDHIST_ERA_OFFSET
from content_api.connections import Slice, connection, paging_arguments, slice_of
from content_api.files import File, FileValue
from content_api.filters import plain
from content_api.reader import Reader
from content_api.scalars import Date, Locale
from content_api.types import Link

Attached = Publication.files.through  # one row for each file of each publication

CONTENT_TYPES = {
    "pdf": ["application/pdf"],
    "document": [
        "application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
    ],
    "table": [
        "text/csv",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    ],
    "text": ["text/plain"],
    "image": ["image/tiff", "image/jpeg", "image/png"],
}
OTHER = "other"
DownloadType = graphene.Enum(
    "DownloadType",
    [(name.upper(), name) for name in [*CONTENT_TYPES, OTHER]],
    description="The kinds of files that readers look for.",
)


class Download(graphene.ObjectType):
    """A file that a page offers, with the page it stands on."""

    file = graphene.Field(File)
    page = graphene.Field(Link, required=True)
    dated_on = Date(required=True, description="The day posted, or else published.")

    @staticmethod
    def resolve_file(row: Any, info: Any) -> FileValue:
        """Under the title that the page gives it, or else the name that it gives it."""
        sha256 = row.pinnedfile.sha256
        titles = dict(titled_files(row.publication.data["fields"]))
        title = titles.get(sha256) or row.publication.data["files"][sha256]["filename"]
        return FileValue({"file": sha256, "title": title}, row.publication)

    @staticmethod
    def resolve_page(row: Any, info: Any) -> Publication:
        """Where the file is offered."""
        return row.publication


DownloadConnection = connection("Download", Download)


class DownloadQueries:
    """The root fields about files."""

    downloads = graphene.Field(
        DownloadConnection,
        required=True,
        locale=Locale(required=True, default_value="th"),
        type=DownloadType(),
        year=graphene.Int(description="Of the Buddhist era, e.g. 2569."),
        **paging_arguments,
        description="Files that public pages offer, the latest day first.",
    )
    download_years = graphene.List(
        graphene.NonNull(graphene.Int),
        required=True,
        locale=Locale(required=True, default_value="th"),
        description="The years (Buddhist era) that have files, latest first.",
    )

    @staticmethod
    def resolve_downloads(
        root: Any,
        info: Any,
        locale: str,
        type: str | None = None,
        year: int | None = None,
        **paging: Any,
    ) -> Slice:
        """One row for each file of each page."""
        reader = info.context.reader()
        rows = _attached(reader, plain(locale)).select_related("pinnedfile", "publication__address")
        if type is not None:
            rows = rows.filter(_of_type(plain(type)))
        if year is not None:
            year -= BUDDHIST_ERA_OFFSET
            is_year = datetime.MINYEAR <= year <= datetime.MAXYEAR
            rows = rows.filter(year=year) if is_year else rows.none()

        def read(found: list[Any]) -> list[Any]:
            reader.read([row.publication for row in found])
            return found

        return slice_of(rows, ("-dated_on", "-id"), paging, read)

    @staticmethod
    def resolve_download_years(root: Any, info: Any, locale: str) -> list[int]:
        """Small: one number for each year."""
        rows = _attached(info.context.reader(), plain(locale))
        years = rows.order_by("-year").values_list("year", flat=True).distinct()
        return [year + BUDDHIST_ERA_OFFSET for year in years]


def _of_type(name: str) -> Q:
    """The condition on rows for one kind of file."""
    if name == OTHER:
        known = [media_type for types in CONTENT_TYPES.values() for media_type in types]
        return ~Q(pinnedfile__content_type__in=known)
    return Q(pinnedfile__content_type__in=CONTENT_TYPES[name])


def _attached(reader: Reader, locale: str) -> QuerySet:
    """The documents of public pages. Pictures in a page's text are not for download.

    A file with a width is a picture somewhere; here it counts where this page names it by a title,
    as a document. In the canonical JSON of a snapshot nothing else reads so: texts escape quotes.
    """
    standing = reader.effective().filter(locale=locale, address__path__isnull=False)
    dated_on = Coalesce(F("publication__posted_on"), TruncDate("publication__published_at"))
    as_document = Concat(Value('"file":"'), F("pinnedfile__sha256"), Value('","title":"'))
    return Attached.objects.filter(
        Q(pinnedfile__width__isnull=True) | Q(publication__snapshot__contains=as_document),
        publication__in=standing.values("pk"),
    ).annotate(dated_on=dated_on, year=ExtractYear(dated_on))


def titled_files(value: Any) -> Iterator[tuple[str, str]]:
    """Every `(SHA-256, title)` of a document in the fields of a snapshot, recursively."""
    if isinstance(value, list):
        for item in value:
            yield from titled_files(item)
    elif isinstance(value, dict):
        if isinstance(value.get("file"), str) and "title" in value:
            yield value["file"], value["title"]
        for item in value.values():
            yield from titled_files(item)
