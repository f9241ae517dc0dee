"""Who asks: the request, for whoever is told none; and the person, while the session lasts."""

from collections.abc import Callable
from functools import partial

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from cms.accounts.client import _present
from cms.accounts.sessions import signed_in_person

GetResponse = Callable[[HttpRequest], HttpResponse]


class PresentRequestMiddleware:
    """Lets `cms.accounts.client.present_request` know the request. Stands before all others."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response."""
        mark = _present.set(request)
        try:
            return self.get_response(request)
        finally:
            _present.reset(mark)


class SignedInPersonMiddleware:
    """Makes `request.user` nobody where the session is over. Stands behind Django's own.

    Looks at the session only where somebody asks who it is: the public pages never do.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response."""
        request.user = SimpleLazyObject(partial(_person, request))  # type: ignore[assignment]
        return self.get_response(request)


def _person(request: HttpRequest) -> object:
    return signed_in_person(request, get_user(request))
