"""Every case and every way to answer it, as functions that a worker measures."""

import json
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from graphql import parse

from benchmarks.api import plain, questions
from cms.publication.models import Publication
from cms.wsgi import application
from content_api import execution, views
from content_api.compiled.making import BATCH, Shapes
from content_api.cursors import cursor_of
from content_api.models import ReadyJson

DEEP = 0.9  # of the list lies before the deep page
factory = RequestFactory()
# SQLite works in this process, whose processor time other work on the machine does not change.
CLOCK = time.process_time if connection.vendor == "sqlite" else time.perf_counter
Call = Callable[..., Any]


def make_texts() -> None:
    """What the job makes of a stored operation, for the questions here."""
    shapes = Shapes([parse(text) for text in questions.DOCUMENTS.values()])
    names = set(shapes.of("NewsPage"))
    if set(ReadyJson.objects.values_list("shape", flat=True).distinct()) == names:
        return
    ReadyJson.objects.all().delete()
    rows = Publication.objects.effective().filter(type="NewsPage").select_related("address")
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        shapes.make(list(rows.filter(pk__in=keys[start : start + BATCH])))


class Cases:
    """Every case and column as a function to call."""

    def __init__(self) -> None:
        news = plain._news()
        self.place = news[int(news.count() * DEEP)]
        self.number = 9  # of the article that is asked for

    def measured(self, case: str, column: str, times: int) -> dict[str, Any]:
        """Seconds of each answer, the number of its queries, and what it said."""
        make, answer = self._call(case, column)
        content = answer(make())
        with CaptureQueriesContext(connection) as captured:
            answer(make())
        seconds = []
        for _time in range(times):
            self.number = (self.number + 7) % settings.ITEMS
            asked = make()
            began = CLOCK()
            answer(asked)
            seconds.append(CLOCK() - began)
        self.number = 9
        is_data = column not in ("limit", "through limit")
        return {
            "seconds": seconds,
            "queries": len(captured),
            "bytes": len(content),
            "data": json.dumps(json.loads(content)["data"], sort_keys=True) if is_data else "",
        }

    def _call(self, case: str, column: str) -> tuple[Call, Call]:
        """What makes a request, which is not measured, and what answers it."""
        settings.RESPONSE_CACHE_MB = 64 if column == "cached" else 0
        views.answer = execution.reference if column == "graphene" else execution.answer
        if column == "through limit":
            return lambda: factory.get("/bench/limit/").environ, _through_all
        if column == "cached":
            return lambda: self._request(case, column).environ, _through_all
        if column == "limit":
            return lambda: factory.get("/"), lambda request: plain.limit(request).content
        if column == "plain":
            return (
                lambda: factory.get("/", self._parameters(case)),
                lambda request: plain.view(request, case).content,
            )
        return lambda: self._request(case, column), lambda request: views.endpoint(request).content

    def _parameters(self, case: str) -> dict[str, Any]:
        asked = questions.variables(case, self.number, "")
        if case == "deep":
            asked |= {"day": self.place.posted_on.isoformat(), "key": self.place.pk}
        return asked

    def _request(self, case: str, column: str) -> HttpRequest:
        cursor = cursor_of(self.place, questions.ORDER) if case == "deep" else ""
        variables = questions.variables(case, self.number, cursor)
        return factory.get("/graphql/", questions.parameters(case, variables, column != "compiled"))


def _through_all(environ: dict[str, Any]) -> bytes:
    """As a server asks: through every middleware."""
    response = application(environ, lambda *_args: None)
    try:
        return b"".join(response)
    finally:
        response.close()
