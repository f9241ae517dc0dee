"""Sees every refusal and every export, and writes what must stay when the answer is made."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from cms.audit.denials import record_denial
from cms.audit.log import close_log, open_log, record
from cms.audit.models import AuditEvent

_EXPORTS = {"csv", "xlsx", "pdf"}


class AuditMiddleware:
    """Stands outside of whatever opens transactions, so that its rows are never rolled back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response; an export is logged before anybody gets it."""
        open_log(request)
        try:
            response = self.get_response(request)
        finally:
            close_log(request)
        if _is_export(request, response):
            query = request.GET.urlencode()
            record(AuditEvent.Kind.EXPORTED, request=request, subject=request.path, detail=query)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Refusals that no view of Wagtail's turned into a message: of scripts in the page."""
        if isinstance(exception, PermissionDenied):
            record_denial(request, exception)


def _is_export(request: HttpRequest, response: HttpResponse) -> bool:
    """Wagtail's lists and reports, its own and ours, are exported with this parameter."""
    return (
        request.GET.get("export") in _EXPORTS
        and response.status_code == 200
        and response.get("Content-Disposition", "").startswith("attachment")
    )
