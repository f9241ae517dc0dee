"""An emergency in the office of the tests: a template, a draft of it, and both signatures."""

import datetime
from typing import Any

from django.utils import timezone

from cms.alerts.issuing import create_draft
from cms.alerts.reviews import Outcome, review, review_token, words_of
from cms.publication.models import Publication
from pages.models import Alert, AlertTemplate
from tests.office import Office

BLANKS = {"สถานที่": "บ้านหนองปลา หมู่ 3", "place": "Ban Nong Pla, Village 3", "เวลา": "14.30"}


def template(**fields: Any) -> AlertTemplate:
    """A flood, with a blank that both languages share and one that they do not."""
    values = {
        "name": "น้ำท่วม",
        "title": "น้ำท่วมฉับพลันที่{สถานที่}",
        "headline_en": "Flash flood at {place}",
        "event": "น้ำท่วมฉับพลัน",
        "event_en": "Flash flood",
        "description": "น้ำเริ่มล้นตลิ่งเวลา {เวลา} น.",
        "description_en": "The river left its banks at {เวลา}.",
        "instruction": "ยกของขึ้นที่สูง และไปศูนย์พักพิง",
        "instruction_en": "Move to higher ground and go to the shelter.",
        "area": "{สถานที่}",
        "area_en": "{place}",
        "category": "met",
        "severity": "severe",
        "urgency": "immediate",
        "certainty": "observed",
        "response_type": "evacuate",
        "contact": "02-000-0000",
        "valid_hours": 12,
        **fields,
    }
    return AlertTemplate.objects.create(**values)


def draft(office: Office, **changes: Any) -> Alert:
    """What the reporter made of the template."""
    return create_draft(template(), BLANKS, office.reporter.user, **changes)


def released(office: Office, alert: Alert | None = None, **changes: Any) -> Alert:
    """An alert that the reporter issued and the approver released."""
    alert = alert or draft(office, **changes)
    office.reporter.submit(alert)
    office.reporter.sign(alert)
    office.approver.sign(alert)
    return Alert.objects.get(pk=alert.pk)


def changed(office: Office, alert: Alert, **changes: Any) -> Alert:
    """The same alert with a further message that both signed."""
    return released(office, office.edit(alert, **changes))


def message_of(alert: Alert) -> Publication:
    """The latest public message of an alert."""
    rows = Publication.objects.filter(subject=alert.translation_key, kind="publication")
    return rows.select_related("address").latest("sequence")


def reviewed(
    office: Office, message: Publication, outcome: Outcome = Outcome.PROPER, user: Any = None
) -> Any:
    """The signed review of the executive, or of `user`."""
    user = user or office.executive.user
    words = words_of(user.get_full_name(), user.position, outcome, "ถูกต้องและทันเวลา")
    return review(message, user, review_token(message, user, words))


def hours(count: float) -> datetime.datetime:
    """So many hours from now."""
    return timezone.now() + datetime.timedelta(hours=count)
