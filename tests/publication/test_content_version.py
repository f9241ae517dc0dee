"""The content version changes with whatever may change a public answer, and with nothing else."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Site

from cms.opendata.models import Conversion
from cms.oversight.models import LinkCheck
from cms.publication.content_version import content_version
from cms.publication.content_version_triggers import public_tables, watch_public_tables
from cms.publication.horizon import horizon
from cms.publication.models import PinnedFile, Publication, PublicSettings
from tests.office import Office
from tests.publication.withdrawing import withdraw


def changed_by(act: Callable[[], Any]) -> bool:
    """Whether an act gives a new version."""
    before = content_version()
    act()
    return content_version() != before


def pinned(letter: str = "a") -> PinnedFile:
    return PinnedFile.objects.create(
        sha256=letter * 64, filename="a.csv", content_type="text/csv", size=1
    )


def test_publication_gives_a_new_version(open_office: Office):
    page = open_office.edit(open_office.news, title="ข่าวสาร")

    assert changed_by(lambda: open_office.show(page))


def test_draft_gives_none(open_office: Office):
    assert not changed_by(lambda: open_office.edit(open_office.news, title="ข่าวสาร"))


def test_withdrawal_gives_a_new_version(open_office: Office):
    page = open_office.show(open_office.draft())

    assert changed_by(lambda: withdraw(open_office, page))


def test_what_is_written_past_the_application_gives_a_new_version(open_office: Office):
    row = Publication.objects.effective().latest("sequence")
    sql = "UPDATE publication_publication SET effective_until = effective_from WHERE id = %s"

    assert changed_by(lambda: connection.cursor().execute(sql, [row.pk]))


def test_setting_of_the_office_gives_a_new_version(db):
    def show() -> None:
        site = Site.objects.get(is_default_site=True)
        PublicSettings.objects.update_or_create(site=site, defaults={"show_signer_names": True})

    assert changed_by(show)


def test_result_of_a_conversion_gives_a_new_version(db):
    conversion = Conversion.objects.create(source=pinned(), kind="table", target="json")
    mine = Conversion.objects.filter(pk=conversion.pk)

    assert changed_by(lambda: mine.update(state=Conversion.State.DONE))


def test_sign_of_life_of_a_conversion_gives_none(db):
    conversion = Conversion.objects.create(source=pinned(), kind="table", target="json")
    mine = Conversion.objects.filter(pk=conversion.pk)

    assert not changed_by(lambda: mine.update(heartbeat_at=timezone.now(), rows_done=5))


def test_link_check_gives_a_new_version(db):
    check = LinkCheck.objects.create(url="https://example.go.th/")

    assert changed_by(lambda: check.note("ok", 200, "", timezone.now()))


def test_rolled_back_act_leaves_the_version_and_its_own_never_comes_back(db):
    before = content_version()
    with transaction.atomic():
        pinned("b")
        inside = content_version()
        transaction.set_rollback(True)
    after_rollback = content_version()
    pinned("c")

    assert after_rollback == before
    assert len({before, inside, content_version()}) == 3


def test_watching_twice_is_as_watching_once(db):
    watch_public_tables()

    assert changed_by(lambda: pinned("d"))


@pytest.mark.parametrize("table", sorted(public_tables()))
def test_every_public_table_exists(db, table: str):
    assert table in connection.introspection.table_names()


def test_horizon_is_the_next_beginning_or_end(open_office: Office):
    soon = timezone.now().replace(microsecond=0) + datetime.timedelta(seconds=30)
    later = soon + datetime.timedelta(seconds=20)
    open_office.show(open_office.draft(go_live_at=soon, expire_at=later))

    found = horizon()

    assert (found.changes_at, found.hides_at) == (soon, later)


def test_horizon_is_midnight_of_the_office_at_the_latest(open_office: Office):
    found = horizon()

    local = timezone.localtime(found.changes_at)
    assert (local.hour, local.minute) == (0, 0)
    assert timezone.now() < found.changes_at <= timezone.now() + datetime.timedelta(days=1)
    assert found.hides_at is None
