"""What a sender can ask afterwards: a copy of what was sent, and how far the office is."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.engagement import guard
from cms.engagement.answers import Fact, facts
from cms.engagement.cases import Case
from cms.engagement.channels import State
from cms.engagement.definition import Definition, seen_definition
from cms.engagement.references import normal_reference


@dataclass(frozen=True)
class Status:
    """How far a case is: no content, no name. `state` is a value of `State`."""

    reference: str
    state: str
    state_label: str  # in the language of the request
    received_at: datetime.datetime
    answered_at: datetime.datetime | None
    answer: str  # the office's words to the sender, or empty


@dataclass(frozen=True)
class CaseCopy:
    """The sender's copy: what was sent, and the notice that the sender saw."""

    reference: str
    office: str
    title: str
    locale: str
    received_at: datetime.datetime
    facts: tuple[Fact, ...]
    notice: tuple[Fact, ...]
    thank_you: str = ""  # what happens next, as the form said it

    def as_json(self) -> dict[str, Any]:
        """What front ends show of it."""
        return {
            "reference": self.reference,
            "office": self.office,
            "title": self.title,
            "locale": self.locale,
            "receivedAt": self.received_at,
            "facts": [fact._asdict() for fact in self.facts],
            "notice": [fact._asdict() for fact in self.notice],
            "thankYou": self.thank_you,
        }


@dataclass(frozen=True)
class Unknown:
    """There is no answer; `message` says why, in the language of the request."""

    message: str
    is_limit: bool = False  # too many questions, rather than a wrong one


def status(reference: str, client: str) -> Status | Unknown:
    """Where a case is, for whoever holds its reference number, however it was typed.

    `client` names who asks, for the limit that keeps numbers from being tried out.
    """
    if not guard.has_room("lookup", client):
        return Unknown(_("Too many numbers were tried. Please try again in an hour."), True)
    guard.count_act("lookup", client)
    case = Case.objects.filter(reference=normal_reference(reference) or None).first()
    if case is None:
        return Unknown(_("There is no case with this reference number. Please check it."))
    return Status(
        reference=case.reference,
        state=case.state,
        state_label=str(State(case.state).label),
        received_at=case.received_at,
        answered_at=case.answered_at,
        answer=case.answer,
    )


def receipt(token: str) -> CaseCopy | None:
    """The sender's copy, in the language of the form; None where the token is not one."""
    case = Case.objects.filter(receipt_token=token).first()
    if case is None:
        return None
    english = case.locale == "en"
    seen = seen_definition(case.subject, case.locale, case.content_hash)
    return CaseCopy(
        reference=case.reference,
        office=settings.SITE_NAME_EN if english else settings.SITE_NAME_TH,
        title=case.title,
        locale=case.locale,
        received_at=case.received_at,
        facts=tuple(facts(case.answers, case.locale)),
        notice=tuple(_notice(case, seen)) if seen else (),
        thank_you=seen.thank_you if seen else "",
    )


def _notice(case: Case, seen: Definition) -> list[Fact]:
    """What the sender was told about personal data (PDPA, section 23)."""
    with override(case.locale):
        texts = [
            Fact(_("Purpose"), seen.purpose),
            Fact(_("Legal basis"), seen.legal_basis),
            Fact(_("Who receives the data"), seen.recipients),
            Fact(_("Kept for"), _("%(days)d days") % {"days": seen.retention_days}),
        ]
        if seen.needs_consent:
            texts.append(Fact(_("Consent"), _("given") if case.has_consented else _("not given")))
    return [text for text in texts if text.value]
