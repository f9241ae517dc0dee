"""A submission as one file, in the columns in which it is entered: XLSX or CSV, in Thai."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.assessors.click_paths import words
from cms.assessors.models import Answer, Submission
from cms.assessors.permissions import VIEW, check
from cms.thai.spreadsheets import write_table

LANGUAGE = "th"  # it is entered into a Thai system


def export_submission(row: Submission, user: Any, file_format: str) -> bytes:
    """One line for each item: code, name, answer, addresses one below the other, explanation.

    Cells cannot act as formulas (`cms.thai.spreadsheets`). Raises `PermissionDenied`.
    """
    check(user, VIEW)
    with override(LANGUAGE):
        labels = dict(_answer_words())
        lines = [
            [
                item["code"],
                item["titles"]["th"],
                labels[item["answer"]],
                "\n".join(one["url"] for one in item["addresses"]),
                explanation(item),
            ]
            for item in row.data["items"]
        ]
        return write_table([_headings(), *lines], file_format)


def explanation(item: dict[str, Any]) -> str:
    """What was written, then the numbered ways from the front page to each address."""
    several = len(item["addresses"]) > 1
    ways = [
        f"{number}. {words(one['clickPath'])}" if several else words(one["clickPath"])
        for number, one in enumerate(item["addresses"], start=1)
        if one.get("clickPath")
    ]
    return "\n".join(filter(None, [item["explanations"]["th"], *ways]))


def _answer_words() -> list[tuple[str, str]]:
    """As the system of the assessors has them."""
    return [(Answer.Value.YES.value, "มี"), (Answer.Value.NO.value, "ไม่มี")]


def _headings() -> list[str]:
    return [
        _("code"),
        _("item"),
        _("answer"),
        _("addresses, in this order"),
        _("further explanation"),
    ]
