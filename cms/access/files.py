"""The files of a draft for a front end elsewhere: each at an address that is signed for an hour."""

from pathlib import PurePosixPath

from django.core import signing
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.access.models import PreviewToken
from cms.access.permissions import may_still_see
from cms.publication.views import file_response

SALT = "cms.access.files"
LIFETIME = 60 * 60  # seconds; less where the key itself ends


def file_address(token: int, name: str) -> str:
    """Where a file of the private storage opens while the key with this number is valid."""
    signed = signing.dumps([token, name], salt=SALT, compress=True)
    return reverse("preview_file", args=[signed, PurePosixPath(name).name])


@require_safe
def preview_file(request: HttpRequest, signed: str, filename: str) -> HttpResponseBase:
    """The bytes of one file that a draft names. Any other address answers 404 and nothing more."""
    try:
        number, name = signing.loads(signed, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature as error:
        raise Http404 from error
    token = PreviewToken.objects.select_related("user").filter(pk=number).first()
    if token is None or not token.opens or not may_still_see(token):
        raise Http404
    if name not in token.files.values() or not default_storage.exists(name):
        raise Http404
    response = file_response(default_storage.open(name), PurePosixPath(name).name)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
