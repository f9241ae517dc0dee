"""Copies of public images over HTTP, made at the first request."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views import View

from cms.publication.models import PinnedFile
from cms.publication.pictures import Copy, stored_copy
from cms.publication.views import begun_publications, file_response, unlocked_of


class PictureView(View):
    """A copy of an image that a publication names; of anything else there is none."""

    def get(self, request: HttpRequest, sha256: str, name: str) -> HttpResponseBase:
        """The bytes; the address names the content, so that any cache may keep them."""
        copy = Copy.named(name)
        original = PinnedFile.objects.filter(sha256=sha256, renditions__isnull=False).first()
        if copy is None or original is None or not _is_public(sha256, copy, unlocked_of(request)):
            raise Http404
        etag = f'"{sha256}-{copy.name}"'
        if request.headers.get("If-None-Match") == etag:
            response: HttpResponseBase = HttpResponse(status=304)
        else:
            stream = PinnedFile.storage().open(stored_copy(original, copy))
            response = file_response(stream, name)
        response["Cache-Control"] = "public, max-age=3600"  # as of the original
        response["ETag"] = etag
        return response


def _is_public(sha256: str, copy: Copy, unlocked: frozenset[str]) -> bool:
    """Whether a page names the image, and this point of focus of it."""
    # In the canonical JSON of a snapshot nothing else reads so: texts escape quotes.
    focus = json.dumps(copy.focus, separators=(",", ":"))
    words = f'"file":"{sha256}","focalPoint":{focus if copy.focus else ""}'
    return (
        begun_publications(unlocked).filter(files__sha256=sha256, snapshot__contains=words).exists()
    )
