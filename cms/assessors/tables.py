"""What the admin shows of years and items: answers beside coverage and the latest checks."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from cms.assessors.click_paths import words
from cms.assessors.comparing import State, written
from cms.assessors.facts import latest_submissions
from cms.assessors.freezing import Draft, Problem, answer_of
from cms.assessors.models import AddressCheck, Answer, Submission
from cms.oversight.assessing import ItemState, assess
from cms.oversight.models import Assessment, AssessmentItem

_WRONG = (State.LESS, State.LOST)


@dataclass
class Year:
    """One list with how far its answers are."""

    assessment: Assessment
    latest: Submission | None
    checks: Counter[str]

    @property
    def wrong(self) -> int:
        """Addresses that do not hold what was promised."""
        return sum(self.checks[state] for state in _WRONG)


def years() -> list[Year]:
    """Every list, the latest year first. Three queries."""
    latest = {row.assessment_id: row for row in latest_submissions().defer("content")}
    found: dict[int, Counter[str]] = defaultdict(Counter)
    counts = AddressCheck.objects.filter(submission__in=[row.pk for row in latest.values()])
    grouped = counts.order_by().values_list("submission__assessment", "state")
    for assessment, state, count in grouped.annotate(Count("pk")):
        found[assessment][state] = count
    answered = Count("items__answer", filter=~Q(items__answer__value=""))
    rows = Assessment.objects.select_related("framework").annotate(
        answered=answered, item_count=Count("items")
    )
    rows = rows.order_by("-fiscal_year", "framework__key")
    return [Year(row, latest.get(row.pk), found[row.pk]) for row in rows]


@dataclass
class AddressRow:
    """One address of an answer."""

    text: str
    path: str  # the click path in words


@dataclass
class CheckRow:
    """What the latest check found at an address that was submitted."""

    check: AddressCheck
    url: str
    remarks: list[str]

    @property
    def is_wrong(self) -> bool:
        """Whether an assessor would miss something."""
        return self.check.state in _WRONG


@dataclass
class ItemRow:
    """One item as the list shows it."""

    item: AssessmentItem
    state: ItemState
    answer: Answer | None
    addresses: list[AddressRow]
    problems: list[str] = field(default_factory=list)
    checks: list[CheckRow] = field(default_factory=list)


def rows_of(assessment: Assessment) -> tuple[list[ItemRow], list[Problem]]:
    """Every item of a list, and all that is in the way of submitting. Constant queries."""
    draft = Draft.read(assessment)
    states = {one.item.pk: one.state for one in assess(assessment).items}
    problems: dict[str, list[str]] = defaultdict(list)
    for problem in draft.problems:
        problems[problem.code].append(problem.message)
    checks = checks_of(latest_submissions().filter(assessment=assessment).first())
    rows = []
    for item in draft.items:
        answer = answer_of(item)
        addresses = answer.addresses.all() if answer else []
        rows.append(
            ItemRow(
                item,
                states[item.pk],
                answer,
                [AddressRow(str(one), words(draft.steps(one))) for one in addresses],
                problems[item.code],
                checks[item.code],
            )
        )
    return rows, draft.problems


def checks_of(submission: Submission | None) -> dict[str, list[CheckRow]]:
    """The checks of a submission by the code of their item."""
    found: dict[str, list[CheckRow]] = defaultdict(list)
    if submission is None:
        return found
    items: dict[str, list[Any]] = {
        item["code"]: item["addresses"] for item in submission.data["items"]
    }
    for check in submission.checks.order_by("code", "place"):
        remarks = [written(remark) for remark in check.remarks]
        found[check.code].append(CheckRow(check, items[check.code][check.place]["url"], remarks))
    return found
