"""The templates of alerts, and one alert of the past: issued, released, over, reviewed."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from cms.alerts.issuing import create_draft, latest_message
from cms.alerts.reviews import Outcome, review, review_token, words_of
from cms.demonstration import content
from cms.demonstration.staff import Staff
from pages.models import AlertTemplate

FILE = "alerts.toml"
# The record takes nothing that is over already: the example ends while the rest is loaded.
_IN_FORCE = datetime.timedelta(seconds=40)


def load_alerts(staff: Staff) -> Iterator[str]:
    """Loads them, yielding the name of each."""
    data = content.read(FILE)
    templates = {}
    for order, entry in enumerate(data["template"]):
        template = AlertTemplate(sort_order=order, **entry)
        template.full_clean()
        template.save()
        templates[template.name] = template
        yield template.name
    example = data["example"]
    reporter, approver, executive = (
        staff.clerks[role] for role in ("reporter", "approver", "executive")
    )
    alert = create_draft(
        templates[example["template"]],
        example["values"],
        reporter.user,
        is_exercise=True,
        expire_at=timezone.now() + _IN_FORCE,
    )
    reporter.submit(alert)
    reporter.sign(alert)
    approver.sign(alert)
    message, user = latest_message(alert), executive.user
    if message is None:
        raise RuntimeError("The example of an alert was not published.")
    words = words_of(user.get_full_name(), user.position, Outcome.PROPER, example["findings"])
    review(message, user, review_token(message, user, words))
    yield alert.title


def alert_count() -> int:
    """How many names `load_alerts` yields."""
    return len(content.read(FILE)["template"]) + 1
