"""Rules of the office's desks."""

import json

import pytest
from django.core.exceptions import ValidationError

from pages.models import DeskPage
from tests.engagement.standing import EXPLAINED, NOTICE, asks
from tests.office import Office


def desk(office: Office, channel: str, **fields: object) -> DeskPage:
    """A draft desk."""
    given = {"form_fields": json.dumps([asks("multi_line_field")]), **NOTICE, "channel": channel}
    return office.page(office.news, DeskPage, **{**given, **fields})


@pytest.mark.parametrize("channel", ["complaint", "corruption"])
def test_desk_for_complaints_says_how_it_works(open_office: Office, channel: str):
    with pytest.raises(ValidationError) as refused:
        desk(open_office, channel).clean_for_signing()
    assert set(refused.value.message_dict) == {"body", "steps"}

    desk(open_office, channel, **EXPLAINED).clean_for_signing()


def test_desk_for_questions_may_leave_its_steps_out(open_office: Office):
    desk(open_office, "question").clean_for_signing()


@pytest.mark.parametrize(
    ("channel", "allow_anonymous"), [("corruption", False), ("question", True)]
)
def test_nobody_must_say_who_they_are_where_no_name_is_needed(
    open_office: Office, channel: str, allow_anonymous: bool
):
    who = asks("single_line_field", "ชื่อ", required=True, autofill="name")
    page = desk(
        open_office,
        channel,
        allow_anonymous=allow_anonymous,
        form_fields=json.dumps([who]),
        **EXPLAINED,
    )

    with pytest.raises(ValidationError) as refused:
        page.clean_for_signing()
    assert set(refused.value.message_dict) == {"form_fields"}
