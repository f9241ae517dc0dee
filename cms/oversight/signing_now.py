"""What is on its way to the public: drafts at a signing step, and the duties they are for."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from wagtail.models import TaskState, WorkflowState

from cms.divisions.scope import Scope
from cms.oversight.obligations import Duty, Kind, Obligations
from cms.signoff.models import SignedTask
from cms.signoff.roles import Role
from pages.models import Department, DisclosureItem

_FIELDS = ("department", "disclosure_item", "translation_key", "fiscal_year", "kind", "group")
_MORE = ("channel", "official_information")


@dataclass(frozen=True)
class InSignoff:
    """A draft that waits for a signature."""

    title: str
    kind: Kind
    fiscal_year: int | None
    division: UUID | None
    role: str
    assignee: str
    since: datetime.datetime

    @property
    def with_whom(self) -> str:
        """The step, and the person where it is one person's."""
        return f"{self.role} ({self.assignee})" if self.assignee else self.role


def in_signoff(scope: Scope) -> list[InSignoff]:
    """The drafts at a signing step, the longest waiting first: those of the divisions in `scope`.

    Drafts and their signers are nobody else's business. Four queries, whatever their number.
    """
    rows = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__current_task_state=F("pk"),
        task__in=list(SignedTask.objects.values_list("pk", flat=True)),
    ).order_by("started_at", "pk")
    found = rows.values(
        "started_at",
        "revision__object_str",
        "revision__content_type_id",
        "assignment__to__first_name",
        "assignment__to__last_name",
        role=F("task__signedtask__role"),
        **{f"draft_{name}": F(f"revision__content__{name}") for name in (*_FIELDS, *_MORE)},
    )
    divisions = dict(Department.objects.values_list("pk", "translation_key"))
    items = dict(DisclosureItem.objects.values_list("pk", "translation_key"))
    steps = [_step(row, divisions, items) for row in found]
    return [step for step in steps if scope.covers(step.division)]


def by_duty(steps: Iterable[InSignoff], tree: Obligations) -> dict[Duty, list[InSignoff]]:
    """The drafts that will count for a duty once they are public."""
    found: dict[Duty, list[InSignoff]] = defaultdict(list)
    for step in steps:
        for leaf in tree.fulfilled_by(step.kind):
            found[Duty(leaf, step.fiscal_year if leaf.is_yearly else None)].append(step)
    return found


def _step(row: dict[str, Any], divisions: dict[int, UUID], items: dict[int, UUID]) -> InSignoff:
    model = ContentType.objects.get_for_id(row["revision__content_type_id"]).model_class()
    division = divisions.get(row["draft_department"])
    if model is Department:
        division = UUID(row["draft_translation_key"])
    names = row["assignment__to__first_name"], row["assignment__to__last_name"]
    return InSignoff(
        title=row["revision__object_str"] or "",
        kind=Kind(
            items.get(row["draft_disclosure_item"]),
            model.__name__ if model else "",
            row["draft_kind"] or row["draft_group"] or row["draft_channel"] or "",
            _sections(row["draft_official_information"]),
        ),
        fiscal_year=row["draft_fiscal_year"],
        division=division,
        role=str(Role(row["role"]).label),
        assignee=" ".join(name for name in names if name),
        since=row["started_at"],
    )


def _sections(value: Any) -> str:
    return "|".join(value) if isinstance(value, list) else (value or "")
