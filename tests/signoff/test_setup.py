"""The roles of an installation that is older than the program."""

from io import StringIO

from django.contrib.auth.models import Group
from django.core.management import call_command

from cms.signoff.roles import GROUP_NAMES
from cms.signoff.setup import grant_missing
from tests.office import Office


def group(key: str) -> Group:
    return Group.objects.get(name=GROUP_NAMES[key])


def codenames(key: str) -> set[str]:
    return set(group(key).permissions.values_list("codename", flat=True))


def test_new_installation_lacks_nothing(open_office: Office):
    assert grant_missing() == []


def test_upgrade_gives_what_a_group_lacks_and_says_so(open_office: Office):
    before = codenames("overseer")
    lost = group("overseer").permissions.get(codename="view_auditevent")
    group("overseer").permissions.remove(lost)
    said = StringIO()

    call_command("grant_roles", stdout=said)

    assert codenames("overseer") == before
    assert GROUP_NAMES["overseer"] in said.getvalue()


def test_upgrade_takes_nothing_away(open_office: Office):
    more = group("publisher").permissions.model.objects.get(codename="view_auditevent")
    group("publisher").permissions.add(more)

    call_command("grant_roles", stdout=StringIO())

    assert "view_auditevent" in codenames("publisher")
