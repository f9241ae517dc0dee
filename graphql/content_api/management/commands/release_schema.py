"""`manage.py release_schema [--check]`: makes the SDL the one that front ends rely on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content_api.contract import RELEASED, recorded, undated_deprecations, unrecorded
from content_api.schema import schema
from content_api.sdl import text


class Command(BaseCommand):
    """Refuses what breaks the released contract, unless `changes.toml` tells front ends why."""

    help = "Copies the SDL to graphql/released.graphql, or with --check only compares the two."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="Compare, write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            known = recorded()
        except ValueError as error:
            raise CommandError(str(error)) from error
        if changes := unrecorded(RELEASED.read_text(encoding="utf-8"), text(), known):
            listed = "\n  ".join(changes)
            raise CommandError(
                f"These changes break front ends: undo them, or record them in"
                f" graphql/changes.toml:\n  {listed}"
            )
        if undated := undated_deprecations(schema.graphql_schema):
            raise CommandError(
                'Begin the reason of a deprecation with the day it may be gone, "2027-01-31: use'
                f' x": {", ".join(undated)}'
            )
        if not options["check"]:
            RELEASED.write_text(text(), encoding="utf-8")
