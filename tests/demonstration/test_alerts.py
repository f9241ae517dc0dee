"""The demonstration's alerts: templates to choose from, and an example that alarms nobody."""

from cms.alerts.reviews import to_review
from cms.demonstration import content
from cms.demonstration.alerts import FILE, alert_count, load_alerts
from cms.publication.models import Publication
from pages.models import AlertTemplate
from tests.office import Office


class Staff:
    """The clerks of the office of the tests."""

    def __init__(self, office: Office) -> None:
        self.clerks = {
            role: getattr(office, role) for role in ("reporter", "approver", "executive")
        }


def test_templates_and_a_reviewed_exercise_are_loaded(open_office: Office):
    names = list(load_alerts(Staff(open_office)))  # type: ignore[arg-type]

    assert len(names) == alert_count()
    assert AlertTemplate.objects.count() == 3
    message = Publication.objects.get(type="Alert")
    assert message.data["fields"]["is_exercise"] is True
    assert not to_review().exists()


def test_example_fills_every_blank_of_its_template(db):
    data = content.read(FILE)
    entry = next(t for t in data["template"] if t["name"] == data["example"]["template"])

    assert set(AlertTemplate(**entry).blanks) == set(data["example"]["values"])
