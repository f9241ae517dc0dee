"""What a form asks, read from the publication that stands in public, never from a page row."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.engagement.channels import Channel
from cms.publication.models import Publication
from cms.thai.dates import format_date

DEFAULT_RETENTION_DAYS = 365
TEXT_KINDS = ("single_line_field", "multi_line_field")
CHOICE_KINDS = ("checkboxes_field", "dropdown_field", "radio_field")
FILE_KIND = "file_field"
KINDS = (
    *TEXT_KINDS,
    *CHOICE_KINDS,
    "email_field",
    "telephone_field",
    "number_field",
    "date_field",
    "checkbox_field",
    FILE_KIND,
)
_DESK_CHANNELS = (Channel.QUESTION, Channel.COMPLAINT, Channel.CORRUPTION)


@dataclass(frozen=True)
class FormField:
    """One thing that a form asks: an id that stays, a kind, and what the citizen reads."""

    id: str
    kind: str
    label: str
    help_text: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Definition:
    """A form as it is public in one language, with the notice under the PDPA.

    Days are inclusive; `content_hash` names the publication that says all this.
    """

    channel: Channel
    subject: str
    locale: str
    title: str
    content_hash: str
    fields: tuple[FormField, ...]
    purpose: str = ""
    legal_basis: str = ""
    recipients: str = ""
    retention_days: int = DEFAULT_RETENTION_DAYS
    needs_consent: bool = False
    accepts_from: datetime.date | None = None
    accepts_until: datetime.date | None = None
    thank_you: str = ""
    allows_anonymous: bool = False

    def closed_reason(self) -> str:
        """Why nothing can be sent today, in the citizen's language; empty where it can."""
        today = timezone.localdate()
        if not self.fields:
            return _("This form asks nothing yet.")
        if self.accepts_from and today < self.accepts_from:
            return _("This form opens on %(date)s.") % {"date": _shown(self.accepts_from)}
        if self.accepts_until and today > self.accepts_until:
            return _("This form was open until %(date)s.") % {"date": _shown(self.accepts_until)}
        return ""


def current_definition(subject: str, locale: str) -> Definition | None:
    """The form that a subject is in public now; None where it is none, or not public."""
    try:
        key = uuid.UUID(str(subject))
    except ValueError:
        return None
    found = Publication.objects.effective().filter(subject=key, locale=locale)
    return definition_of(publication) if (publication := found.first()) else None


def seen_definition(subject: Any, locale: str, content_hash: str) -> Definition | None:
    """The form as somebody saw it when they sent it, whatever is public today."""
    found = Publication.objects.filter(subject=subject, locale=locale, content_hash=content_hash)
    publication = found.filter(kind=Publication.Kind.PUBLICATION).first()
    return definition_of(publication) if publication else None


def definition_of(publication: Publication) -> Definition | None:
    """The form that a publication holds; None where its page is no form."""
    data = publication.data
    fields = data["fields"]
    channel = _channel(data["type"], fields)
    if channel is None:
        return None
    return Definition(
        channel=channel,
        subject=data["subject"],
        locale=data["locale"],
        title=data["title"],
        content_hash=publication.content_hash,
        fields=tuple(_form_fields(fields.get("form_fields") or [])),
        purpose=fields.get("purpose") or "",
        legal_basis=fields.get("legal_basis") or "",
        recipients=fields.get("recipients") or "",
        retention_days=fields.get("retention_days") or DEFAULT_RETENTION_DAYS,
        needs_consent=bool(fields.get("needs_consent")),
        accepts_from=_day(fields.get("accepts_from")),
        accepts_until=_day(fields.get("accepts_until")),
        thank_you=fields.get("thank_you") or "",
        # Whoever reports corruption is protected, whatever an editor ticked.
        allows_anonymous=channel == Channel.CORRUPTION or bool(fields.get("allow_anonymous")),
    )


def _channel(page_type: str, fields: dict[str, Any]) -> Channel | None:
    if page_type == "FormPage":
        return Channel.FORM
    if page_type == "ConsultationPage":
        return Channel.OPINION
    if page_type == "DeskPage" and fields.get("channel") in _DESK_CHANNELS:
        return Channel(fields["channel"])
    return None


def _form_fields(blocks: list[dict[str, Any]]) -> list[FormField]:
    return [
        FormField(
            id=block["id"],
            kind=block["type"],
            label=block["value"]["label"],
            help_text=block["value"].get("help_text") or "",
            required=bool(block["value"].get("required")),
            choices=tuple(block["value"].get("choices") or ()),
        )
        for block in blocks
        if block["type"] in KINDS
    ]


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _shown(day: datetime.date) -> str:
    return format_date(day, get_language() or "th")
