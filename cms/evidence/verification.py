"""Verifying the whole record: in the background, one run at a time, with a result that stays."""

import time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from cms.evidence.models import VerificationRun
from cms.publication.alarm import sound_alarm
from cms.publication.chain_head import CHAINS, heads
from cms.publication.models import Address, PinnedFile, Publication
from cms.publication.verify import RecordBroken, verify_publications
from cms.signoff.chain import ChainBroken
from cms.signoff.models import Signature

State = VerificationRun.State

_BEAT_SECONDS = 2.0
_CHECKED = (Signature, Publication, PinnedFile, Address)


def chain_heads() -> dict[str, dict[str, Any]]:
    """Of each chain: how many records, and the sequence number and hash of the last."""
    return {
        head.chain: {
            "count": CHAINS[head.chain]._default_manager.count(),
            "sequence": head.sequence,
            "hash": head.own_hash,
        }
        for head in heads()
    }


def run_verification() -> VerificationRun:
    """Recomputes everything now and returns the run with its result; a timer calls it nightly."""
    run = VerificationRun.objects.create()
    verify_now(run.pk)
    run.refresh_from_db()
    return run


@transaction.atomic
def request_verification(user: Any) -> VerificationRun:
    """Asks the worker for a run; where one waits or is under way, that one is returned.

    The caller has checked that `user` may see the record.
    """
    if run := VerificationRun.objects.open().first():
        return run
    run = VerificationRun.objects.create(requested_by=user)
    transaction.on_commit(lambda: verify_in_background.enqueue(run.pk))
    return run


@task(backend="queue")
def verify_in_background(run_id: int) -> None:
    """What the worker runs. A run that began already is not begun again."""
    verify_now(run_id)


def verify_now(run_id: int) -> None:
    """Carries out one waiting run; returns at once where it does not wait (any more)."""
    now = timezone.now()
    runs = VerificationRun.objects.filter(pk=run_id)
    total = sum(model._default_manager.count() for model in _CHECKED)
    claimed = runs.filter(state=State.WAITING).update(
        state=State.RUNNING, started_at=now, heartbeat_at=now, total=total
    )
    if not claimed:
        return
    done, failure, state = 0, "", State.HOLDS
    try:
        last_beat = time.monotonic()
        for _record in verify_publications():
            done += 1
            if time.monotonic() - last_beat > _BEAT_SECONDS:
                last_beat = time.monotonic()
                runs.update(done=done, heartbeat_at=timezone.now())
    except (ChainBroken, RecordBroken) as error:
        state, failure = State.BROKEN, str(error)
    except BaseException:  # a lost database, a worker that is told to stop
        runs.update(state=State.FAILED, done=done, finished_at=timezone.now())
        raise
    runs.update(
        state=state,
        done=done,
        failure=failure,
        finished_at=timezone.now(),
        heartbeat_at=timezone.now(),
        heads=chain_heads(),
    )
    if failure:
        sound_alarm(failure)
