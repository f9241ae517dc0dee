"""Every step at which something waits for a signature, read with a constant number of queries."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import get_language
from wagtail.models import Locale, TaskState, WorkflowState

from cms.moderation.models import Reminder
from cms.signoff.assignments import Assignment
from cms.signoff.flags import Flag
from cms.signoff.models import Decision, Release, ReleaseItem, Signature, SignedTask
from cms.signoff.roles import FIRST_ROLES, QUICK_PATH
from pages.models import Department


@dataclass
class OpenStep:
    """One item at the step at which it waits; `signer_ids` are those of the present round."""

    pk: int
    run_id: int
    task: SignedTask
    title: str
    type: str
    language: str
    division_key: UUID | None
    division: str
    since: datetime.datetime
    is_urgent: bool
    is_sensitive: bool
    author_id: int | None
    requested_by_id: int | None
    release: Release | None = None
    assignee: Any = None
    flagged_at: datetime.datetime | None = None
    is_escalated: bool = False
    signer_ids: set[int] = field(default_factory=set)

    @property
    def is_pressing(self) -> bool:
        """Whether it goes before everything else."""
        return self.is_urgent or self.is_sensitive

    def may_be_signed_by(self, user: Any, scope: Any) -> bool:
        """The rule of `SignedTask.may_act`, for lists; `scope` is the `signing_scope` there."""
        return (
            user.is_active
            and scope.covers(self.division_key)
            and self.has_no_hand(user.pk)
            and (self.assignee is None or self.assignee.pk == user.pk)
        )

    def has_no_hand(self, user_id: int) -> bool:
        """Whether a person neither signed in this round nor, past the first step, wrote it."""
        is_author = self.author_id == user_id and self.task.role not in FIRST_ROLES
        return user_id not in self.signer_ids and not is_author


def open_steps() -> list[OpenStep]:
    """All of them, urgent and sensitive ones first, then the longest waiting."""
    tasks = {task.pk: task for task in SignedTask.objects.all()}
    rows = list(_rows(tasks))
    reading = _Reading(rows)
    steps = [reading.step(row, tasks[row["task_id"]]) for row in rows]
    return sorted(steps, key=lambda step: (not step.is_pressing, step.since, step.pk))


def _rows(task_ids: Iterable[int]) -> Any:
    # `values`, as a draft may be long and only these of its fields are needed.
    content = "revision__content__"
    return (
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
            workflow_state__current_task_state=F("pk"),
            task__in=list(task_ids),
        )
        .order_by("started_at", "pk")
        .values(
            "pk",
            "task_id",
            "started_at",
            "workflow_state_id",
            "workflow_state__requested_by_id",
            "revision__user_id",
            "revision__object_str",
            "revision__content_type_id",
            urgent=F(f"{content}is_urgent"),
            sensitive=F(f"{content}is_sensitive"),
            department=F(f"{content}department"),
            subject=F(f"{content}translation_key"),
            locale=F(f"{content}locale"),
        )
    )


class _Reading:
    """What belongs to the rows, each kind read once."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        runs = [row["workflow_state_id"] for row in rows]
        states = [row["pk"] for row in rows]
        self.locales = dict(Locale.objects.values_list("pk", "language_code"))
        self.divisions = {
            row["pk"]: row for row in Department.objects.values("pk", "translation_key")
        }
        self.names = division_names()
        self.releases = {
            place.run_id: place.release
            for place in ReleaseItem.objects.filter(
                is_open=True, run__in=runs, release__state=Release.State.SIGNING
            ).select_related("release")
        }
        assignments = Assignment.objects.filter(task_state__in=states, to__is_active=True)
        self.assignments = {row.task_state_id: row for row in assignments.select_related("to")}
        self.escalated = set(
            Reminder.objects.filter(
                task_state_id__in=states, kind=Reminder.Kind.ESCALATION
            ).values_list("task_state_id", flat=True)
        )
        self.flags: dict[tuple[str, str], datetime.datetime] = {}
        for flag in Flag.objects.undecided().order_by("-flagged_at"):
            self.flags[str(flag.subject), flag.locale] = flag.flagged_at
        self.signers: dict[int, set[int]] = defaultdict(set)
        approved = TaskState.objects.filter(
            workflow_state__in=runs, status=TaskState.STATUS_APPROVED
        )
        standing = Signature.objects.filter(
            workflow_state_id__in=runs,
            decision=Decision.APPROVE,
            task_state_id__in=approved.values("pk"),
        )
        for row in standing.values("workflow_state_id", "user_id"):
            self.signers[row["workflow_state_id"] or 0].add(row["user_id"])

    def step(self, row: dict[str, Any], task: SignedTask) -> OpenStep:
        """One row with what belongs to it."""
        model = ContentType.objects.get_for_id(row["revision__content_type_id"]).model_class()
        key = self._division_key(row, model)
        assignment = self.assignments.get(row["pk"])
        language = self.locales.get(row["locale"], settings.LANGUAGE_CODE)
        return OpenStep(
            pk=row["pk"],
            run_id=row["workflow_state_id"],
            task=task,
            title=row["revision__object_str"] or "",
            type=type_name(model),
            language=language_name(language),
            division_key=key,
            division=self.names.get(key, "") if key else "",
            since=row["started_at"],
            is_urgent=bool(row["urgent"]) or task.role in QUICK_PATH,
            is_sensitive=bool(row["sensitive"]),
            author_id=row["revision__user_id"],
            requested_by_id=row["workflow_state__requested_by_id"],
            release=self.releases.get(row["workflow_state_id"]),
            assignee=assignment and assignment.to,
            flagged_at=self.flags.get((row["subject"] or "", language)),
            is_escalated=row["pk"] in self.escalated,
            signer_ids=self.signers[row["workflow_state_id"]],
        )

    def _division_key(self, row: dict[str, Any], model: Any) -> UUID | None:
        """As `division_of` says: a division's own record belongs to the division itself."""
        if model is Department:
            return UUID(row["subject"])
        found = self.divisions.get(row["department"])
        return found["translation_key"] if found else None


def division_names() -> dict[UUID, str]:
    """The names of the divisions in the reader's language, or in the office's."""
    names: dict[UUID, str] = {}
    wanted = get_language() or settings.LANGUAGE_CODE
    rows = Department.objects.values_list("translation_key", "title", "locale__language_code")
    for key, title, language in rows:
        if language == wanted or key not in names:
            names[key] = title
    return names


def type_name(model: Any) -> str:
    """What kind of page or record it is; `model` may be the name of one."""
    if isinstance(model, str):
        try:
            model = apps.get_model("pages", model)
        except LookupError:
            return model
    return capfirst(str(model._meta.verbose_name)) if model else ""


def language_name(code: str) -> str:
    """The name of a language of the site."""
    return str(dict(settings.LANGUAGES).get(code, code))
