"""Each type of page with a form, signed as in the office, takes what citizens send."""

import json
from typing import Any

import pytest

from cms.engagement.definition import KINDS, current_definition
from cms.engagement.guard import issue_token
from cms.engagement.models import Case
from cms.engagement.reception import receive
from pages.form_fields import FormFieldsBlock
from pages.models import DeskPage
from tests.engagement.standing import CLIENT, EXTRA, NOTICE, TYPES, WORDS, asks
from tests.office import Office


def test_every_kind_of_field_that_editors_have_is_understood():
    assert set(FormFieldsBlock().child_blocks) - {"form_section"} == set(KINDS)


@pytest.mark.parametrize("channel", ["form", "corruption", "opinion"])
def test_signed_form_takes_what_citizens_send(open_office: Office, channel: str, travel: Any):
    choice = asks("radio_field", "เลือก", choices=["ก", "ข"], required=True)
    fields = {
        **NOTICE,
        **EXTRA.get(channel, {"channel": channel}),
        "form_fields": json.dumps([WORDS, choice]),
    }
    page = open_office.page(open_office.news, TYPES.get(channel, DeskPage), **fields)
    assert current_definition(str(page.translation_key), "th") is None

    open_office.show(page)
    definition = current_definition(str(page.translation_key), "th")
    typed = {"token": issue_token(definition), WORDS["id"]: "ข้อความ", choice["id"]: "ข"}
    travel(seconds=5)
    sent = receive(definition.subject, "th", typed, {}, CLIENT)

    case = Case.objects.get(reference=sent.reference)
    assert case.channel == channel
    assert [answer["value"] for answer in case.answers] == ["ข้อความ", "ข"]
    assert definition.fields[1].choices == ("ก", "ข")
    assert definition.retention_days == 90
