"""Alerts take a path of two signatures: their proofs follow it without knowing of it."""

from pathlib import Path

from cms.evidence.request_form import form_of_draft, form_of_publication
from cms.signoff.roles import QUICK_PATH
from tests.alerts.alerting import draft, message_of, released
from tests.api.test_verification import verification
from tests.evidence.papers import form_of as printed_form_of
from tests.evidence.papers import text_of
from tests.evidence.sealed import archive_of, check, office_key
from tests.office import Office


def test_form_has_the_two_places_of_the_quick_path(open_office: Office):
    assert [block.role for block in form_of_draft(draft(open_office)).blocks] == QUICK_PATH

    message = message_of(released(open_office))
    form = form_of_publication(message)
    assert form.is_signed
    text = text_of(printed_form_of(released(open_office)))
    assert form.blocks[1].signature.full_name in text


def test_sealed_history_of_an_alert_holds(open_office: Office, tmp_path: Path):
    message = message_of(released(open_office))

    result = check(tmp_path, archive_of(message), *office_key())
    assert result.returncode == 0, result.stdout + result.stderr


def test_alert_is_verified_by_its_hash(open_office: Office):
    message = message_of(released(open_office))

    found = verification(message.content_hash)
    assert found["state"] == "PUBLIC"
    assert [step["role"] for step in found["periods"][0]["signOff"]] == [
        role.name for role in QUICK_PATH
    ]
