"""Every attack of the table is refused, and leaves the record and the chains as they were."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.test import TestCase
from wagtail.actions.publish_revision import PublishPermissionError

from cms.publication.verify import verify_publications
from tests.attacks import publishing, signing  # noqa: F401  (they fill the table)
from tests.attacks.stage import EVIDENCE, RUNS, SECRET, Stage, public_words, state_of
from tests.attacks.table import ATTACKS, Attack, Refusal
from tests.office import Office

REFUSED = (PermissionDenied, PublishPermissionError, DatabaseError, ProtectedError)


@pytest.mark.parametrize("attack", [pytest.param(one, id=one.name) for one in ATTACKS])
def test_attack_is_refused(open_office: Office, attack: Attack):
    act = attack.prepare(Stage(open_office))
    # A row that was deleted takes its runs along; the signatures stay.
    tables = EVIDENCE if attack.refusal == Refusal.IN_VAIN else (*EVIDENCE, *RUNS)
    before, words = state_of(*tables), public_words()

    answer, refused = None, False
    try:
        with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
            answer = act()
    except REFUSED:
        refused = True

    assert refused == (attack.refusal == Refusal.RAISED)
    if attack.refusal == Refusal.ANSWERED:
        assert SECRET not in answer.content.decode() or answer.wsgi_request.user.is_authenticated
    assert state_of(*tables) == before
    assert public_words() == words
    for _record in verify_publications():
        pass


def test_the_table_is_long_enough():
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 60
