"""Files over HTTP: pinned ones for everyone, the drafts' own for signed-in staff."""

import json
import mimetypes
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import F, Q
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
        pinned = PinnedFile.objects.filter(sha256=sha256).first()
        if pinned is None or not _is_public(pinned, filename):
            raise Http404
        etag = f'"{pinned.sha256}"'
        if request.headers.get("If-None-Match") == etag:
            response: HttpResponseBase = HttpResponse(status=304)
        else:
            stream = PinnedFile.storage().open(pinned.storage_name)
            response = _file_response(stream, filename)
        # Not for a year: a withdrawn file must leave the caches too.
        response["Cache-Control"] = "public, max-age=3600"
        response["ETag"] = etag
        return response


class PrivateFileView(View):
    """A draft's file, for signed-in staff."""

    def get(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """The bytes, never kept by shared caches."""
        return require_admin_access(self._serve)(request, name)

    def _serve(self, request: HttpRequest, name: str) -> HttpResponseBase:
        if not default_storage.exists(name):
            raise Http404
        response = _file_response(default_storage.open(name), name.rsplit("/", 1)[-1])
        response["Cache-Control"] = "private, no-store"
        return response


def _is_public(pinned: PinnedFile, filename: str) -> bool:
    """Whether a publication that has begun, and is not withdrawn, names this file so."""
    named = Q(files__renditions=pinned) if filename == pinned.filename else Q(pk=None)
    quoted = json.dumps(filename, ensure_ascii=False)
    named |= Q(files=pinned, snapshot__contains=f'"filename":{quoted}')
    begun = Publication.objects.filter(
        kind=Publication.Kind.PUBLICATION,
        effective_from__lte=timezone.now(),
        withdrawn_at__isnull=True,
    )
    # One that was replaced before its time began never was public.
    return begun.filter(named).exclude(effective_until=F("effective_from")).exists()


def _file_response(stream: Any, filename: str) -> FileResponse:
    media_type = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    response = FileResponse(
        stream,
        filename=filename,
        content_type=media_type,
        as_attachment=media_type not in INLINE_TYPES,
    )
    if media_type == "text/plain":
        response["Content-Type"] = "text/plain; charset=utf-8"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
