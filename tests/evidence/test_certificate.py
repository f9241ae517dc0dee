"""The certificate of publication never says more than the record does."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from cms.evidence.certificate import certificate_pdf, certified, period_of_days
from cms.evidence.continuity import Continuity, Span, continuity
from cms.publication.models import Publication
from cms.publication.verify import RecordBroken
from tests.evidence.papers import codes_in, is_tagged, text_of
from tests.office import Office
from tests.publication.tampering import overwrite
from tests.publication.withdrawing import latest, withdraw
from tests.website.reading import published

HOUR = datetime.timedelta(hours=1)


def lived(item, start: datetime.datetime | None = None) -> Continuity:
    """What the record says of an item from its first moment (or `start`) to now."""
    address = latest(item).address
    first = Publication.objects.filter(address=address).earliest("sequence")
    return continuity(address, Span(start or first.effective_from, timezone.now()))


def test_one_version_is_without_interruption(open_office: Office):
    found = lived(published(open_office))

    assert (found.is_uninterrupted, found.changes, len(found.versions)) == (True, 0, 1)


def test_new_version_does_not_interrupt(open_office: Office):
    page = published(open_office)
    page = open_office.show(open_office.edit(page, title="ฉบับแก้ไข"))

    found = lived(page)
    assert (found.is_uninterrupted, found.changes, len(found.versions)) == (True, 1, 2)


def test_same_content_signed_again_is_no_change(open_office: Office):
    page = published(open_office)
    page = open_office.show(open_office.fresh(page))

    assert (lived(page).changes, len(lived(page).versions)) == (0, 2)


def test_withdrawal_is_a_gap_until_the_next_publication(open_office: Office):
    page = published(open_office)
    withdraw(open_office, page)
    page = open_office.show(open_office.fresh(page))

    found = lived(page)
    assert not found.is_uninterrupted
    assert len(found.gaps) == len(found.withdrawals) == 1
    assert found.gaps[0].start == found.withdrawals[0].effective_from
    assert found.gaps[0].end == latest(page).effective_from


def test_time_before_the_first_publication_is_a_gap(open_office: Office):
    page = published(open_office)
    start = latest(page).effective_from - HOUR

    assert lived(page, start).gaps == [Span(start, latest(page).effective_from)]


def test_end_of_the_time_window_begins_a_gap(open_office: Office):
    page = published(open_office, expire_at=timezone.now() + HOUR)
    row = latest(page)

    found = continuity(row.address, Span(row.effective_from, row.effective_until + HOUR))
    assert found.gaps == [Span(row.effective_until, row.effective_until + HOUR)]


def test_scheduled_version_is_not_counted(open_office: Office):
    page = published(open_office)
    page = open_office.show(open_office.edit(page, go_live_at=timezone.now() + HOUR))

    assert len(lived(page).versions) == 1


def test_future_cannot_be_certified():
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    with pytest.raises(ValidationError):
        period_of_days(timezone.localdate(), tomorrow)


def test_days_in_the_wrong_order_are_refused():
    today = timezone.localdate()
    with pytest.raises(ValidationError):
        period_of_days(today, today - datetime.timedelta(days=1))


def test_today_ends_now():
    today = timezone.localdate()

    assert period_of_days(today, today).end <= timezone.now()


def test_period_without_any_publication_is_refused(open_office: Office):
    row = latest(published(open_office))
    period = Span(row.effective_from - 2 * HOUR, row.effective_from - HOUR)

    with pytest.raises(ValidationError):
        certified(row.address, period)


@pytest.mark.parametrize(
    "columns", [{"effective_until": None}, {"snapshot": "{}"}, {"title": "อื่น"}]
)
def test_changed_record_certifies_nothing(open_office: Office, columns: dict):
    page = published(open_office)
    old = latest(page)
    page = open_office.show(open_office.edit(page, title="ใหม่"))
    overwrite(old, **columns)

    with pytest.raises(RecordBroken):
        lived(page)


def test_certificate_states_hashes_and_leads_to_the_proof(open_office: Office):
    page = published(open_office, title="ประกาศประกวดราคา")
    officer = open_office.administrator.user
    content = certificate_pdf(lived(page), officer, "th")

    text = text_of(content)
    content_hash = latest(page).content_hash
    assert content_hash in text.replace(" ", "")
    assert officer.get_full_name() in text
    assert "ประกาศประกวดราคา" in text
    assert codes_in(content)[0].endswith(f"/th/verify/{content_hash}/")
    assert is_tagged(content)


def test_certificate_claims_continuity_only_where_there_are_no_gaps(open_office: Office):
    page = published(open_office)
    officer = open_office.administrator.user
    claim = "was public without interruption"
    with override("en"):
        whole = text_of(certificate_pdf(lived(page), officer, "en"))
        start = latest(page).effective_from - HOUR
        broken = text_of(certificate_pdf(lived(page, start), officer, "en"))

    assert claim in whole
    assert claim not in broken
    assert "but not without interruption" in broken
    assert "times at which the web site could not be reached are not in the record" in whole
