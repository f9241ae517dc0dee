"""A queue as CSV or XLSX, in which no cell can act as a formula."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.log import record
from cms.audit.models import AuditEvent
from cms.engagement.answers import facts
from cms.engagement.case_events import CaseEvent
from cms.engagement.cases import Case
from cms.engagement.channels import Channel
from cms.engagement.permissions import check_handler
from cms.thai.spreadsheets import write_table


@transaction.atomic
def export_queue(cases: Any, channel: Channel, user: Any, file_format: str) -> bytes:
    """The cases of one channel as a file (`csv` or `xlsx`), one column for each field asked.

    `cases` is narrowed to the channel; the export is logged. Raises `PermissionDenied` where
    the user does not work at that desk.
    """
    check_handler(user, channel)
    found = list(cases.filter(channel=channel).select_related("handled_by"))
    CaseEvent.objects.create(
        channel=channel,
        kind=CaseEvent.Kind.EXPORTED,
        user=user,
        detail=f"{file_format}: {len(found)}",
    )
    # Without the number: how many wait at a desk is for those who work there.
    kind, desk = AuditEvent.Kind.EXPORTED, str(channel.desk)
    record(kind, user=user, subject=desk, detail=file_format)
    return write_table(_rows(found), file_format)


def _rows(cases: list[Case]) -> list[list[str]]:
    """Headings, then one row for each case. Fields of one id share a column, whatever the label."""
    columns: dict[str, str] = {}
    for case in cases:
        for answer in case.answers:
            columns.setdefault(answer["id"], answer["label"])
    headings = [
        _("reference number"),
        _("received at"),
        _("page"),
        _("language"),
        _("state"),
        _("assigned to"),
        _("answered at"),
        _("answer to the sender"),
        _("kept until"),
    ]
    return [[*headings, *columns.values()], *(_row(case, columns) for case in cases)]


def _row(case: Case, columns: Iterable[str]) -> list[str]:
    shown = facts(case.answers, case.locale)
    by_id = {
        # Days in ISO 8601, which spreadsheet programs sort.
        answer["id"]: answer["value"] if answer["kind"] == "date_field" else fact.value
        for answer, fact in zip(case.answers, shown, strict=True)
    }
    return [
        case.reference,
        _moment(case.received_at),
        case.title,
        case.locale,
        case.get_state_display(),
        case.handled_by.get_full_name() if case.handled_by else "",
        _moment(case.answered_at) if case.answered_at else "",
        case.answer,
        case.delete_after.isoformat(),
        *(by_id.get(column, "") for column in columns),
    ]


def _moment(value: Any) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
