"""`manage.py grant_roles`: after an upgrade, what the groups of the roles lack by now."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.signoff.setup import grant_missing


class Command(BaseCommand):
    """Adds and never takes away: what an administrator gave a group stays."""

    help = "Gives each role's group the permissions of a new installation that it lacks."

    def handle(self, *args: Any, **options: Any) -> None:
        given = grant_missing()
        for group, permission in given:
            self.stdout.write(f"{group.name}: {permission.content_type.app_label}, {permission}")
        self.stdout.write(f"{len(given)} permissions given.")
