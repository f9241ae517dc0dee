"""Sections that change places: the public tree never holds a circle."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils.translation import override

from tests.office import Office
from tests.publication.withdrawing import latest


def test_no_item_stands_below_itself(open_office: Office):
    outer = open_office.publish(open_office.section(open_office.home, title="นอก", slug="outer"))
    inner = open_office.publish(open_office.section(outer, title="ใน", slug="inner"))
    inner.move(open_office.fresh(open_office.home), pos="last-child")
    open_office.fresh(outer).move(open_office.fresh(inner), pos="last-child")

    with pytest.raises(PermissionDenied, match="below itself"), override("en"):
        open_office.publish(open_office.fresh(outer))

    assert [latest(item).address.path for item in (outer, inner)] == ["/outer/", "/outer/inner/"]


def test_two_sections_change_places_from_the_outside_in(open_office: Office):
    outer = open_office.publish(open_office.section(open_office.home, title="นอก", slug="outer"))
    inner = open_office.publish(open_office.section(outer, title="ใน", slug="inner"))
    inner.move(open_office.fresh(open_office.home), pos="last-child")
    open_office.fresh(outer).move(open_office.fresh(inner), pos="last-child")

    open_office.publish(open_office.fresh(inner))
    open_office.publish(open_office.fresh(outer))

    assert [latest(item).address.path for item in (outer, inner)] == ["/inner/outer/", "/inner/"]
    call_command("verify_publications")
