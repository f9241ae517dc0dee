"""Making deliveries: one try, trying again, giving up, switching off, finding what was lost.

A message is sent at least once, with the same id at every try.
"""

import datetime
import http.client
import logging
import ssl
import time
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import orjson
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from cms.outgoing.connection import PinnedConnection, PrivateAddress, UnknownHost, deadline
from cms.webhooks.models import Delivery, Endpoint
from cms.webhooks.permissions import RETRY
from cms.webhooks.purging import PurgeFailed, purge
from cms.webhooks.signing import SecretLost, signed_headers
from cms.webhooks.switching_off import note_failure, note_success

logger = logging.getLogger(__name__)

State, Problem = Delivery.State, Delivery.Problem
TRY_AGAIN_STATES = (State.FAILED, State.WAITING, State.DELIVERED)
# The waits that the Standard Webhooks specification recommends, after each failed try.
WAITS = tuple(
    datetime.timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
)
TIMEOUT = 10  # seconds without a byte
DEADLINE = 20  # seconds for one try as a whole
STALE_AFTER = datetime.timedelta(minutes=5)  # no try takes so long: whoever made it is dead
KEEP = datetime.timedelta(days=30)
_ROUND_SECONDS = 300  # other jobs want the worker too


class Outcome(NamedTuple):
    """What one try found; no problem means that the message arrived."""

    problem: str = Problem.NONE
    status_code: int | None = None
    detail: str = ""


@task(backend="queue")
def send(delivery_id: int) -> None:
    """What the worker runs for one message. It may be called any number of times."""
    send_now(delivery_id)


@task(backend="queue")
def send_due() -> None:
    """Sends whatever waits, the oldest first: for messages that no job of their own waits for."""
    began = time.monotonic()
    for delivery_id in list(_due().order_by("pk").values_list("pk", flat=True)):
        if time.monotonic() - began > _ROUND_SECONDS:
            send_due.enqueue()
            return
        send_now(delivery_id)


def send_now(delivery_id: int) -> None:
    """Makes one try; returns at once where the message does not wait (any more, or yet)."""
    claimed = (
        _due()
        .filter(pk=delivery_id)
        .update(state=State.SENDING, claimed_at=timezone.now(), attempts=F("attempts") + 1)
    )
    if not claimed:
        return
    delivery = Delivery.objects.select_related("endpoint").get(pk=delivery_id)
    began = time.monotonic()
    try:
        outcome = _post(delivery) if delivery.endpoint else _purge(delivery)
    except BaseException:  # a fault of ours, or the worker is told to stop: another one goes on
        _mine(delivery).update(state=State.WAITING, send_after=timezone.now() + WAITS[1])
        raise
    _note(delivery, outcome, round((time.monotonic() - began) * 1000))


def _due() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=State.WAITING, send_after__lte=timezone.now())


def _mine(delivery: Delivery) -> QuerySet[Delivery]:
    """The row while it is still this try's: a sweeper may have taken it for dead."""
    return Delivery.objects.filter(
        pk=delivery.pk, state=State.SENDING, claimed_at=delivery.claimed_at
    )


def _purge(delivery: Delivery) -> Outcome:
    try:
        purge(**orjson.loads(delivery.payload))
    except PurgeFailed as failure:
        return Outcome(Problem.CACHE, detail=str(failure)[:200])
    return Outcome()


def _post(delivery: Delivery) -> Outcome:
    endpoint = delivery.endpoint
    assert endpoint is not None  # noqa: S101  # see send_now
    if not endpoint.is_active:
        return Outcome(Problem.SWITCHED_OFF)
    try:
        return _judged(_status(endpoint, delivery))
    except SecretLost:
        return Outcome(Problem.NO_SECRET)
    except UnknownHost:
        return Outcome(Problem.NO_HOST)
    except PrivateAddress:
        return Outcome(Problem.PRIVATE)
    except ssl.SSLError:
        return Outcome(Problem.CERTIFICATE)
    except TimeoutError:
        return Outcome(Problem.TIMEOUT)
    except OSError:
        return Outcome(Problem.NO_CONNECTION)
    except http.client.HTTPException:
        return Outcome(Problem.NOT_HTTP)


def _status(endpoint: Endpoint, delivery: Delivery) -> int:
    """The status of the answer, whose body is left unread. Redirects are not followed."""
    parts = urlsplit(endpoint.url)
    body = delivery.payload.encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Prakat-webhooks/1.0 (+{settings.BASE_URL})",
        **signed_headers(endpoint, delivery.message_id, body),
    }
    connection = PinnedConnection(parts, TIMEOUT, settings.WEBHOOK_PRIVATE_ADDRESSES)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    with deadline(connection, DEADLINE):
        connection.request("POST", target, body, headers)
        return connection.getresponse().status


def _judged(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome(Problem.NONE, status)
    if status == http.HTTPStatus.GONE:
        return Outcome(Problem.GONE, status)
    return Outcome(Problem.REDIRECT if 300 <= status < 400 else Problem.STATUS, status)


def _note(delivery: Delivery, outcome: Outcome, duration_ms: int) -> None:
    """Saves what a try found; waits longer after each failure, up to the last one."""
    now = timezone.now()
    changes: dict[str, Any] = {**outcome._asdict(), "duration_ms": duration_ms}
    tries = delivery.attempts
    is_over = tries > len(WAITS) or outcome.problem in (Problem.SWITCHED_OFF, Problem.GONE)
    if not outcome.problem:
        changes |= {"state": State.DELIVERED, "finished_at": now}
    elif is_over:
        changes |= {"state": State.FAILED, "finished_at": now}
    else:
        changes |= {"state": State.WAITING, "send_after": now + WAITS[tries - 1]}
    if not _mine(delivery).update(**changes):
        return
    if outcome.problem:
        logger.error("%s was not delivered, try %s: %s", delivery, tries, outcome.problem)
    if changes["state"] == State.WAITING:
        send.using(run_after=changes["send_after"]).enqueue(delivery.pk)
    if delivery.endpoint and outcome.problem not in ("", Problem.SWITCHED_OFF):
        note_failure(delivery.endpoint, is_final=outcome.problem == Problem.GONE)
    elif delivery.endpoint and not outcome.problem:
        note_success(delivery.endpoint)


def try_again(delivery: Delivery, user: Any) -> bool:
    """Puts a message at the head of the line, also one that arrived: with the same id.

    Raises `PermissionDenied` where `user` may not.
    """
    if not user.has_perm(RETRY):
        raise PermissionDenied
    freed = Delivery.objects.filter(pk=delivery.pk, state__in=TRY_AGAIN_STATES).update(
        state=State.WAITING, send_after=timezone.now(), attempts=0, finished_at=None
    )
    if freed:
        send.enqueue(delivery.pk)
    return bool(freed)


def sweep() -> None:
    """Finds what a killed process left: messages without a job, half-made tries, running jobs."""
    now = timezone.now()
    Delivery.objects.filter(state=State.SENDING, claimed_at__lt=now - STALE_AFTER).update(
        state=State.WAITING, send_after=now
    )
    jobs = DBTaskResult.objects.filter(task_path__in=[send.module_path, send_due.module_path])
    # The queue would call the killed worker's job running for ever.
    longest = STALE_AFTER + datetime.timedelta(seconds=_ROUND_SECONDS)
    jobs.running().filter(started_at__lt=now - longest).update(
        status=TaskResultStatus.FAILED, finished_at=now
    )
    is_asked_for = jobs.filter(task_path=send_due.module_path, status=TaskResultStatus.READY)
    if _due().exists() and not is_asked_for.exists():
        send_due.enqueue()


def forget() -> None:
    """Deletes what is over for a month."""
    Delivery.objects.filter(finished_at__lt=timezone.now() - KEEP).delete()
