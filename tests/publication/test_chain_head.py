"""A tail that was deleted is noticed by a head that was mailed before."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cms.evidence.verification import run_verification
from cms.mail.models import OutgoingMail
from cms.publication.chain_head import CHAINS, Head, heads, mail_chain_head
from cms.publication.models import Publication
from cms.signoff.models import Signature
from tests.office import Office
from tests.publication.tampering import overwrite, remove

OUTSIDE = ["a@example.org", "b@example.org"]


@pytest.fixture
def told(open_office: Office, settings: Any) -> list[str]:
    """What stands in the mail of an evening."""
    settings.CHAIN_HEAD_TO = OUTSIDE
    open_office.show(open_office.draft())
    mail_chain_head()
    body = OutgoingMail.objects.order_by("pk").first().body  # type: ignore[union-attr]
    return [
        line
        for line in body.splitlines()
        if line.startswith(tuple(f"{chain}:" for chain in CHAINS))
    ]


def cut_off() -> None:
    """Deletes the newest publication, tidily: with the address at which nothing else stood."""
    last = Publication.objects.latest("sequence")
    remove(last)
    last.address.delete()


def verify(expected: list[str]) -> None:
    call_command("verify_publications", expect=expected)


def test_each_address_outside_is_told(told: list[str]):
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == OUTSIDE
    assert told == [str(head) for head in heads()]
    assert len(told) == len(CHAINS) == 4


def test_nobody_is_told_where_no_address_is_set(open_office: Office):
    mail_chain_head()

    assert not OutgoingMail.objects.exists()


def test_longer_chain_still_holds_the_head(told: list[str], open_office: Office):
    open_office.show(open_office.draft())

    verify(told)


def test_deleted_tail_verifies_by_itself_and_is_noticed_by_the_head(told: list[str]):
    cut_off()

    verify([])
    with pytest.raises(CommandError, match="missing"):
        verify(told)


def test_deleted_signatures_are_noticed(told: list[str], open_office: Office):
    open_office.reporter.submit(page := open_office.draft())
    open_office.reporter.sign(page)
    later = [str(head) for head in heads()]
    remove(Signature.objects.latest("sequence"))

    verify(told)
    with pytest.raises(CommandError, match="missing"):
        verify(later)


def test_tail_that_was_written_anew_is_noticed(told: list[str], open_office: Office):
    cut_off()
    open_office.show(open_office.draft())

    with pytest.raises(CommandError, match="another"):
        verify(told)


def test_empty_chains_have_heads_too(closed_office: Office):
    verify([str(head) for head in heads()])

    assert [head.sequence for head in heads()] == [0] * len(CHAINS)


@pytest.mark.parametrize("text", ["", "publications:1", "people:1:" + "0" * 64, "signatures:1:0"])
def test_what_is_no_head_is_refused(db: Any, text: str):
    with pytest.raises(CommandError, match="Not a head"):
        verify([text])
    with pytest.raises(ValueError):
        Head.read(text)


def test_broken_record_alarms_every_administrator_at_night(
    open_office: Office, caplog: pytest.LogCaptureFixture
):
    user = open_office.administrator.user
    user.email = "admin@office.example"
    user.save()
    run_verification()
    assert not OutgoingMail.objects.exists()

    overwrite(Publication.objects.latest("sequence"), title="อื่น")
    run_verification()

    assert OutgoingMail.objects.get().to == "admin@office.example"
    assert "does not hold" in caplog.text
