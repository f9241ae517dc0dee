"""The alerts by what they wait for, for the admin's page of alerts and its dashboard."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from wagtail.models import TaskState

from cms.alerts.reviews import due_at, may_review, messages, to_review
from cms.publication.models import Publication
from cms.signoff.models import SignedTask
from cms.signoff.roles import QUICK_PATH
from pages.models import Alert

_PAST = 20


@dataclass(frozen=True)
class DueReview:
    """A message that nobody has reviewed."""

    message: Publication
    due_at: datetime.datetime
    is_overdue: bool
    is_mine: bool


class AlertLists:
    """What `user` sees of all alerts. Each list is read once, when it is asked for."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def waiting(self) -> list[TaskState]:
        """The alerts that await a signature which `user` may give, the oldest first."""
        steps = SignedTask.objects.filter(role__in=QUICK_PATH, groups__in=self.user.groups.all())
        states = TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS, task__in=steps.values("pk")
        ).select_related("workflow_state", "task")
        found = []
        for state in states.order_by("started_at"):
            item = state.workflow_state.content_object
            if isinstance(item, Alert) and state.task.specific.get_actions(item, self.user):
                state.alert = item.get_latest_revision_as_object()  # type: ignore[attr-defined]
                found.append(state)
        return found

    @cached_property
    def drafts(self) -> list[Alert]:
        """What is neither being signed nor was ever public: begun, or returned."""
        public = Publication.objects.filter(subject=OuterRef("translation_key"))
        rows = Alert.objects.filter(~Exists(public)).order_by("-pk")[:_PAST]
        return [alert for alert in rows if alert.pk not in self._signing]

    @cached_property
    def in_force(self) -> list[tuple[Publication, Alert]]:
        """What readers see now, with the record to change it."""
        rows = list(messages().filter(pk__in=Publication.objects.in_force().values("pk")))
        return self._with_records(rows)

    @cached_property
    def past(self) -> list[tuple[Publication, Alert]]:
        """The latest that are over, were replaced, or were withdrawn."""
        rows = list(messages().exclude(pk__in=Publication.objects.in_force().values("pk"))[:_PAST])
        return self._with_records(rows)

    @cached_property
    def to_review(self) -> list[DueReview]:
        """Every message that awaits its review, the oldest first."""
        now = timezone.now()
        found = []
        for message in to_review():
            due = due_at(message)
            found.append(DueReview(message, due, due < now, may_review(message, self.user)))
        return found

    @property
    def mine_to_review(self) -> list[DueReview]:
        """Those that `user` may review."""
        return [row for row in self.to_review if row.is_mine]

    @cached_property
    def _signing(self) -> set[int]:
        states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
        ids = states.filter(task__in=SignedTask.objects.filter(role__in=QUICK_PATH).values("pk"))
        return {int(pk) for pk in ids.values_list("workflow_state__object_id", flat=True)}

    @staticmethod
    def _with_records(rows: list[Publication]) -> list[tuple[Publication, Alert]]:
        subjects = [row.subject for row in rows]
        found = Alert.objects.filter(translation_key__in=subjects)
        records = {alert.translation_key: alert for alert in found}
        return [(row, records[row.subject]) for row in rows if row.subject in records]
