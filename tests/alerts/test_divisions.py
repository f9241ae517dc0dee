"""Emergencies do not wait for the right division; who acts for the executive reviews them."""

from cms.alerts.issuing import create_draft
from cms.alerts.overdue import reviewers_of
from cms.alerts.reviews import Outcome, may_review, review, review_token, words_of
from cms.publication.models import Publication
from tests.alerts.alerting import BLANKS, message_of, released, template
from tests.divided import Divisions


def test_member_of_a_division_issues_an_alert_for_all(divisions: Divisions):
    alert = create_draft(template(), BLANKS, divisions.finance_reporter.user)

    divisions.finance_reporter.submit(alert)
    divisions.finance_reporter.sign(alert)
    divisions.office.approver.sign(alert)

    assert Publication.objects.effective().filter(subject=alert.translation_key).exists()


def test_acting_executive_reviews_in_that_capacity(divisions: Divisions):
    message = message_of(released(divisions.office))
    user = divisions.works_head.user
    assert not may_review(message, user)
    divisions.office.appoint(divisions.works_head, None, post_title="นายก")

    assert may_review(message, user)
    assert user in reviewers_of(message)
    words = words_of(user.get_full_name(), user.position, Outcome.PROPER, "ถูกต้อง")
    signature = review(message, user, review_token(message, user, words))

    assert "นายก" in signature.capacity
