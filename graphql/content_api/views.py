"""GraphQL over HTTP for anonymous readers: a request, its document, its answer, a response."""

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from graphql import ExecutionResult, get_operation_ast

from content_api import graphiql, ready, requests, responses
from content_api.context import Context
from content_api.errors import Code, Refused, code_of
from content_api.execution import answer
from content_api.keys import context_of
from content_api.limits.deadline import limited_time
from content_api.limits.documents import check_cost, told_cost
from content_api.limits.rate import REFUSED, Meter
from content_api.limits.variables import check_variables
from content_api.observability.observation import Observation, observed, server_timing
from content_api.operations import manifest
from content_api.persisted import document_of
from content_api.sdl import text


@csrf_exempt  # there is nothing to change, and no session is read
def endpoint(request: HttpRequest, name: str = "") -> HttpResponse:
    """Answers documents at `/graphql/` and stored operations at `/graphql/<name>/`."""
    if request.method == "OPTIONS":
        return responses.preflight(request)
    if not name and graphiql.is_wanted(request):
        return graphiql.page(request)
    with observed("http", request.headers) as seen:
        meter = Meter(request)
        try:
            meter.admit()
            responses.accepted(request)
            asked = requests.parse(request, name)
            context = context_of(request)
            result, otherwise = _result(asked, context, meter, seen)
            response = responses.answered(request, result, otherwise)
            response = ready.public(request, response, result, context, seen)
            if context.is_for_staff:
                response["Server-Timing"] = server_timing([seen])
            seen.errors += [code_of(error, otherwise) for error in result.errors or ()]
        except Refused as refusal:
            meter.spend(REFUSED)
            response = responses.refused(request, refusal)
            seen.errors.append(refusal.code)
            if refusal.code == Code.LIMIT_RATE:
                response["Retry-After"] = str(meter.ends_in)
        return meter.told(response)


@responses.shared
def sdl(request: HttpRequest) -> HttpResponse:
    """The contract as text, for GraphiQL and for the tools of front ends."""
    return HttpResponse(text(), content_type="text/plain; charset=utf-8")


@responses.shared
def operations_manifest(request: HttpRequest) -> HttpResponse:
    """The stored operations with their hashes, for front ends that name documents by these."""
    return HttpResponse(orjson.dumps(manifest()), content_type="application/json; charset=utf-8")


def _result(
    asked: requests.GraphQLRequest, context: Context, meter: Meter, seen: Observation
) -> tuple[ExecutionResult, Code]:
    """What came of a question, and the code of what graphql-core objected to, if it did."""
    document = document_of(asked)
    seen.note(document.name, asked.query or "", asked.variables or {})
    if document.errors:
        meter.spend(REFUSED)
    if document.node is None:
        return ExecutionResult(None, list(document.errors)), Code.GRAPHQL_PARSE_FAILED
    if document.errors:
        return ExecutionResult(None, list(document.errors)), Code.GRAPHQL_VALIDATION_FAILED
    operation = get_operation_ast(document.node, asked.operation_name)
    if operation is None:
        raise Refused(
            _("The document has no operation of this name, or several and none is named."),
            Code.OPERATION_RESOLUTION_FAILURE,
        )
    check_variables(asked.variables)
    measure = document.measures[operation.name.value if operation.name else ""]
    seen.cost = check_cost(measure, asked.variables)
    meter.spend(seen.cost)
    with limited_time(settings.GRAPHQL_TIMEOUT):
        result = answer(document.node, asked.variables, context, asked.operation_name)
    result.extensions = {**(result.extensions or {}), "cost": told_cost(seen.cost)}
    return result, Code.BAD_USER_INPUT
