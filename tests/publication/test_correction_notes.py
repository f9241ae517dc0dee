"""The note of a correction belongs to one publication."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.office import Office
from tests.publication.withdrawing import latest, withdraw
from tests.website.reading import in_english

NOTE = "แก้วันปิดรับสมัคร"


def test_correction_carries_its_note(open_office: Office):
    page = open_office.publish(open_office.draft())

    page = open_office.publish(open_office.edit(page, title="แก้แล้ว", correction_note=NOTE))

    assert latest(page).data["fields"]["correction_note"] == NOTE


def test_note_is_refused_where_nothing_was_public(open_office: Office):
    page = open_office.draft(correction_note=NOTE)

    with pytest.raises(PermissionDenied):
        open_office.publish(page)


def test_note_of_the_version_before_is_refused_at_the_first_signature(open_office: Office):
    page = open_office.publish(open_office.draft())
    page = open_office.publish(open_office.edit(page, title="หนึ่ง", correction_note=NOTE))
    page = open_office.edit(page, title="สอง")
    open_office.reporter.submit(page)

    with pytest.raises(PermissionDenied):
        open_office.reporter.sign(page)


def test_emptied_note_is_signed(open_office: Office):
    page = open_office.publish(open_office.draft())
    page = open_office.publish(open_office.edit(page, title="หนึ่ง", correction_note=NOTE))

    page = open_office.publish(open_office.edit(page, title="สอง", correction_note=""))

    assert latest(page).title == "สอง"


def test_first_translation_may_carry_the_note_of_the_thai_correction(open_office: Office):
    page = open_office.publish(open_office.draft())
    page = open_office.publish(open_office.edit(page, title="แก้แล้ว", correction_note=NOTE))

    english = in_english(open_office, page, "Title")

    assert latest(english).locale == "en"


def test_note_is_refused_after_a_withdrawal(open_office: Office):
    page = open_office.publish(open_office.draft())
    withdraw(open_office, page)

    with pytest.raises(PermissionDenied):
        open_office.publish(open_office.edit(page, title="ใหม่", correction_note=NOTE))
