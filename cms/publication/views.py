"""Files over HTTP: pinned ones for everyone, the drafts' own for signed-in staff."""

import mimetypes

from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views import View
from wagtail.admin.auth import require_admin_access

from cms.publication.models import PinnedFile, Publication

# Shown in the browser; everything else is downloaded, so that no upload can act as a page.
INLINE_TYPES = {
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "application/pdf",
    "text/plain",
}


class PinnedFileView(View):
    """A public file: served while a publication that is not withdrawn has named it."""

    def get(self, request: HttpRequest, sha256: str, filename: str) -> HttpResponseBase:
        """The bytes, to be kept for ever by any cache: the address names the content."""
        pinned = PinnedFile.objects.filter(sha256=sha256, filename=filename).first()
        if pinned is None or not _is_public(pinned):
            raise Http404
        return _file_response(
            PinnedFile.storage().open(pinned.storage_name),
            pinned.filename,
            pinned.content_type,
            # Not immutable for a year: a withdrawn file must leave the caches too.
            cache_control="public, max-age=3600",
            etag=f'"{pinned.sha256}"',
            request=request,
        )


class PrivateFileView(View):
    """A draft's file, for signed-in staff."""

    def get(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """The bytes, never kept by shared caches."""
        return require_admin_access(self._serve)(request, name)

    def _serve(self, request: HttpRequest, name: str) -> HttpResponseBase:
        if not default_storage.exists(name):
            raise Http404
        stream = default_storage.open(name)
        return _file_response(stream, name.rsplit("/", 1)[-1], None, "private, no-store")


def _is_public(pinned: PinnedFile) -> bool:
    named_by = Publication.objects.filter(Q(files=pinned) | Q(files__renditions=pinned))
    return named_by.filter(
        kind=Publication.Kind.PUBLICATION,
        effective_from__lte=timezone.now(),
        withdrawn_at__isnull=True,
    ).exists()


def _file_response(
    stream: object,
    filename: str,
    content_type: str | None,
    cache_control: str,
    etag: str = "",
    request: HttpRequest | None = None,
) -> HttpResponseBase:
    if etag and request and request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        media_type = content_type or mimetypes.guess_type(filename)[0]
        response = FileResponse(
            stream,
            filename=filename,
            content_type=media_type,
            as_attachment=media_type not in INLINE_TYPES,
        )
        if response["Content-Type"] == "text/plain":
            response["Content-Type"] = "text/plain; charset=utf-8"
    response["Cache-Control"] = cache_control
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    if etag:
        response["ETag"] = etag
    return response
