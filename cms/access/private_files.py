"""The files of private pages: at addresses that are signed for an hour for whoever had a key."""

from collections.abc import Iterable

from django.core import signing
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_safe

from cms.publication.picture_views import PictureView
from cms.publication.views import PinnedFileView

_SALT = "cms.access.private_files"
LIFETIME = 60 * 60  # seconds
_VIEWS = (PictureView, PinnedFileView)


def private_address(path: str, unlocked: Iterable[str]) -> str:
    """Where the public file at `path` opens for whoever may read these private pages now."""
    signed = signing.dumps([path, sorted(unlocked)], salt=_SALT, compress=True)
    return reverse("private_page_file", args=[signed, path.rsplit("/", 1)[-1]])


@require_safe
def private_page_file(request: HttpRequest, signed: str, filename: str) -> HttpResponseBase:
    """The bytes, kept by nobody. Any other address answers 404 and nothing more."""
    try:
        path, unlocked = signing.loads(signed, salt=_SALT, max_age=LIFETIME)
        found = resolve(path)
    except (signing.BadSignature, Resolver404) as error:
        raise Http404 from error
    if getattr(found.func, "view_class", None) not in _VIEWS:
        raise Http404
    request.unlocked = frozenset(unlocked)  # type: ignore[attr-defined]
    response = found.func(request, *found.args, **found.kwargs)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    del response["ETag"]
    return response
