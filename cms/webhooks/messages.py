"""What is told, and to whom: deliveries written in the transaction of the act."""

import datetime
import uuid
from functools import partial
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.publication.public_changes import PublicChange, announce, changes_by_time
from cms.signoff.chain import lock_chains
from cms.webhooks.models import PING, PURGE, Delivery, Endpoint, TimeWatch
from cms.webhooks.purging import addresses_of


def pass_on(changes: list[PublicChange]) -> None:
    """Writes the deliveries of some changes: one for each endpoint that wants it, one purge."""
    rows = [
        _delivery(endpoint, change.type, _payload(change), change.path or change.record_type)
        for endpoint in Endpoint.objects.filter(is_active=True)
        for change in changes
        if endpoint.wants(change.type) and not change.is_restricted
    ]
    if settings.WAGTAILFRONTENDCACHE:
        tags = sorted({tag for change in changes for tag in change.tags})
        rows.append(purge_of(tags, addresses_of(changes), changes[0].path or ""))
    deliver(rows)


def purge_of(tags: list[str], addresses: list[str], about: str = "") -> Delivery:
    """The message to the caches in front of the site, unsaved."""
    return _delivery(None, PURGE, {"tags": tags, "addresses": addresses}, about)


def ping(endpoint: Endpoint) -> Delivery:
    """Sends a message that says nothing, to see whether it arrives."""
    row = _delivery(endpoint, PING, _envelope(PING, timezone.now(), {}), "")
    deliver([row])
    return row


def deliver(rows: list[Delivery]) -> None:
    """Saves deliveries; they are made in the background after the commit."""
    for row in rows:
        row.save()
        # robust: the sweeper finds what could not be handed to the queue.
        transaction.on_commit(partial(_enqueue, row.pk), robust=True)


@transaction.atomic
def tell_of_time() -> None:
    """Announces what began or ended by itself since the last look. A periodic job."""
    lock_chains()  # nobody publishes meanwhile what begins before this moment
    now = timezone.now()
    watch, is_new = TimeWatch.objects.select_for_update().get_or_create(
        pk=1, defaults={"looked_until": now}
    )
    if is_new:
        return
    changes = changes_by_time(watch.looked_until, now)
    watch.looked_until = now
    watch.save()
    announce(changes)


def _enqueue(pk: int) -> None:
    from cms.webhooks.sending import send

    send.enqueue(pk)


def _delivery(endpoint: Endpoint | None, event_type: str, content: Any, about: str) -> Delivery:
    return Delivery(
        message_id=f"msg_{uuid.uuid4().hex}",
        endpoint=endpoint,
        event_type=event_type,
        about=about[:300],
        payload=orjson.dumps(content).decode(),
    )


def _payload(change: PublicChange) -> dict[str, Any]:
    """Public data only: what anybody may read at the address that it names."""
    data = {
        "type": change.record_type,
        "id": f"{change.subject}:{change.locale}",
        "subject": change.subject,
        "permanentId": change.permanent_id,
        "locale": change.locale,
        "path": change.path,
        "formerPath": change.former_path,
        "paths": list(change.paths),
        "origins": list(change.origins),
        "tags": sorted(change.tags),
        "contentHash": change.content_hash,
    }
    return _envelope(change.type, change.at, data)


def _envelope(event_type: str, at: datetime.datetime, data: dict[str, Any]) -> dict[str, Any]:
    moment = at.astimezone(datetime.UTC).isoformat(timespec="milliseconds")
    return {"type": event_type, "timestamp": moment.replace("+00:00", "Z"), "data": data}
