"""Where a release stands for its signers: the step its items share, and what they would sign."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from cms.signoff.models import Decision, ReleaseAct
from cms.signoff.release_content import Manifest, Part, manifest_of, parts_of
from cms.signoff.releases import Release
from cms.signoff.task import SignedTask

PURPOSE = "release"


@dataclass(frozen=True)
class Sitting:
    """A release that is being signed, as it stands now.

    `acts` are the approvals of the present round. `task` is the step at which all items wait,
    None where they do not wait at the same one: somebody ended or moved a run by itself.
    """

    release: Release
    parts: list[Part]
    acts: list[ReleaseAct]
    task: SignedTask | None
    manifest: Manifest | None

    @property
    def problem(self) -> str:
        """Why nobody can sign it now: the item or the file that is missing. Empty otherwise."""
        broken = next((part for part in self.parts if part.snapshot is None), None)
        return about(broken, broken.problem) if broken else ""

    @property
    def is_changed(self) -> bool:
        """Whether what was signed before is not what the release says now."""
        now = self.manifest.content_hash if self.manifest else ""
        return any(act.manifest_hash != now for act in self.acts)

    def may_sign(self, user: Any) -> bool:
        """Whether `user` may sign every single item at this step, by the rule of single items."""
        return self.task is not None and all(
            self.task.may_act(part.item, user, self.acts) for part in self.parts
        )

    def purpose(self, action: str) -> list[Any]:
        """What a token for this sitting names."""
        role = self.task.role if self.task else ""
        return [PURPOSE, str(self.release.uuid), self.release.round, role, action]


def sitting_of(release: Release) -> Sitting:
    """What can be signed now; with one query for each thing of each item, whoever asks."""
    parts = parts_of(release)
    approvals = ReleaseAct.objects.filter(
        release=str(release.uuid), round=release.round, decision=Decision.APPROVE
    )
    return Sitting(
        release, parts, list(approvals), _common_task(parts), manifest_of(release, parts)
    )


def _common_task(parts: list[Part]) -> SignedTask | None:
    """The step at which every item waits, in the run that the release began for it."""
    tasks = {_waiting_task_id(part.row.run) for part in parts}
    return SignedTask.objects.filter(pk=tasks.pop()).first() if len(tasks) == 1 else None


def _waiting_task_id(run: WorkflowState | None) -> int | None:
    if run is None or run.status != WorkflowState.STATUS_IN_PROGRESS:
        return None
    step = run.current_task_state
    is_waiting = step is not None and step.status == TaskState.STATUS_IN_PROGRESS
    return step.task_id if step and is_waiting else None


def about(part: Part, problem: str) -> str:
    """A problem with the name of the item that has it."""
    return _("%(item)s: %(problem)s") % {"item": part.name, "problem": problem}
