"""Files over HTTP: pinned ones for everyone, the drafts' own for signed-in staff."""

import json
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import F, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views import View
from wagtail.admin.auth import require_admin_access

from cms.publication.models import PinnedFile, Publication
from cms.snapshot.fields import content_type_of

# Shown in the browser; everything else is downloaded, so that no upload can act as a page.
INLINE_TYPES = {
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "image/avif",
    "application/pdf",
    "text/plain",
}


class PinnedFileView(View):
    """A public file: served while a publication that is not withdrawn has named it."""

    def get(self, request: HttpRequest, sha256: str, filename: str) -> HttpResponseBase:
        """The bytes, to be kept for ever by any cache: the address names the content."""
        pinned = PinnedFile.objects.filter(sha256=sha256).first()
        if pinned is None or not _is_public(pinned, filename, unlocked_of(request)):
            raise Http404
        etag = f'"{pinned.sha256}"'
        if request.headers.get("If-None-Match") == etag:
            response: HttpResponseBase = HttpResponse(status=304)
        else:
            stream = PinnedFile.storage().open(pinned.storage_name)
            response = file_response(stream, filename)
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
        response = file_response(default_storage.open(name), name.rsplit("/", 1)[-1])
        response["Cache-Control"] = "private, no-store"
        return response


def _is_public(pinned: PinnedFile, filename: str, unlocked: frozenset[str]) -> bool:
    """Whether a publication that has begun, and the reader may see today, names this file so."""
    named = Q(files__renditions=pinned) if filename == pinned.filename else Q(pk=None)
    quoted = json.dumps(filename, ensure_ascii=False)
    named |= Q(files=pinned, snapshot__contains=f'"filename":{quoted}')
    return begun_publications(unlocked).filter(named).exists()


def unlocked_of(request: HttpRequest) -> frozenset[str]:
    """The private pages that a request opens: of a signed address alone (cms.access)."""
    return getattr(request, "unlocked", frozenset())


def begun_publications(unlocked: frozenset[str] = frozenset()) -> QuerySet[Publication]:
    """What may be read today, in any version that was public and was not withdrawn.

    Without `unlocked`, the subjects of private pages, what everybody may read.
    """
    rows = Publication.objects.readable(unlocked).filter(
        kind=Publication.Kind.PUBLICATION,
        effective_from__lte=timezone.now(),
        withdrawn_at__isnull=True,
    )
    # One that was replaced before its time began never was public.
    return rows.exclude(effective_until=F("effective_from"))


def file_response(stream: Any, filename: str) -> FileResponse:
    """The bytes of an uploaded file, so that no browser takes them for a page of ours."""
    media_type = content_type_of(filename)
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
