"""Withdrawals as the two signers carry them out."""

from typing import Any

from cms.demonstration.clerk import Clerk
from cms.publication.models import Publication, Withdrawal
from cms.publication.withdraw import (
    PURPOSE,
    confirm_withdrawal,
    request_withdrawal,
    withdrawal_hash,
)
from cms.signoff.signing import issue_token
from tests.office import Office

REASON = "ข้อมูลคลาดเคลื่อน"


def latest(item: Any) -> Publication:
    """The newest record of an item in its language."""
    locale = item.locale.language_code
    return Publication.objects.filter(subject=item.translation_key, locale=locale).first()


def withdrawal_token(
    clerk: Clerk, publication: Publication, reason: str = REASON, ground: str = ""
) -> str:
    """What the dialog gives to a clerk who typed the right password."""
    words = {
        "full_name": clerk.user.get_full_name(),
        "position": clerk.user.position,
        "checklist": [],
        "comment": "",
    }
    content_hash = withdrawal_hash(publication, reason, ground)
    return issue_token(clerk.user, [PURPOSE, publication.pk], content_hash, words)


def ask(clerk: Clerk, publication: Publication, reason: str = REASON) -> Withdrawal:
    """The first signature."""
    token = withdrawal_token(clerk, publication, reason)
    return request_withdrawal(publication, reason, clerk.user, token)


def confirm(clerk: Clerk, withdrawal: Withdrawal) -> Publication:
    """The second signature."""
    token = withdrawal_token(clerk, withdrawal.publication, withdrawal.reason)
    return confirm_withdrawal(withdrawal, clerk.user, token)


def withdraw(office: Office, item: Any) -> Publication:
    """Withdraws the newest publication of an item and returns the note that stays."""
    return confirm(office.publisher, ask(office.approver, latest(item)))
